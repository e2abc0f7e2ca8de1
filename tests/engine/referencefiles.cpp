// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/referencefiles.h"

#include "core/base/file.h"
#include "core/format/safetensors.h"

namespace assay::test {

Result<ReferenceFiles> ReferenceFiles::open(const std::filesystem::path &directory)
{
    const auto text = readWholeFile(directory / "expected.json", 50'000'000);
    if (!text)
        return tl::unexpected(text.error());
    ReferenceFiles out;
    out.m_directory = directory;
    out.m_expected = nlohmann::json::parse(*text, nullptr, false);
    if (out.m_expected.is_discarded())
        return failure(ErrorCode::JsonDamaged, {(directory / "expected.json").string(), "it does not parse"});
    return out;
}

std::vector<std::vector<int64_t>> ReferenceFiles::inputs() const
{
    std::vector<std::vector<int64_t>> out;
    for (const auto &each : m_expected.at(m_expected.contains("prompts") ? "prompts" : "inputs"))
        out.push_back(each.at("input_ids").get<std::vector<int64_t>>());
    return out;
}

Result<std::vector<float>> ReferenceFiles::tensor(const std::string &name) const
{
    const auto file = File::open(m_directory / "expected.safetensors");
    if (!file)
        return tl::unexpected(file.error());
    const auto header = readSafetensorsHeader(*file);
    if (!header)
        return tl::unexpected(header.error());
    for (const TensorRecord &record : header->tensors) {
        if (record.name != name || record.dtype != Dtype::F32)
            continue;
        std::vector<float> out(record.elements);
        if (const auto read = file->readAt(record.offset, std::as_writable_bytes(std::span(out))); !read)
            return tl::unexpected(read.error());
        return out;
    }
    return failure(ErrorCode::TensorMissing, {name});
}

} // namespace assay::test
