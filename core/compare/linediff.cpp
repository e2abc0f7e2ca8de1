// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/linediff.h"

#include <algorithm>
#include <string_view>

namespace assay {
namespace {

constexpr int kMostEdits = 2000; // its square is the memory that is taken

using Lines = std::vector<std::string_view>;

Lines linesOf(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// How far each diagonal reaches after 0, 1, 2 ... edits; empty when the texts differ too much.
std::vector<std::vector<int>> reaches(const Lines &a, const Lines &b)
{
    const int n = int(a.size()), m = int(b.size());
    const int most = std::min(n + m, kMostEdits);
    std::vector<std::vector<int>> out;
    std::vector<int> reach(size_t(2 * most + 3), 0);
    const auto at = [&](int diagonal) -> int & { return reach[size_t(diagonal + most + 1)]; };
    for (int edits = 0; edits <= most; ++edits) {
        for (int k = -edits; k <= edits; k += 2) {
            int x = k == -edits || (k != edits && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
            while (x < n && x - k < m && a[size_t(x)] == b[size_t(x - k)])
                ++x;
            at(k) = x;
            if (x >= n && x - k >= m) {
                out.emplace_back(reach.begin() + (most + 1 - edits), reach.begin() + (most + 2 + edits));
                return out;
            }
        }
        out.emplace_back(reach.begin() + (most + 1 - edits), reach.begin() + (most + 2 + edits));
    }
    return {};
}

struct Builder
{
    const Lines &a;
    const Lines &b;
    std::vector<DiffLine> lines;

    void same(size_t x, size_t y) { lines.push_back({LineChange::Same, std::string(a[x]), x + 1, y + 1}); }
    void removed(size_t x) { lines.push_back({LineChange::Removed, std::string(a[x]), x + 1, 0}); }
    void added(size_t y) { lines.push_back({LineChange::Added, std::string(b[y]), 0, y + 1}); }
};

/// Walks the edits back from the ends of both texts.
std::vector<DiffLine> walkBack(const Lines &a, const Lines &b, const std::vector<std::vector<int>> &steps)
{
    Builder builder{a, b, {}};
    int x = int(a.size()), y = int(b.size());
    for (int edits = int(steps.size()) - 1; edits > 0; --edits) {
        const std::vector<int> &reach = steps[size_t(edits - 1)];
        const auto at = [&](int k) { return k < 1 - edits || k > edits - 1 ? -1 : reach[size_t(k + edits - 1)]; };
        const int k = x - y;
        const bool down = k == -edits || (k != edits && at(k - 1) < at(k + 1));
        const int startX = down ? at(k + 1) : at(k - 1), startY = startX - (down ? k + 1 : k - 1);
        while (x > startX + (down ? 0 : 1) && y > startY + (down ? 1 : 0))
            builder.same(size_t(--x), size_t(--y));
        if (down)
            builder.added(size_t(--y));
        else
            builder.removed(size_t(--x));
    }
    while (x > 0 && y > 0)
        builder.same(size_t(--x), size_t(--y));
    std::reverse(builder.lines.begin(), builder.lines.end());
    return builder.lines;
}

std::vector<DiffLine> replacedBetweenEnds(const Lines &a, const Lines &b)
{
    size_t head = 0, tail = 0;
    while (head < std::min(a.size(), b.size()) && a[head] == b[head])
        ++head;
    while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    Builder builder{a, b, {}};
    for (size_t i = 0; i < head; ++i)
        builder.same(i, i);
    for (size_t i = head; i < a.size() - tail; ++i)
        builder.removed(i);
    for (size_t i = head; i < b.size() - tail; ++i)
        builder.added(i);
    for (size_t i = tail; i > 0; --i)
        builder.same(a.size() - i, b.size() - i);
    return builder.lines;
}

} // namespace

std::vector<DiffLine> diffLines(const std::string &before, const std::string &after)
{
    const Lines a = linesOf(before), b = linesOf(after);
    const auto steps = reaches(a, b);
    return steps.empty() ? replacedBetweenEnds(a, b) : walkBack(a, b, steps);
}

} // namespace assay
