// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// Writes numbers as one text: "5 5 5 - 7" with a space between, "-" where there is none, and "5x3 - 7" where runs of the same
/// are told at once.
class ColumnWriter
{
public:
    explicit ColumnWriter(bool runs = true) : m_runs(runs) {}
    void put(std::optional<int64_t> value);
    void putReal(std::optional<double> value); ///< the shortest text that reads as the same number; not finite: none
    std::string take();

private:
    void add(std::string_view token);
    void flush();

    bool m_runs;
    std::string m_text, m_last;
    uint64_t m_count = 0;
};

/// Reads them again, one by one. After anything odd ok() is false and everything reads as absent.
class ColumnReader
{
public:
    /// Without runs each number takes bytes of its own, so that a column bounds how many there are.
    explicit ColumnReader(std::string_view text, bool runs = true) : m_left(text), m_runs(runs) {}
    std::optional<int64_t> next();
    std::optional<double> nextReal();
    bool atEnd() const { return m_left.empty() && m_count == 0; }
    bool ok() const { return m_ok; }

private:
    std::string_view token();
    void fail();

    std::string_view m_left, m_token;
    bool m_runs, m_ok = true;
    uint64_t m_count = 0; ///< how often the token is still meant
};

} // namespace assay
