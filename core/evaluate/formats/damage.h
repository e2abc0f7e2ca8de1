// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"

#include <exception>
#include <string>
#include <vector>

namespace assay {

/// What is wrong with a row or a description: a pattern of context "Reason" and what fills it. Thrown and caught inside this
/// folder only.
class Damage : public std::exception
{
public:
    Damage(const char *pattern, std::vector<std::string> arguments = {})
        : m_pattern(pattern), m_arguments(std::move(arguments)), m_told(fillIn(pattern, m_arguments))
    {
    }
    const char *pattern() const { return m_pattern; }
    const std::vector<std::string> &arguments() const { return m_arguments; }
    const char *what() const noexcept override { return m_told.c_str(); }

private:
    const char *m_pattern;
    std::vector<std::string> m_arguments;
    std::string m_told;
};

} // namespace assay
