// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/target.h"

#include <cstring>

namespace assay {

Secret::~Secret()
{
    if (!m_value.empty())
        explicit_bzero(m_value.data(), m_value.size());
}

std::string Secret::redact(std::string text) const
{
    // A short key would blank out half of any text; nobody issues one.
    if (m_value.size() < 4)
        return text;
    for (size_t at = text.find(m_value); at != std::string::npos; at = text.find(m_value, at)) {
        text.replace(at, m_value.size(), "(key)");
        at += 5;
    }
    return text;
}

} // namespace assay
