// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/headerparser.h"

#include "core/format/headerdensity.h"
#include "core/format/headerlayout.h"
#include "core/format/headerwalk.h"

#include <algorithm>
#include <cstring>

namespace assay {
namespace {

constexpr uint64_t kPrefix = 8;            // the length in front of the header
constexpr uint64_t kFirstPiece = 64u << 10; // most headers of small files, in one reading
constexpr size_t kJudged = 4u << 10;        // enough to tell garbage from a header
constexpr size_t kUsualEntry = 120;         // bytes of JSON a tensor takes
constexpr uint64_t kBlankPiece = 1u << 20;

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// How many blanks a text begins with, in blocks: 100 MB of them are an attack on whoever looks one by one.
size_t blanks(std::string_view text)
{
    constexpr size_t kBlock = 64;
    size_t at = 0;
    for (; at + kBlock <= text.size(); at += kBlock) {
        bool all = true;
        for (size_t i = 0; i < kBlock; ++i)
            all &= isBlank(text[at + i]);
        if (!all)
            break;
    }
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

Error notJson(uint64_t byte)
{
    return Error{ErrorCode::SafetensorsHeaderNotJson, {"byte " + std::to_string(byte + 1)}, {}};
}

Error tooDense()
{
    return Error{ErrorCode::SafetensorsHeaderNotJson,
                 {ASSAY_TEXT("Reason", "it has more brackets and commas than tensors need")}, {}};
}

/// Whether a JSON object of named members may begin like this.
bool mayBeHeader(std::string_view text, bool whole)
{
    const std::string_view piece = text.substr(0, kJudged);
    whole = whole && piece.size() == text.size();
    if (piece.empty() || piece.front() != '{')
        return false;
    const size_t next = 1 + blanks(piece.substr(1));
    if (next < piece.size() && piece[next] != '"' && piece[next] != '}')
        return false;
    // Control characters stand nowhere in JSON apart from blanks.
    if (std::any_of(piece.begin(), piece.end(), [](char c) { return static_cast<unsigned char>(c) < 32 && !isBlank(c); }))
        return false;
    // The piece may end within a character of up to four bytes.
    for (size_t cut = 0; cut <= (whole ? 0 : 3) && cut <= piece.size(); ++cut) {
        if (simdjson::validate_utf8(piece.data(), piece.size() - cut))
            return true;
    }
    return false;
}

Error at(Error error, const ByteSource &file)
{
    if (error.where.empty())
        error.where = std::filesystem::path(file.label()).filename().string();
    return error;
}

} // namespace

/// The text of one header with the room behind it that the parser wants, and the parser.
class HeaderParser::Text
{
public:
    char *reserve(size_t size)
    {
        if (size + simdjson::SIMDJSON_PADDING > m_capacity) {
            m_capacity = std::max(size + simdjson::SIMDJSON_PADDING, 2 * m_capacity);
            std::unique_ptr<char[]> larger(new char[m_capacity]);
            std::memcpy(larger.get(), m_bytes.get(), m_size);
            m_bytes = std::move(larger);
        }
        return m_bytes.get();
    }
    void setSize(size_t size) { m_size = size; }
    std::string_view view() const { return {m_bytes.get(), m_size}; }
    std::span<std::byte> bytes(size_t begin, size_t end)
    {
        return std::as_writable_bytes(std::span(m_bytes.get() + begin, end - begin));
    }
    /// Drops the first bytes.
    void drop(size_t count)
    {
        std::memmove(m_bytes.get(), m_bytes.get() + count, m_size - count);
        m_size -= count;
    }
    simdjson::simdjson_result<simdjson::ondemand::document> parse()
    {
        // What the text before left there must not be taken for the rest of this one.
        std::memset(m_bytes.get() + m_size, 0, simdjson::SIMDJSON_PADDING);
        return m_parser.iterate(m_bytes.get(), m_size, m_size + simdjson::SIMDJSON_PADDING);
    }

private:
    std::unique_ptr<char[]> m_bytes{new char[simdjson::SIMDJSON_PADDING]};
    size_t m_capacity = simdjson::SIMDJSON_PADDING, m_size = 0;
    simdjson::ondemand::parser m_parser;
};

HeaderParser::HeaderParser(std::shared_ptr<Arena> arena) : m_arena(std::move(arena)), m_text(std::make_unique<Text>())
{
}

HeaderParser::~HeaderParser() = default;

Result<SafetensorsHeader> HeaderParser::parseText(uint64_t skipped, uint64_t headerBytes, uint64_t fileSize)
{
    SafetensorsHeader header;
    header.arena = m_arena;
    header.headerBytes = headerBytes;
    header.tensors.reserve(m_text->view().size() / kUsualEntry);
    HeaderWalk walk(header);
    simdjson::ondemand::document document;
    if (m_text->view().empty() || m_text->parse().get(document))
        return tl::unexpected(notJson(skipped));
    if (!walk.run(document)) {
        if (walk.error())
            return tl::unexpected(*walk.error());
        const char *place = nullptr;
        const bool known = !document.current_location().get(place);
        return tl::unexpected(notJson(skipped + (known ? uint64_t(place - m_text->view().data()) : m_text->view().size())));
    }
    if (auto fits = layOut(header, fileSize); !fits)
        return tl::unexpected(fits.error());
    return header;
}

Result<SafetensorsHeader> HeaderParser::parse(std::string_view json, uint64_t headerBytes, uint64_t fileSize)
{
    if (headerBytes > fileSize)
        return failure(ErrorCode::SafetensorsHeaderBeyondFile,
                       {std::to_string(headerBytes), std::to_string(fileSize)});
    const size_t skipped = blanks(json);
    json.remove_prefix(skipped);
    if (!mayBeHeader(json, true))
        return tl::unexpected(notJson(skipped));
    if (json.size() > HeaderDensity::kSmall && !HeaderDensity().plausible(json))
        return tl::unexpected(tooDense());
    m_text->setSize(0);
    std::memcpy(m_text->reserve(json.size()), json.data(), json.size());
    m_text->setSize(json.size());
    return parseText(skipped, headerBytes, fileSize);
}

/// Reads on until something else than blanks comes and brings it to the front of the text: how many bytes of the
/// header came before.
Result<uint64_t> HeaderParser::readStart(const ByteSource &file, uint64_t length)
{
    uint64_t begin = 0;
    for (;;) {
        const size_t blank = blanks(m_text->view());
        begin += blank;
        if (begin == length)
            return tl::unexpected(notJson(begin));
        if (blank < m_text->view().size()) {
            m_text->drop(blank);
            break;
        }
        const size_t more = size_t(std::min(kBlankPiece, length - begin));
        m_text->setSize(0);
        m_text->reserve(more);
        if (auto read = file.readAt(kPrefix + begin, m_text->bytes(0, more)); !read)
            return tl::unexpected(read.error());
        m_text->setSize(more);
    }
    if (!mayBeHeader(m_text->view(), begin + m_text->view().size() == length))
        return tl::unexpected(notJson(begin));
    return begin;
}

/// Reads the text on to its full size, as far as it may be a header.
Result<void> HeaderParser::readRest(const ByteSource &file, uint64_t begin, size_t size)
{
    HeaderDensity density;
    m_text->reserve(size);
    for (size_t have = m_text->view().size(); have < size; have = m_text->view().size()) {
        const bool large = size > HeaderDensity::kSmall;
        const size_t end = large ? std::min(size, have + HeaderDensity::kWindow) : size;
        if (auto read = file.readAt(kPrefix + begin + have, m_text->bytes(have, end)); !read)
            return read;
        m_text->setSize(end);
        if (large && !density.plausible(m_text->view()))
            return tl::unexpected(tooDense());
    }
    return {};
}

Result<SafetensorsHeader> HeaderParser::read(const ByteSource &file)
{
    const uint64_t fileSize = file.size();
    if (fileSize < kPrefix)
        return tl::unexpected(at(Error{ErrorCode::SafetensorsTooShort, {std::to_string(fileSize)}, {}}, file));
    const size_t first = size_t(std::min(fileSize, kFirstPiece));
    m_text->setSize(0);
    m_text->reserve(first);
    if (auto read = file.readAt(0, m_text->bytes(0, first)); !read)
        return tl::unexpected(read.error());
    m_text->setSize(first);
    uint64_t length = 0;
    for (size_t i = 0; i < kPrefix; ++i)
        length |= uint64_t(static_cast<unsigned char>(m_text->view()[i])) << (8 * i);
    if (length > kSafetensorsHeaderLimit)
        return tl::unexpected(at(Error{ErrorCode::SafetensorsHeaderTooLarge, {std::to_string(length)}, {}}, file));
    if (length > fileSize - kPrefix)
        return tl::unexpected(at(Error{ErrorCode::SafetensorsHeaderBeyondFile,
                                       {std::to_string(length), std::to_string(fileSize)}, {}}, file));
    m_text->drop(kPrefix);
    m_text->setSize(size_t(std::min<uint64_t>(m_text->view().size(), length)));
    const auto begin = readStart(file, length);
    if (!begin)
        return tl::unexpected(at(begin.error(), file));
    if (auto read = readRest(file, *begin, size_t(length - *begin)); !read)
        return tl::unexpected(at(read.error(), file));
    auto header = parseText(*begin, kPrefix + length, fileSize);
    if (!header)
        return tl::unexpected(at(header.error(), file));
    return header;
}

} // namespace assay
