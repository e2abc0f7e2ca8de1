// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/safetensors.h"

#include "core/base/file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kHeaderAlignment = 8;

/// Bytes that shape and dtype ask for; nothing when they do not fit.
std::optional<uint64_t> bytesNeeded(const TensorToWrite &tensor)
{
    uint64_t bits = uint64_t(dtypeBits(tensor.dtype));
    for (int64_t dimension : tensor.shape) {
        if (dimension < 0 || __builtin_mul_overflow(bits, uint64_t(dimension), &bits))
            return std::nullopt;
    }
    return bits % 8 == 0 ? std::optional(bits / 8) : std::nullopt;
}

/// 8 bytes of length, little-endian, then the padded text.
std::string framed(std::string text)
{
    text.append((kHeaderAlignment - text.size() % kHeaderAlignment) % kHeaderAlignment, ' ');
    std::string out;
    for (size_t i = 0; i < 8; ++i)
        out += char(static_cast<unsigned char>(uint64_t(text.size()) >> (8 * i)));
    return out + text;
}

/// `"name":value`, after a comma unless it is the first.
void appendMember(std::string &text, const std::string &name, const json &value)
{
    text += text.size() > 1 ? "," : "";
    text += json(name).dump() + ":" + value.dump();
}

Result<std::string> headerText(std::span<const TensorToWrite *const> tensors,
                               const std::map<std::string, std::string> &metadata)
{
    std::unordered_set<std::string> names{"__metadata__"};
    std::string text = "{";
    uint64_t offset = 0;
    try {
        if (!metadata.empty())
            appendMember(text, "__metadata__", metadata);
        for (const TensorToWrite *tensor : tensors) {
            const auto needed = bytesNeeded(*tensor);
            if (!needed || *needed != tensor->bytes.size())
                return failure(ErrorCode::SafetensorsSizeMismatch,
                               {tensor->name, needed ? std::to_string(*needed) : "?",
                                std::to_string(tensor->bytes.size())});
            if (!names.insert(tensor->name).second)
                return failure(ErrorCode::SafetensorsDuplicateName, {tensor->name});
            appendMember(text, tensor->name,
                         {{"dtype", dtypeName(tensor->dtype)},
                          {"shape", tensor->shape},
                          {"data_offsets", {offset, offset + *needed}}});
            offset += *needed;
        }
    } catch (const json::exception &) {
        return failure(ErrorCode::SafetensorsEntryInvalid, {"?", "a name or text is not UTF-8"});
    }
    return text + "}";
}

} // namespace

Result<void> writeSafetensors(const std::filesystem::path &path, std::span<const TensorToWrite> tensors,
                              const std::map<std::string, std::string> &metadata)
{
    std::vector<const TensorToWrite *> ordered;
    for (const TensorToWrite &tensor : tensors)
        ordered.push_back(&tensor);
    std::sort(ordered.begin(), ordered.end(), [](const TensorToWrite *a, const TensorToWrite *b) {
        const int left = dtypeBits(a->dtype), right = dtypeBits(b->dtype);
        return left != right ? left > right : a->name < b->name;
    });
    const auto text = headerText(ordered, metadata);
    if (!text)
        return tl::unexpected(text.error());
    const std::string header = framed(*text);
    std::vector<std::span<const std::byte>> pieces{std::as_bytes(std::span(header))};
    for (const TensorToWrite *tensor : ordered)
        pieces.push_back(tensor->bytes);
    return writeFileAtomically(path, pieces);
}

} // namespace assay
