// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/suitefiles.h"

#include "core/base/file.h"
#include "core/base/naturalorder.h"
#include "core/base/text.h"

#include <algorithm>
#include <zlib.h>

namespace assay {
namespace {

constexpr uint64_t kMostBytes = 256u << 20;
constexpr int kDeepestFolder = 4;

tl::unexpected<Error> unreadable(const std::string &name, const char *why)
{
    return failure(ErrorCode::SuiteUnreadable, {name, why});
}

/// Unpacks gzip, one member after another, up to the limit: a small file may unpack to anything.
Result<std::string> gunzip(const std::string &packed, const std::string &name)
{
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (inflateInit2(&stream, kGzip) != Z_OK)
        return unreadable(name, ASSAY_TEXT("Reason", "it cannot be unpacked"));
    std::string text;
    std::string piece(1 << 18, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
    stream.avail_in = uInt(packed.size()); // kMostBytes at most
    int state = Z_OK;
    while (state == Z_OK && text.size() <= kMostBytes) {
        stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_out = uInt(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        text.append(piece, 0, piece.size() - stream.avail_out);
        if (state == Z_STREAM_END && stream.avail_in > 0)
            state = inflateReset(&stream);
    }
    inflateEnd(&stream);
    if (text.size() > kMostBytes)
        return failure(ErrorCode::FileTooLarge, {name, std::to_string(text.size()), std::to_string(kMostBytes)});
    if (state != Z_STREAM_END)
        return unreadable(name, ASSAY_TEXT("Reason", "it is gzip that breaks off or is damaged"));
    return text;
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

void walk(const std::filesystem::path &folder, const std::string &prefix, int depth, const std::string &pattern,
          size_t most, std::vector<std::pair<std::string, std::filesystem::path>> &out)
{
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end && out.size() < most; it.increment(error)) {
        const std::string name = prefix + it->path().filename().string();
        std::error_code broken;
        if (it->is_directory(broken) && depth > 1)
            walk(it->path(), name + "/", depth - 1, pattern, most, out);
        else if (it->is_regular_file(broken) && isLike(name, pattern))
            out.emplace_back(name, it->path());
    }
}

} // namespace

Result<std::string> unpackedSuiteText(std::string bytes, const std::string &name)
{
    if (bytes.starts_with("\x1F\x8B")) {
        auto text = gunzip(bytes, name);
        if (!text)
            return text;
        bytes = std::move(*text);
    }
    if (bytes.starts_with("PAR1"))
        return unreadable(name, ASSAY_TEXT("Reason", "it is Parquet; convert it to JSONL first, for example with pandas: "
                                                     "read_parquet(\"x.parquet\").to_json(\"x.jsonl\", orient=\"records\", lines=True)"));
    if (bytes.starts_with("PK\x03\x04"))
        return unreadable(name, ASSAY_TEXT("Reason", "it is an archive; unpack it and give the folder"));
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return unreadable(name, ASSAY_TEXT("Reason", "it is UTF-16; save it as UTF-8"));
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.erase(0, 3);
    return bytes;
}

Result<std::string> readSuiteText(const std::filesystem::path &path)
{
    auto bytes = readWholeFile(path, kMostBytes);
    if (!bytes)
        return bytes;
    return unpackedSuiteText(std::move(*bytes), path.string());
}

std::string lastName(const std::filesystem::path &path)
{
    const std::filesystem::path normal = path.lexically_normal();
    return normal.has_filename() ? normal.filename().string() : normal.parent_path().filename().string();
}

std::string plainName(const std::filesystem::path &path)
{
    std::filesystem::path name = path.filename();
    if (lower(name.extension().string()) == ".gz")
        name = name.stem();
    return validUtf8(name.stem().string());
}

std::string formExtension(const std::filesystem::path &path)
{
    const std::string last = lower(path.extension().string());
    return last == ".gz" ? lower(path.stem().extension().string()) : last;
}

std::filesystem::path pathFromUtf8(const std::string &text)
{
    return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

bool isLike(std::string_view path, std::string_view pattern)
{
    // Where the last * can take one byte more is the only place to go back to.
    size_t at = 0, p = 0, star = std::string_view::npos, mark = 0;
    while (at < path.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = at;
        } else if (p < pattern.size() && (pattern[p] == path[at] || (pattern[p] == '?' && path[at] != '/'))) {
            ++p;
            ++at;
        } else if (star != std::string_view::npos && path[mark] != '/') {
            p = star + 1;
            at = ++mark;
        } else {
            return false;
        }
    }
    return pattern.substr(p).find_first_not_of('*') == std::string_view::npos;
}

std::vector<std::filesystem::path> filesLike(const std::filesystem::path &folder, const std::string &pattern, size_t most)
{
    std::vector<std::pair<std::string, std::filesystem::path>> found;
    walk(folder, {}, kDeepestFolder, pattern, most, found);
    std::ranges::sort(found, [](const auto &a, const auto &b) { return naturalLess(a.first, b.first); });
    std::vector<std::filesystem::path> files;
    for (auto &one : found)
        files.push_back(std::move(one.second));
    return files;
}

} // namespace assay
