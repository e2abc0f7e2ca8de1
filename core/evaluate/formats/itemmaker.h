// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/formats/description.h"

namespace assay {

/// A row on the way to an item: what examples are made of, too.
struct MadeItem
{
    SuiteItem item;
    std::string shownAnswer; ///< as an example shows it
};

/// An item of a row: prompt without preamble and examples. `fields` gets the fields that the description may use: _options (the
/// options, lettered, one a line), _file, _folder, _line. Throws Damage.
MadeItem itemFrom(const SuiteDescription &description, nlohmann::json &fields, const std::string &fallbackId);

/// "A. first\nB. second\n".
std::string letteredOptions(const std::vector<std::string> &options);

/// An order of n things that the text decides, the same everywhere.
std::vector<size_t> orderBy(const std::string &text, size_t n);

} // namespace assay
