// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/format/safetensors.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace assay {

/// Receives the JSON events of a safetensors header and fills flat records; nothing else is kept. A false
/// return stops the parser; error() then says why. TensorRecord::offset and bytes are data_offsets so far.
class HeaderHandler
{
public:
    using string_t = nlohmann::json::string_t;

    explicit HeaderHandler(SafetensorsHeader &header) : m_header(header) {}
    const std::optional<Error> &error() const { return m_error; }

    bool null() { return scalar(); }
    bool boolean(bool) { return scalar(); }
    bool number_integer(int64_t) { return scalar(); }
    bool number_unsigned(uint64_t value);
    bool number_float(double, const string_t &) { return scalar(); }
    bool string(string_t &text);
    bool binary(nlohmann::json::binary_t &) { return scalar(); }
    bool start_object(size_t);
    bool key(string_t &name);
    bool end_object();
    bool start_array(size_t);
    bool end_array();
    bool parse_error(size_t position, const std::string &, const nlohmann::detail::exception &);

private:
    enum class Place { Start, Root, Entry, Shape, Offsets, Metadata, Ignored, End };
    enum class Field { None, Dtype, Shape, Offsets, Other };

    bool scalar();
    bool refuse(const std::string &reason);
    bool endEntry();

    SafetensorsHeader &m_header;
    std::optional<Error> m_error;
    Place m_place = Place::Start;
    Field m_field = Field::None;
    unsigned m_seen = 0;   ///< bits of the fields that the entry has had
    size_t m_ignored = 0;  ///< depth inside a field that the format does not know
    std::string m_name;    ///< of the entry
    std::string m_metadataKey;
    TensorRecord m_tensor;
    std::vector<int64_t> m_shape;
    std::vector<uint64_t> m_offsets;
    bool m_metadataSeen = false;
};

} // namespace assay
