// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace assay {

/// A form that people have and that needs no description of theirs: how it is told from others, and its description.
struct KnownForm
{
    const char *name;   ///< "mmlu"; what "like" names
    const char *title;  ///< translation context "Suite form"
    const char *form;   ///< how its rows are laid out, as a description's "form"
    const char *fields; ///< names that the first row has, with commas between; empty: a table without a header
    const char *hint;   ///< "field~text": the text stands in the first row's field; empty: nothing more is looked at
    const char *splits; ///< which parts of a folder are asked, the first that is there: "test,val"
    const char *examples; ///< which part holds the examples; empty: none
    const char *description; ///< JSON
};
/// In the order in which they are tried.
const std::vector<KnownForm> &knownForms();
const KnownForm *knownFormNamed(const std::string &name); ///< null when there is none
/// The first form whose fields and hint this row has; null when there is none.
const KnownForm *knownFormOf(const std::string &form, const nlohmann::json &row);

} // namespace assay
