// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/basefile.h"

#include "core/base/file.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace assay {
namespace {

constexpr std::string_view kLlama = "_logits_", kTop = "_topkld_";
constexpr int32_t kTopVersion = 1;
constexpr size_t kHashBytes = 64; // SHA-256 in hexadecimal
constexpr int64_t kMostContext = 1 << 24;

tl::unexpected<Error> damaged(const ByteSource &source, std::string why)
{
    return failure(ErrorCode::BaseFileDamaged, {source.label(), std::move(why)});
}

/// Numbers and texts one after the other.
class Cursor
{
public:
    explicit Cursor(const ByteSource &source) : m_source(source) {}

    Result<std::string> text(size_t bytes)
    {
        std::string out(bytes, '\0');
        if (auto read = take({reinterpret_cast<std::byte *>(out.data()), bytes}); !read)
            return tl::unexpected(read.error());
        return out;
    }
    Result<void> numbers(std::span<int32_t> values) { return take(std::as_writable_bytes(values)); }
    uint64_t at() const { return m_at; }

private:
    Result<void> take(std::span<std::byte> bytes)
    {
        if (bytes.size() > m_source.size() - m_at)
            return damaged(m_source, ASSAY_TEXT("Reason", "it ends within its header"));
        auto read = m_source.readAt(m_at, bytes);
        m_at += read ? bytes.size() : 0;
        return read;
    }

    const ByteSource &m_source;
    uint64_t m_at = 0;
};

Result<BaseHeader> readLlama(Cursor &cursor)
{
    int32_t numbers[3] = {};
    if (auto read = cursor.numbers(numbers); !read)
        return tl::unexpected(read.error());
    BaseHeader out;
    out.context = numbers[0];
    out.layout = {BaseForm::SixteenBit, numbers[1], 0};
    out.chunks = numbers[2];
    return out;
}

Result<BaseHeader> readTop(Cursor &cursor, const ByteSource &source)
{
    int32_t numbers[5] = {};
    if (auto read = cursor.numbers(numbers); !read)
        return tl::unexpected(read.error());
    if (numbers[0] != kTopVersion)
        return damaged(source, ASSAY_TEXT("Reason", "another version of Assay wrote it"));
    BaseHeader out;
    out.context = numbers[1];
    out.layout = {BaseForm::TopTokens, numbers[2], numbers[4]};
    out.chunks = numbers[3];
    for (std::string *hash : {&out.vocabularyHash, &out.plainHash}) {
        auto read = cursor.text(kHashBytes);
        if (!read)
            return tl::unexpected(read.error());
        if (!std::ranges::all_of(*read, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }))
            return damaged(source, ASSAY_TEXT("Reason", "its vocabulary's hash is none"));
        *hash = std::move(*read);
    }
    return out;
}

/// Nothing when the numbers are ones that a file may have.
const char *problemOf(const BaseHeader &header)
{
    const BaseLayout &layout = header.layout;
    if (header.context < 4 || header.context > kMostContext)
        return ASSAY_TEXT("Reason", "its chunks have no possible length");
    if (layout.vocabulary < 1 || layout.vocabulary > kMostBaseVocabulary)
        return ASSAY_TEXT("Reason", "its vocabulary has no possible size");
    if (header.chunks < 1)
        return ASSAY_TEXT("Reason", "it has no chunks");
    if (layout.form == BaseForm::TopTokens && (layout.top < 1 || layout.top > std::min(kMostBaseTop, layout.vocabulary)))
        return ASSAY_TEXT("Reason", "it keeps an impossible number of tokens at each position");
    return nullptr;
}

/// The size that the header asks for; none of the factors is above 2^31, each product is checked.
bool fits(const BaseHeader &header, uint64_t begin, uint64_t size)
{
    uint64_t tokens = 0, rows = 0, all = begin;
    return !__builtin_mul_overflow(uint64_t(header.chunks) * sizeof(int32_t), uint64_t(header.context), &tokens)
        && !__builtin_mul_overflow(uint64_t(header.chunks) * uint64_t(header.positions()), rowBytes(header.layout), &rows)
        && !__builtin_add_overflow(all, tokens, &all) && !__builtin_add_overflow(all, rows, &all) && all == size;
}

void append(std::string &out, std::initializer_list<int64_t> numbers)
{
    for (const int64_t number : numbers) {
        const auto value = int32_t(number);
        out.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
}

std::string headerBytes(const BaseHeader &header)
{
    const bool top = header.layout.form == BaseForm::TopTokens;
    std::string out(top ? kTop : kLlama);
    if (top) {
        append(out, {kTopVersion, header.context, header.layout.vocabulary, header.chunks, header.layout.top});
        out += header.vocabularyHash + header.plainHash;
    } else {
        append(out, {header.context, header.layout.vocabulary, header.chunks});
    }
    out.append(reinterpret_cast<const char *>(header.tokens.data()), header.tokens.size() * sizeof(int32_t));
    return out;
}

} // namespace

Result<BaseFile> BaseFile::open(const std::filesystem::path &path)
{
    auto file = File::open(path);
    if (!file)
        return tl::unexpected(file.error());
    return read(std::make_shared<File>(std::move(*file)));
}

Result<BaseFile> BaseFile::read(std::shared_ptr<const ByteSource> source)
{
    Cursor cursor(*source);
    const auto magic = cursor.text(kLlama.size());
    if (!magic)
        return tl::unexpected(magic.error());
    if (*magic != kLlama && *magic != kTop)
        return damaged(*source, ASSAY_TEXT("Reason", "it does not begin as one"));
    auto header = *magic == kLlama ? readLlama(cursor) : readTop(cursor, *source);
    if (!header)
        return tl::unexpected(header.error());
    if (const char *problem = problemOf(*header))
        return damaged(*source, problem);
    if (!fits(*header, cursor.at(), source->size()))
        return damaged(*source, ASSAY_TEXT("Reason", "its size is not the one that its header asks for"));
    header->tokens.resize(size_t(header->chunks * header->context));
    if (auto tokens = cursor.numbers(header->tokens); !tokens)
        return tl::unexpected(tokens.error());
    const auto outside = [&](int32_t token) { return token < 0 || token >= header->layout.vocabulary; };
    if (std::ranges::any_of(header->tokens, outside))
        return damaged(*source, ASSAY_TEXT("Reason", "a token of its text is outside its vocabulary"));
    BaseFile out;
    out.m_source = std::move(source);
    out.m_header = std::move(*header);
    out.m_rows = cursor.at();
    return out;
}

Result<std::vector<std::byte>> BaseFile::rows(int64_t chunk, int64_t first, int64_t count) const
{
    const uint64_t bytes = rowBytes(m_header.layout);
    std::vector<std::byte> out(size_t(count) * bytes);
    if (auto read = m_source->readAt(m_rows + uint64_t(chunk * m_header.positions() + first) * bytes, out); !read)
        return tl::unexpected(read.error());
    return out;
}

Result<BaseWriter> BaseWriter::create(const std::filesystem::path &path, const BaseHeader &header)
{
    auto file = FileWriter::create(path);
    if (!file)
        return tl::unexpected(file.error());
    const std::string begin = headerBytes(header);
    if (auto written = file->add(std::as_bytes(std::span(begin))); !written)
        return tl::unexpected(written.error());
    return BaseWriter(std::move(*file));
}

} // namespace assay
