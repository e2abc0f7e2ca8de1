// SPDX-License-Identifier: GPL-3.0-or-later
// Readers of files as rows of named fields. They know nothing of what the fields mean: descriptions do.
#pragma once

#include "core/evaluate/formats/damage.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Where rows go.
class RowSink
{
public:
    virtual ~RowSink() = default;
    virtual void row(uint64_t line, nlohmann::json &&fields) = 0;
    virtual void damaged(uint64_t line, const Damage &damage) = 0;
    virtual bool full() const = 0; ///< no more are wanted
};

/// How tables are laid out.
struct TableLayout
{
    char separator = ',';
    bool quoted = true; ///< RFC 4180; GLUE's tables have no quoting at all
    bool header = true;
    std::vector<std::string> columns = {}; ///< names instead of the header's, or where there is none
};

/// One JSON object a line.
void jsonLineRows(std::string_view text, RowSink &sink);
/// A document that is a list of objects, or holds one at this path ("data.items"; empty: where the only list is). Lines are the rows' numbers.
/// Throws Damage when there is no such list.
void jsonRows(std::string_view text, const std::string &path, RowSink &sink);
/// SQuAD 1.1 and 2.0: each question with id, question, context, title, paragraph and answers (distinct; [""] where there is none).
void squadRows(std::string_view text, RowSink &sink);
/// Without columns and header the fields are called 1, 2, ...
void tableRows(std::string_view text, const TableLayout &layout, RowSink &sink);
/// A text in pieces of about so many bytes, cut at the ends of lines; 0: as one. The field is "text".
void textRows(std::string_view text, uint64_t pieceBytes, RowSink &sink);

} // namespace assay
