// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/tokenizer/segments.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace assay {
namespace {

constexpr int64_t kLeastPieces = 6, kLeastSingles = 12, kLeastWords = 4, kWordLetters = 4;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool holdsWord(std::string_view piece)
{
    int64_t letters = 0, longest = 0;
    for (const char c : piece) {
        letters = isLetter(c) ? letters + 1 : 0;
        longest = std::max(longest, letters);
    }
    return longest >= kWordLetters;
}

/// Pieces of one run, in their order: digits of each.
void addRun(CutNumber &cut, std::span<const int64_t> run)
{
    int64_t digits = 0;
    for (const int64_t part : run)
        digits += part;
    cut.digits = std::max(cut.digits, digits);
    if (digits < kLongRun || run.size() < 2)
        return;
    for (const int64_t part : run.first(run.size() - 1)) {
        cut.least = cut.pieces == 0 ? part : std::min(cut.least, part);
        cut.most = std::max(cut.most, part);
        cut.singles += part == 1;
        cut.threes += part == 3;
        ++cut.pieces;
    }
}

} // namespace

CutNumber cutNumber(std::span<const std::string> pieces)
{
    CutNumber cut;
    std::vector<int64_t> run;
    for (const std::string &piece : pieces) {
        if (piece.empty())
            continue;
        cut.wholeWords += holdsWord(piece);
        const bool digits = std::ranges::all_of(piece, isDigit);
        if (digits) {
            run.push_back(int64_t(piece.size()));
            continue;
        }
        addRun(cut, run);
        run.clear();
    }
    addRun(cut, run);
    return cut;
}

int64_t digitsOfTokens(const CutNumber &cut)
{
    if (cut.pieces < kLeastPieces)
        return 0;
    return cut.most == 1 ? 1 : cut.least == 3 && cut.most == 3 ? 3 : 0;
}

int64_t digitsOfChunks(const CutNumber &cut)
{
    const bool single = cut.least == 1 && cut.singles >= kLeastSingles && cut.singles * 2 > cut.pieces;
    return single && cut.wholeWords >= kLeastWords ? 1 : 0;
}

std::optional<int64_t> piecesOf(std::span<const std::string> pieces, std::string_view text)
{
    std::string whole;
    for (const std::string &piece : pieces)
        whole += piece;
    const size_t begin = whole.find(text), end = begin + text.size();
    if (text.empty() || begin == std::string::npos)
        return std::nullopt;
    size_t at = 0;
    int64_t count = 0;
    bool begins = false, ends = false;
    for (const std::string &piece : pieces) {
        count += at >= begin && at < end;
        begins = begins || at == begin;
        at += piece.size();
        ends = ends || at == end;
    }
    return begins && ends ? std::optional(count) : std::nullopt;
}

int64_t digitsOfCutOff(std::string_view text, std::string_view asked, int64_t maxTokens)
{
    const size_t begin = text.find_first_not_of(" \n\t\"'`");
    const std::string_view copy = begin == std::string_view::npos ? std::string_view() : text.substr(begin);
    const auto digits = int64_t(std::ranges::find_if_not(copy, isDigit) - copy.begin());
    // Up to three tokens may have gone to a blank, a quotation mark or a mark that begins the answer.
    const int64_t least = maxTokens - 3;
    if (digits != int64_t(copy.size()) || digits < least || !asked.starts_with(copy))
        return 0;
    return digits <= maxTokens ? 1 : digits >= 3 * least && digits <= 3 * maxTokens ? 3 : 0;
}

} // namespace assay
