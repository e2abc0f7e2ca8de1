// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/wordpiece.h"

#include "core/base/text.h"

#include <algorithm>

namespace assay {

void WordLevel::encode(std::string_view word, ModelScratch &, std::vector<int64_t> &ids) const
{
    const int32_t found = m_vocabulary.find(word);
    if (found >= 0 || m_unknown >= 0)
        ids.push_back(found >= 0 ? found : m_unknown);
}

WordPiece::WordPiece(Vocabulary vocabulary, int32_t unknown, std::string prefix, std::string start, uint64_t longest,
                     const std::vector<bool> &usable)
    : m_vocabulary(std::move(vocabulary)), m_unknown(unknown), m_longest(longest)
{
    for (size_t i = 0; i < m_vocabulary.size(); ++i) {
        const std::string_view piece = m_vocabulary.pieceAt(i);
        if (i < usable.size() && !usable[i])
            continue;
        if (piece.starts_with(start))
            m_beginning.add(piece.substr(start.size()), m_vocabulary.idAt(i));
        if (piece.starts_with(prefix) && (start.empty() || !piece.starts_with(start)))
            m_going.add(piece.substr(prefix.size()), m_vocabulary.idAt(i));
    }
    m_beginning.finish();
    m_going.finish();
}

void WordPiece::encode(std::string_view word, ModelScratch &, std::vector<int64_t> &ids) const
{
    const size_t before = ids.size();
    const bool tooLong = characters(word) > m_longest;
    size_t at = 0;
    while (at < word.size() && !tooLong) {
        size_t length = 0;
        const int32_t id = (at == 0 ? m_beginning : m_going).longest(word.substr(at), length);
        if (id < 0)
            break;
        ids.push_back(id);
        at += length;
    }
    if (at < word.size()) {
        ids.resize(before);
        if (m_unknown >= 0)
            ids.push_back(m_unknown);
    }
}

} // namespace assay
