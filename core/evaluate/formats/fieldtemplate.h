// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/formats/damage.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace assay {

/// A text with fields in it: "Question: {question}\nAnswer:". A field is a name, or a path of names and indices ("answers.text.0"),
/// with filters behind bars ("{answer|after:####|trim}"); {{ and }} are braces. What is filled in is never read again, so LaTeX in a
/// question stays what it is. Filters: trim, flat (white space squeezed), lower, upper, number (the first number in it), after:X (what
/// follows the last X), boxed (what stands in the last \boxed{}).
class FieldTemplate
{
public:
    FieldTemplate() = default;
    /// Throws Damage: a brace that is not closed, a filter that is not known.
    explicit FieldTemplate(const std::string &source);

    const std::string &source() const { return m_source; }
    bool empty() const { return m_source.empty(); }
    /// Throws Damage naming the field that is missing or is a list.
    std::string fill(const nlohmann::json &fields) const;

private:
    struct Piece
    {
        std::string text; ///< or the field's path
        bool field = false;
        std::vector<std::string> filters = {};
    };
    static Piece fieldPiece(const std::string &inside);
    std::string m_source;
    std::vector<Piece> m_pieces;
};

/// The value of a field: by its whole name, else by its path. Null when there is none.
const nlohmann::json *fieldAt(const nlohmann::json &fields, const std::string &path);
/// A text, a number or a truth value as text; throws Damage for all else.
std::string plainText(const nlohmann::json &value, const std::string &name);

} // namespace assay
