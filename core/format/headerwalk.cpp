// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/headerwalk.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace assay {
namespace {

namespace sj = simdjson;

constexpr std::string_view kMetadata = "__metadata__";
constexpr uint64_t kLargestNumber = uint64_t(std::numeric_limits<int64_t>::max());

// The fields of an entry.
constexpr unsigned kDtype = 1, kShape = 2, kOffsets = 4;

/// The text up to its closing quotation mark, which the parser has seen; nothing when it holds escapes.
std::optional<std::string_view> plainText(const char *begin)
{
    // The search ends at the first quotation mark, wherever the text does; the bound is beyond any header.
    constexpr size_t kBeyond = size_t(1) << 30;
    const auto *end = static_cast<const char *>(std::memchr(begin, '"', kBeyond));
    const size_t size = size_t(end - begin);
    return std::memchr(begin, '\\', size) ? std::nullopt : std::optional(std::string_view(begin, size));
}

const char *typeName(sj::ondemand::json_type type)
{
    switch (type) {
    case sj::ondemand::json_type::array: return ASSAY_TEXT("Reason", "a list");
    case sj::ondemand::json_type::object: return ASSAY_TEXT("Reason", "an object");
    case sj::ondemand::json_type::number: return ASSAY_TEXT("Reason", "a number");
    case sj::ondemand::json_type::boolean: return ASSAY_TEXT("Reason", "true or false");
    case sj::ondemand::json_type::null: return ASSAY_TEXT("Reason", "null");
    default: return ASSAY_TEXT("Reason", "text");
    }
}

} // namespace

bool keyOf(sj::simdjson_result<sj::ondemand::field> &field, std::string_view &name)
{
    sj::ondemand::raw_json_string raw;
    if (field.key().get(raw))
        return false;
    if (const auto plain = plainText(raw.raw())) {
        name = *plain;
        return true;
    }
    return !field.unescaped_key().get(name);
}

bool textOf(sj::ondemand::value &value, std::string_view &text)
{
    const std::string_view token = value.raw_json_token();
    if (token.starts_with('"')) {
        if (const auto plain = plainText(token.data() + 1)) {
            sj::ondemand::raw_json_string raw;
            text = *plain;
            return !value.get_raw_json_string().get(raw);
        }
    }
    return !value.get_string().get(text);
}

bool skipValue(sj::ondemand::value &value, int depth)
{
    if (depth == 0)
        return false;
    sj::ondemand::json_type type;
    if (value.type().get(type))
        return false;
    switch (type) {
    case sj::ondemand::json_type::object: {
        sj::ondemand::object object;
        if (value.get_object().get(object))
            return false;
        for (auto field : object) {
            std::string_view name;
            sj::ondemand::value inner;
            if (!keyOf(field, name) || field.value().get(inner) || !skipValue(inner, depth - 1))
                return false;
        }
        return true;
    }
    case sj::ondemand::json_type::array: {
        sj::ondemand::array array;
        if (value.get_array().get(array))
            return false;
        for (auto item : array) {
            sj::ondemand::value inner;
            if (item.get(inner) || !skipValue(inner, depth - 1))
                return false;
        }
        return true;
    }
    case sj::ondemand::json_type::string: {
        std::string_view text;
        return textOf(value, text);
    }
    case sj::ondemand::json_type::number: return !value.get_double().error();
    case sj::ondemand::json_type::boolean: return !value.get_bool().error();
    default: {
        bool null = false;
        return !value.is_null().get(null) && null;
    }
    }
}

bool HeaderWalk::refuse(const char *reason)
{
    m_error = Error{ErrorCode::SafetensorsEntryInvalid, {std::string(m_name), reason}, {}};
    return false;
}

/// Another type than wanted is an error of the entry, all else one of the JSON.
bool HeaderWalk::refuseUnless(sj::error_code problem, const char *reason)
{
    return problem == sj::SUCCESS || (problem == sj::INCORRECT_TYPE && refuse(reason));
}

bool HeaderWalk::run(Document &document)
{
    Object root;
    if (const auto problem = document.get_object().get(root)) {
        if (problem == sj::INCORRECT_TYPE)
            m_error = Error{ErrorCode::SafetensorsHeaderNotJson, {ASSAY_TEXT("Reason", "it is not an object")}, {}};
        return false;
    }
    for (auto member : root) {
        Value value;
        if (!keyOf(member, m_name) || member.value().get(value))
            return false;
        if (!(m_name == kMetadata ? metadata(value) : entry(value)))
            return false;
    }
    return document.current_location().error() == sj::OUT_OF_BOUNDS;
}

