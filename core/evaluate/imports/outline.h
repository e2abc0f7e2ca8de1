// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/imports/importfiles.h"

namespace assay::imports {

/// What can be told of JSON without reading it all: the names of the members of its root, or of the first object of its lines or list, and
/// those of the object that is this one's first member.
struct Outline
{
    Form form = Form::Other; ///< Lines: another value follows the first
    std::vector<std::string> keys, inner;
};

/// Of a file's beginning; it may break off anywhere.
Outline outlineOf(std::string_view head);

/// Makes of what Python writes and JSON does not know, outside of texts, what JSON knows: NaN becomes null, Infinity "inf",
/// -Infinity "-inf". Says whether there was any.
bool replaceNotNumbers(std::string &text);

} // namespace assay::imports
