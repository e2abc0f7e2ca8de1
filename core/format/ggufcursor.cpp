// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ggufcursor.h"

#include "core/base/text.h"

namespace assay {
namespace {

constexpr size_t kWindow = 256u << 10;

} // namespace

void GgufCursor::fail(Error error)
{
    if (m_error)
        return;
    if (error.where.empty())
        error.where = "byte " + std::to_string(position());
    m_error = std::move(error);
}

void GgufCursor::damaged(const char *reason, std::string where)
{
    fail(Error{ErrorCode::GgufDamaged, {reason}, std::move(where)});
}

bool GgufCursor::ensure(size_t bytes)
{
    if (failed())
        return false;
    if (m_window.size() - m_at >= bytes)
        return true;
    if (left() < bytes) {
        damaged(ASSAY_TEXT("Reason", "the file ends too early"));
        return false;
    }
    m_start += m_at;
    m_at = 0;
    m_window.resize(size_t(std::min<uint64_t>(kWindow, m_file.size() - m_start)));
    if (auto read = m_file.readAt(m_start, m_window); !read) {
        m_window.clear();
        fail(read.error());
        return false;
    }
    return true;
}

void GgufCursor::skip(uint64_t bytes)
{
    if (failed())
        return;
    if (bytes > left())
        return damaged(ASSAY_TEXT("Reason", "the file ends too early"));
    if (bytes <= m_window.size() - m_at) {
        m_at += size_t(bytes);
        return;
    }
    m_start = position() + bytes;
    m_at = 0;
    m_window.clear();
}

uint64_t GgufCursor::boundedCount(uint64_t declared, uint64_t smallest, const char *what)
{
    if (failed() || declared <= left() / smallest)
        return failed() ? 0 : declared;
    fail(Error{ErrorCode::GgufTooLarge, {std::to_string(declared), what, std::to_string(m_file.size())}, {}});
    return 0;
}

uint64_t GgufCursor::textLength()
{
    return boundedCount(count(), 1, ASSAY_TEXT("Reason", "bytes of text"));
}

std::string GgufCursor::text(size_t limit)
{
    std::string out;
    readText(out, limit);
    return out;
}

void GgufCursor::readText(std::string &out, size_t limit)
{
    const uint64_t length = textLength();
    out.clear();
    const uint64_t wanted = std::min<uint64_t>(length, limit);
    while (out.size() < wanted && !failed()) {
        const size_t piece = size_t(std::min<uint64_t>(wanted - out.size(), kWindow));
        if (!ensure(piece))
            return out.clear();
        out.append(reinterpret_cast<const char *>(m_window.data() + m_at), piece);
        m_at += piece;
    }
    skip(length - wanted);
}

} // namespace assay
