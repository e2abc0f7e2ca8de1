// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/safetensors.h"

#include "core/format/headerhandler.h"
#include "core/format/jsontext.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace assay {
namespace {

/// a * b, or nothing when it does not fit.
std::optional<uint64_t> product(uint64_t a, uint64_t b)
{
    uint64_t out = 0;
    return __builtin_mul_overflow(a, b, &out) ? std::nullopt : std::optional(out);
}

/// Counts elements and holds the span of the offsets against dtype and shape.
Result<void> checkSize(TensorRecord &tensor)
{
    const std::optional<uint64_t> elements = tensor.shape.elements();
    // The bits of an unknown dtype are counted as one, so that sums of elements stay in range as well.
    const auto bits = elements ? product(*elements, uint64_t(std::max(dtypeBits(tensor.dtype), 1))) : elements;
    if (!bits)
        return failure(ErrorCode::SafetensorsShapeOverflow, {std::string(tensor.name)});
    tensor.elements = *elements;
    if (tensor.dtype == Dtype::Unknown)
        return {};
    if (*bits % 8 != 0 || *bits / 8 != tensor.bytes) {
        const std::string needed = *bits % 8 == 0 ? std::to_string(*bits / 8) : std::to_string(*bits) + "/8";
        return failure(ErrorCode::SafetensorsSizeMismatch,
                       {std::string(tensor.name), needed, std::to_string(tensor.bytes)});
    }
    return {};
}

Result<void> checkNames(const std::vector<TensorRecord> &tensors)
{
    std::unordered_set<std::string_view> names;
    names.reserve(tensors.size());
    for (const TensorRecord &tensor : tensors) {
        if (!names.insert(tensor.name).second)
            return failure(ErrorCode::SafetensorsDuplicateName, {std::string(tensor.name)});
    }
    return {};
}

/// The data must be covered without hole and overlap; offsets become offsets in the file.
Result<void> checkLayout(SafetensorsHeader &header, uint64_t fileSize)
{
    std::stable_sort(header.tensors.begin(), header.tensors.end(), [](const auto &a, const auto &b) {
        return a.offset != b.offset ? a.offset < b.offset : a.bytes < b.bytes;
    });
    const uint64_t available = fileSize - header.headerBytes;
    uint64_t end = 0;
    for (TensorRecord &tensor : header.tensors) {
        if (tensor.offset > end)
            return failure(ErrorCode::SafetensorsHole, {std::string(tensor.name), std::to_string(tensor.offset - end)});
        if (tensor.offset < end)
            return failure(ErrorCode::SafetensorsOverlap, {std::string(tensor.name), std::to_string(end - tensor.offset)});
        if (auto size = checkSize(tensor); !size)
            return size;
        end = tensor.offset + tensor.bytes;
        tensor.offset += header.headerBytes;
    }
    if (end > available)
        return failure(ErrorCode::SafetensorsBeyondFile,
                       {std::to_string(header.headerBytes + end), std::to_string(fileSize)});
    header.trailingBytes = available - end;
    return {};
}

Error at(Error error, const ByteSource &file)
{
    if (error.where.empty())
        error.where = std::filesystem::path(file.label()).filename().string();
    return error;
}

} // namespace

bool looksLikeSafetensors(std::string_view head)
{
    if (head.size() < 9)
        return false;
    uint64_t length = 0;
    for (size_t i = 0; i < 8; ++i)
        length |= uint64_t(static_cast<unsigned char>(head[i])) << (8 * i);
    // Some writers align the object with spaces before it (4a).
    const size_t start = head.find_first_not_of(" \t\r\n", 8);
    return length <= kSafetensorsHeaderLimit && (start == std::string_view::npos || head[start] == '{');
}

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, uint64_t headerBytes, uint64_t fileSize,
                                                 std::shared_ptr<Arena> arena)
{
    if (headerBytes > fileSize)
        return failure(ErrorCode::SafetensorsHeaderBeyondFile,
                       {std::to_string(headerBytes), std::to_string(fileSize)});
    if (const auto byte = forbiddenByte(json))
        return failure(ErrorCode::SafetensorsHeaderNotJson, {"byte " + std::to_string(*byte)});
    SafetensorsHeader header;
    header.arena = std::move(arena);
    header.headerBytes = headerBytes;
    HeaderHandler handler(header);
    try {
        if (!nlohmann::json::sax_parse(json.begin(), json.end(), &handler))
            return tl::unexpected(handler.error().value_or(Error{ErrorCode::SafetensorsHeaderNotJson, {"?"}, {}}));
    } catch (const std::exception &problem) {
        return failure(ErrorCode::SafetensorsHeaderNotJson, {problem.what()});
    }
    if (auto names = checkNames(header.tensors); !names)
        return tl::unexpected(names.error());
    if (auto layout = checkLayout(header, fileSize); !layout)
        return tl::unexpected(layout.error());
    return header;
}

Result<SafetensorsHeader> readSafetensorsHeader(const ByteSource &file, std::shared_ptr<Arena> arena)
{
    if (file.size() < 8)
        return tl::unexpected(at(Error{ErrorCode::SafetensorsTooShort, {std::to_string(file.size())}, {}}, file));
    std::array<std::byte, 8> prefix{};
    if (auto read = file.readAt(0, prefix); !read)
        return tl::unexpected(read.error());
    uint64_t length = 0;
    for (size_t i = 0; i < 8; ++i)
        length |= uint64_t(prefix[i]) << (8 * i);
    const std::string declared = std::to_string(length);
    if (length > kSafetensorsHeaderLimit)
        return tl::unexpected(at(Error{ErrorCode::SafetensorsHeaderTooLarge, {declared}, {}}, file));
    if (length > file.size() - 8)
        return tl::unexpected(at(
            Error{ErrorCode::SafetensorsHeaderBeyondFile, {declared, std::to_string(file.size())}, {}}, file));
    auto text = file.readText(8, length);
    if (!text)
        return tl::unexpected(text.error());
    auto header = parseSafetensorsHeader(*text, 8 + length, file.size(), std::move(arena));
    if (!header)
        return tl::unexpected(at(header.error(), file));
    return header;
}

} // namespace assay
