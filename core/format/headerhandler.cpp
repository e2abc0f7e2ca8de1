// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/headerhandler.h"

#include <limits>

namespace assay {
namespace {

constexpr const char *kMetadata = "__metadata__";

} // namespace

bool HeaderHandler::refuse(const std::string &reason)
{
    m_error = Error{ErrorCode::SafetensorsEntryInvalid, {m_name, reason}, {}};
    return false;
}

/// A value where the format wants another kind of value.
bool HeaderHandler::scalar()
{
    if (m_place == Place::Ignored || (m_place == Place::Entry && m_field == Field::Other))
        return true;
    switch (m_place) {
    case Place::Start:
        m_error = Error{ErrorCode::SafetensorsHeaderNotJson, {"it is not an object"}, {}};
        return false;
    case Place::Shape: return refuse("a dimension is not a whole number");
    case Place::Offsets: return refuse("an offset is not a whole number");
    case Place::Metadata: return refuse("a value is not text");
    case Place::Entry: return refuse("a field has the wrong type");
    default: return refuse("it is not an object");
    }
}

bool HeaderHandler::number_unsigned(uint64_t value)
{
    if (m_place == Place::Offsets) {
        m_offsets.push_back(value);
        return m_offsets.size() <= 2 || refuse("data_offsets has more than two values");
    }
    if (m_place != Place::Shape)
        return scalar();
    if (value > uint64_t(std::numeric_limits<int64_t>::max())) {
        m_error = Error{ErrorCode::SafetensorsShapeOverflow, {m_name}, {}};
        return false;
    }
    m_shape.push_back(int64_t(value));
    return true;
}

bool HeaderHandler::string(string_t &text)
{
    if (m_place == Place::Metadata) {
        if (!m_header.metadata.emplace(m_metadataKey, text).second) {
            m_error = Error{ErrorCode::SafetensorsDuplicateName, {m_metadataKey}, {}};
            return false;
        }
        return true;
    }
    if (m_place != Place::Entry || m_field != Field::Dtype)
        return scalar();
    m_tensor.dtype = dtypeFromName(text);
    m_tensor.dtypeText = m_tensor.dtype == Dtype::Unknown ? m_header.arena->text(text)
                                                         : std::string_view(dtypeName(m_tensor.dtype));
    return true;
}

bool HeaderHandler::start_object(size_t)
{
    switch (m_place) {
    case Place::Start: m_place = Place::Root; return true;
    case Place::Root:
        if (m_name == kMetadata) {
            m_place = Place::Metadata;
            return true;
        }
        m_place = Place::Entry;
        m_field = Field::None;
        m_seen = 0;
        m_tensor = TensorRecord();
        m_offsets.clear();
        m_shape.clear();
        return true;
    case Place::Entry:
        if (m_field != Field::Other)
            return scalar();
        m_place = Place::Ignored;
        m_ignored = 1;
        return true;
    case Place::Ignored: ++m_ignored; return true;
    default: return scalar();
    }
}

bool HeaderHandler::key(string_t &name)
{
    if (m_place == Place::Root) {
        m_name = name;
        if (name == kMetadata && std::exchange(m_metadataSeen, true)) {
            m_error = Error{ErrorCode::SafetensorsDuplicateName, {name}, {}};
            return false;
        }
        return true;
    }
    if (m_place == Place::Metadata) {
        m_metadataKey = name;
        return true;
    }
    if (m_place != Place::Entry)
        return true;
    m_field = name == "dtype"          ? Field::Dtype
              : name == "shape"        ? Field::Shape
              : name == "data_offsets" ? Field::Offsets
                                       : Field::Other;
    if (m_field == Field::Other)
        return true;
    const unsigned bit = 1U << unsigned(m_field);
    if (m_seen & bit)
        return refuse("the field " + name + " stands there twice");
    m_seen |= bit;
    return true;
}

bool HeaderHandler::endEntry()
{
    const auto lacks = [this](Field field) { return !(m_seen & (1U << unsigned(field))); };
    if (lacks(Field::Dtype))
        return refuse("the field dtype is missing");
    if (lacks(Field::Shape))
        return refuse("the field shape is missing");
    if (lacks(Field::Offsets) || m_offsets.size() != 2)
        return refuse("the field data_offsets is missing or has not two values");
    if (m_offsets[1] < m_offsets[0])
        return refuse("it ends before it begins");
    m_tensor.name = m_header.arena->text(m_name);
    m_tensor.shape = m_header.arena->numbers(m_shape);
    m_tensor.offset = m_offsets[0];
    m_tensor.bytes = m_offsets[1] - m_offsets[0];
    m_header.tensors.push_back(std::move(m_tensor));
    m_place = Place::Root;
    return true;
}

bool HeaderHandler::end_object()
{
    switch (m_place) {
    case Place::Entry: return endEntry();
    case Place::Metadata: m_place = Place::Root; return true;
    case Place::Root: m_place = Place::End; return true;
    default: break;
    }
    if (--m_ignored == 0)
        m_place = Place::Entry;
    return true;
}

bool HeaderHandler::start_array(size_t)
{
    if (m_place == Place::Ignored || (m_place == Place::Entry && m_field == Field::Other)) {
        m_place = Place::Ignored;
        ++m_ignored;
        return true;
    }
    if (m_place == Place::Entry && (m_field == Field::Shape || m_field == Field::Offsets)) {
        m_place = m_field == Field::Shape ? Place::Shape : Place::Offsets;
        return true;
    }
    return scalar();
}

bool HeaderHandler::end_array()
{
    if (m_place == Place::Ignored && --m_ignored > 0)
        return true;
    m_place = Place::Entry;
    return true;
}

bool HeaderHandler::parse_error(size_t position, const std::string &, const nlohmann::detail::exception &)
{
    // The parser's own text quotes the input, which may be anything.
    m_error = Error{ErrorCode::SafetensorsHeaderNotJson, {"byte " + std::to_string(position)}, {}};
    return false;
}

} // namespace assay