bool HeaderWalk::metadata(Value &value)
{
    if (std::exchange(m_metadataSeen, true))
        m_header.oddities.metadataTwice.emplace_back(kMetadata);
    sj::ondemand::json_type type;
    if (value.type().get(type))
        return false;
    if (type != sj::ondemand::json_type::object) {
        m_header.oddities.metadataTypes.push_back({std::string(kMetadata), typeName(type)});
        return skipValue(value);
    }
    Object object;
    if (value.get_object().get(object))
        return false;
    for (auto member : object) {
        std::string_view key, text;
        Value inner;
        if (!keyOf(member, key) || member.value().get(inner) || inner.type().get(type))
            return false;
        if (type != sj::ondemand::json_type::string) {
            m_header.oddities.metadataTypes.push_back({std::string(key), typeName(type)});
            if (!skipValue(inner))
                return false;
            continue;
        }
        if (!textOf(inner, text))
            return false;
        if (!m_header.metadata.emplace(key, text).second)
            m_header.oddities.metadataTwice.emplace_back(key);
    }
    return true;
}

bool HeaderWalk::entry(Value &value)
{
    Object object;
    if (const auto problem = value.get_object().get(object))
        return refuseUnless(problem, ASSAY_TEXT("Reason", "it is not an object"));
    m_seen = 0;
    m_tensor = TensorRecord();
    for (auto member : object) {
        std::string_view name;
        Value inner;
        if (!keyOf(member, name) || member.value().get(inner) || !field(name, inner))
            return false;
    }
    return finishEntry();
}

bool HeaderWalk::field(std::string_view name, Value &value)
{
    const unsigned bit = name == "dtype" ? kDtype : name == "shape" ? kShape : name == "data_offsets" ? kOffsets : 0U;
    if (bit == 0)
        return skipValue(value);
    if (m_seen & bit)
        return refuse(ASSAY_TEXT("Reason", "a field stands there twice"));
    m_seen |= bit;
    return bit == kDtype ? dtype(value) : bit == kShape ? shape(value) : offsets(value);
}

bool HeaderWalk::dtype(Value &value)
{
    std::string_view text;
    if (const auto problem = value.get_string().get(text))
        return refuseUnless(problem, ASSAY_TEXT("Reason", "a field has the wrong type"));
    if (text != m_lastDtypeText || m_lastDtypeText.empty()) {
        m_lastDtype = dtypeFromName(text);
        m_lastDtypeText = m_lastDtype == Dtype::Unknown ? m_header.arena->text(text)
                                                        : std::string_view(dtypeName(m_lastDtype));
    }
    m_tensor.dtype = m_lastDtype;
    m_tensor.dtypeText = m_lastDtypeText;
    return true;
}

bool HeaderWalk::shape(Value &value)
{
    sj::ondemand::array array;
    if (const auto problem = value.get_array().get(array))
        return refuseUnless(problem, ASSAY_TEXT("Reason", "a field has the wrong type"));
    m_sizes.clear();
    for (auto item : array) {
        Value inner;
        uint64_t size = 0;
        if (item.get(inner))
            return false;
        if (inner.get_uint64().get(size))
            return refuse(ASSAY_TEXT("Reason", "a dimension is not a whole number"));
        if (size > kLargestNumber) {
            m_error = Error{ErrorCode::SafetensorsShapeOverflow, {std::string(m_name)}, {}};
            return false;
        }
        m_sizes.push_back(int64_t(size));
    }
    const auto like = std::find(m_lastShapes.begin(), m_lastShapes.end(), m_sizes);
    if (like != m_lastShapes.end()) {
        m_tensor.shape = *like;
    } else {
        m_tensor.shape = m_header.arena->numbers(m_sizes);
        m_lastShapes[m_nextShape++ % m_lastShapes.size()] = m_tensor.shape;
    }
    return true;
}

bool HeaderWalk::offsets(Value &value)
{
    sj::ondemand::array array;
    if (const auto problem = value.get_array().get(array))
        return refuseUnless(problem, ASSAY_TEXT("Reason", "a field has the wrong type"));
    size_t count = 0;
    for (auto item : array) {
        Value inner;
        if (item.get(inner))
            return false;
        uint64_t offset = 0;
        if (inner.get_uint64().get(offset) || offset > kLargestNumber)
            return refuse(ASSAY_TEXT("Reason", "an offset is not a whole number"));
        (count++ == 0 ? m_begin : m_end) = offset;
        if (count > 2)
            break;
    }
    if (count != 2)
        return refuse(ASSAY_TEXT("Reason", "data_offsets has not two values"));
    return m_begin <= m_end || refuse(ASSAY_TEXT("Reason", "it ends before it begins"));
}

bool HeaderWalk::finishEntry()
{
    if (m_seen != (kDtype | kShape | kOffsets))
        return refuse(ASSAY_TEXT("Reason", "dtype, shape or data_offsets is missing"));
    m_tensor.name = m_header.arena->text(m_name);
    m_tensor.offset = m_begin;
    m_tensor.bytes = m_end - m_begin;
    m_header.tensors.push_back(m_tensor);
    return true;
}

} // namespace assay
