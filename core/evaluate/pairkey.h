// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What pairs the same question across tools, suites and runs: the first 32 hexadecimal digits of a SHA-256 over the bare question
/// (no template, no examples, no listed options where they can be told apart), the right answers and the options. White space is
/// squeezed; the order of answers and options does not count, since tools shuffle them (evaluation.md 6).
std::string pairKeyOf(std::string_view question, const std::vector<std::string> &answers, const std::vector<std::string> &options = {});

} // namespace assay
