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

std::vector<ReferenceInput> ReferenceFiles::inputs() const
{
    std::vector<ReferenceInput> out;
    for (const auto &each : m_expected.at(causal() ? "prompts" : "inputs")) {
        ReferenceInput input{each.at("input_ids").get<std::vector<int64_t>>(), {}, {}, {}};
        input.real.assign(input.ids.size(), true);
        if (causal()) {
            input.outputs = {each.at("logits").get<std::string>()};
        } else {
            input.outputs = each.at("tensors").get<std::vector<std::string>>();
            if (!m_pooler)
                std::erase_if(input.outputs, [](const std::string &name) { return name.starts_with("pooler_output"); });
            input.types = each.value("token_type_ids", std::vector<int64_t>());
            for (size_t i = 0; i < input.ids.size(); ++i)
                input.real[i] = each.at("attention_mask").at(i) == 1;
        }
        out.push_back(std::move(input));
    }
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

Result<std::vector<float>> ReferenceFiles::output(const ReferenceInput &input, const std::string &name) const
{
    auto values = tensor(name);
    if (!values || !name.starts_with("last_hidden_state"))
        return values;
    const size_t width = values->size() / input.ids.size();
    std::vector<float> out;
    for (size_t i = 0; i < input.ids.size(); ++i) {
        if (input.real[i])
            out.insert(out.end(), values->begin() + std::ptrdiff_t(i * width), values->begin() + std::ptrdiff_t((i + 1) * width));
    }
    return out;
}

} // namespace assay::test
