// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay {

/// The sizes of a tensor's axes; a view, the numbers live elsewhere.
class Shape
{
public:
    Shape() = default;
    Shape(std::span<const int64_t> sizes) : m_sizes(sizes) {}

    size_t size() const { return m_sizes.size(); }
    bool empty() const { return m_sizes.empty(); }
    int64_t operator[](size_t axis) const { return m_sizes[axis]; }
    auto begin() const { return m_sizes.begin(); }
    auto end() const { return m_sizes.end(); }
    std::vector<int64_t> sizes() const { return {begin(), end()}; }
    /// "4096 x 4096"; "scalar" without axes.
    std::string text() const;
    /// Product of the sizes; nothing when one is negative or it does not fit.
    std::optional<uint64_t> elements() const;

    friend bool operator==(const Shape &a, const Shape &b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }
    friend bool operator==(const Shape &a, const std::vector<int64_t> &b)
    {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    std::span<const int64_t> m_sizes;
};

} // namespace assay
