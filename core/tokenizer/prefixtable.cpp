// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/prefixtable.h"

#include <algorithm>

namespace assay {

bool PrefixTable::add(std::string_view text, int32_t value)
{
    if (text.empty() || text.size() > kLongest || m_text.size() + text.size() > UINT32_MAX)
        return false;
    m_entries.push_back({uint32_t(m_text.size()), uint32_t(text.size()), value});
    m_text += text;
    return true;
}

void PrefixTable::finish()
{
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [&](const Entry &a, const Entry &b) { return textOf(a) < textOf(b); });
    std::vector<Entry> unique;
    for (const Entry &entry : m_entries) {
        if (!unique.empty() && textOf(unique.back()) == textOf(entry))
            unique.back() = entry;
        else
            unique.push_back(entry);
    }
    m_entries = std::move(unique);
    size_t at = 0;
    for (size_t byte = 0; byte < 256; ++byte) {
        m_first[byte] = uint32_t(at);
        while (at < m_entries.size() && uint8_t(m_text[m_entries[at].offset]) == byte)
            ++at;
    }
    m_first[256] = uint32_t(at);
}

int32_t PrefixTable::longest(std::string_view text, size_t &length) const
{
    int32_t found = -1;
    walk(text, [&](size_t end, int32_t value) {
        found = value;
        length = end;
    });
    return found;
}

} // namespace assay
