// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/columntext.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace assay {
namespace {

template <class T>
std::string_view written(std::array<char, 32> &buffer, T value)
{
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), size_t(result.ptr - buffer.data())};
}

template <class T>
bool readWhole(std::string_view text, T &value)
{
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

} // namespace

void ColumnWriter::put(std::optional<int64_t> value)
{
    std::array<char, 32> buffer;
    add(value ? written(buffer, *value) : "-");
}

void ColumnWriter::putReal(std::optional<double> value)
{
    std::array<char, 32> buffer;
    add(value && std::isfinite(*value) ? written(buffer, *value) : "-");
}

void ColumnWriter::add(std::string_view token)
{
    if (m_runs && m_count > 0 && token == m_last) {
        ++m_count;
        return;
    }
    flush();
    m_last = token;
    m_count = 1;
}

void ColumnWriter::flush()
{
    if (m_count == 0)
        return;
    if (!m_text.empty())
        m_text += ' ';
    m_text += m_last;
    if (m_count > 1)
        m_text += "x" + std::to_string(m_count);
    m_count = 0;
}

std::string ColumnWriter::take()
{
    flush();
    return std::move(m_text);
}

void ColumnReader::fail()
{
    m_ok = false;
    m_left = {};
    m_count = 0;
}

std::string_view ColumnReader::token()
{
    if (m_count == 0) {
        const std::string_view word = m_left.substr(0, m_left.find(' '));
        m_left.remove_prefix(std::min(word.size() + 1, m_left.size()));
        const size_t times = word.find('x');
        m_token = word.substr(0, times);
        m_count = 1;
        const bool counted = times != std::string_view::npos;
        if (m_token.empty() || (counted && (!m_runs || !readWhole(word.substr(times + 1), m_count) || m_count == 0))) {
            fail();
            return {};
        }
    }
    --m_count;
    return m_token;
}

std::optional<int64_t> ColumnReader::next()
{
    const std::string_view text = token();
    int64_t value = 0;
    if (text == "-" || !m_ok)
        return std::nullopt;
    if (readWhole(text, value))
        return value;
    fail();
    return std::nullopt;
}

std::optional<double> ColumnReader::nextReal()
{
    const std::string_view text = token();
    double value = 0;
    if (text == "-" || !m_ok)
        return std::nullopt;
    if (readWhole(text, value) && std::isfinite(value))
        return value;
    fail();
    return std::nullopt;
}

} // namespace assay
