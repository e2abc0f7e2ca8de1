// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/safetensors.h"

#include <array>
#include <optional>
#include <simdjson.h>

namespace assay {

/// Walks the JSON of a safetensors header once and fills flat records; nothing else is kept. TensorRecord::offset
/// and bytes are data_offsets so far.
class HeaderWalk
{
public:
    using Document = simdjson::ondemand::document;
    using Value = simdjson::ondemand::value;

    explicit HeaderWalk(SafetensorsHeader &header) : m_header(header) {}
    /// False when it stopped early: error() says why; nothing there when it is not valid JSON.
    bool run(Document &document);
    const std::optional<Error> &error() const { return m_error; }

private:
    using Object = simdjson::ondemand::object;
    using Field = simdjson::simdjson_result<simdjson::ondemand::field>;

    bool refuse(const char *reason);
    bool refuseUnless(simdjson::error_code problem, const char *reason);
    bool metadata(Value &value);
    bool entry(Value &value);
    bool field(std::string_view name, Value &value);
    bool dtype(Value &value);
    bool shape(Value &value);
    bool offsets(Value &value);
    bool finishEntry();

    SafetensorsHeader &m_header;
    std::optional<Error> m_error;
    std::string_view m_name; ///< of the entry
    unsigned m_seen = 0;     ///< bits of the fields that the entry has had
    TensorRecord m_tensor;
    std::vector<int64_t> m_sizes;
    uint64_t m_begin = 0, m_end = 0;
    bool m_metadataSeen = false;
    // Most tensors are like one of the last few: neither dtype nor shape is looked up or kept twice.
    std::string_view m_lastDtypeText;
    Dtype m_lastDtype = Dtype::Unknown;
    std::array<Shape, 8> m_lastShapes;
    size_t m_nextShape = 0;
};

/// A field's name without a copy where it holds no escapes; false when it is damaged. Valid while the parser is.
bool keyOf(simdjson::simdjson_result<simdjson::ondemand::field> &field, std::string_view &name);
/// A text likewise.
bool textOf(simdjson::ondemand::value &value, std::string_view &text);
/// Passes over a value, checking that it is valid JSON and nests at most `depth` deep.
bool skipValue(simdjson::ondemand::value &value, int depth = 100);

} // namespace assay
