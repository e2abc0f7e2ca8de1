// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/shownargument.h"

#include "core/base/units.h"

#include <charconv>

namespace assay {

std::string shownArgument(const std::string &argument, const Translate &translate)
{
    int64_t number = 0;
    const char *end = argument.data() + argument.size();
    const auto [last, error] = std::from_chars(argument.data(), end, number);
    // "007" is a name.
    const bool whole = last == end && error == std::errc() && std::to_string(number) == argument;
    return whole ? groupedDigits(number) : translate("Reason", argument.c_str());
}

std::vector<std::string> shownArguments(const std::vector<std::string> &arguments, const Translate &translate)
{
    std::vector<std::string> shown;
    for (const std::string &argument : arguments)
        shown.push_back(shownArgument(argument, translate));
    return shown;
}

} // namespace assay
