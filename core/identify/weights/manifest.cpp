// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/weights/manifest.h"

#include "core/base/file.h"
#include "core/format/filetree.h"

#include <algorithm>
#include <map>
#include <set>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kLongestName = 4096;
constexpr size_t kHashDigits = 64;
constexpr int kDeepest = 12; // of JSON; a hub's lists need 4
constexpr std::string_view kPrefix = "sha256:";

tl::unexpected<Error> damaged(const std::string &name, const char *why, std::string where = {})
{
    return failure(ErrorCode::ManifestDamaged, {validUtf8(name), why}, validUtf8(where.substr(0, 200)));
}

/// Lower-case SHA-256, with or without "sha256:" before it; nothing for other texts.
std::optional<std::string> sumOf(std::string_view text)
{
    if (text.starts_with(kPrefix))
        text.remove_prefix(kPrefix.size());
    const auto expected = text.size() == kHashDigits ? expectedOfHash(text, {}) : std::nullopt;
    return expected && !expected->git ? std::optional(expected->hash) : std::nullopt;
}

std::string_view trimmed(std::string_view line)
{
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
        line.remove_suffix(1);
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
        line.remove_prefix(1);
    return line;
}

/// Entries by name; says what is wrong with one.
class Entries
{
public:
    const char *add(std::string_view file, std::string_view hash, std::optional<uint64_t> bytes)
    {
        while (file.starts_with("./"))
            file.remove_prefix(2);
        const auto sum = sumOf(hash);
        if (!sum)
            return ASSAY_TEXT("Reason", "this is no SHA-256 with a file's name");
        if (file.empty() || file.size() > kLongestName || validUtf8(file) != file || !staysInside(file))
            return ASSAY_TEXT("Reason", "this is no name of a file inside the folder");
        const auto [place, added] = m_byName.try_emplace(std::string(file), ManifestEntry{std::string(file), *sum, bytes});
        if (!added && place->second.sha256 != *sum)
            return ASSAY_TEXT("Reason", "one file is listed twice with different sums");
        if (m_byName.size() > kManifestEntries)
            return ASSAY_TEXT("Reason", "it lists more files than a model has");
        return nullptr;
    }
    void addWithoutSum() { ++m_withoutSum; }

    Result<WeightManifest> finish(const std::string &name)
    {
        if (m_byName.empty())
            return damaged(name, ASSAY_TEXT("Reason", "it lists no SHA-256 of any file"));
        WeightManifest manifest{name, {}, m_withoutSum};
        const size_t shared = sharedFolder();
        for (auto &[file, entry] : m_byName) {
            entry.file.erase(0, shared);
            manifest.entries.push_back(std::move(entry));
        }
        return manifest;
    }

private:
    /// Length of a folder that begins all names: lists are often made one level above.
    size_t sharedFolder() const
    {
        const std::string &first = m_byName.begin()->first, &last = m_byName.rbegin()->first;
        const auto [a, b] = std::mismatch(first.begin(), first.end(), last.begin(), last.end());
        const size_t slash = std::string_view(first).substr(0, size_t(a - first.begin())).rfind('/');
        return slash == std::string_view::npos ? 0 : slash + 1;
    }

    std::map<std::string, ManifestEntry> m_byName;
    size_t m_withoutSum = 0;
};

// --- lines -----------------------------------------------------------------------------------------------------

struct SumLine
{
    std::string_view hash, file;
};

/// `SHA256 (NAME) = HASH`
std::optional<SumLine> taggedLine(std::string_view line)
{
    constexpr std::string_view kTag = "SHA256 (", kMiddle = ") = ";
    const size_t middle = line.rfind(kMiddle);
    if (!line.starts_with(kTag) || middle == std::string_view::npos || middle < kTag.size())
        return std::nullopt;
    return SumLine{line.substr(middle + kMiddle.size()), line.substr(kTag.size(), middle - kTag.size())};
}

std::optional<SumLine> plainLine(std::string_view line)
{
    const size_t blank = line.find_first_of(" \t");
    if (blank == std::string_view::npos)
        return std::nullopt;
    std::string_view file = trimmed(line.substr(blank));
    if (file.starts_with('*')) // read as binary
        file.remove_prefix(1);
    return SumLine{line.substr(0, blank), file};
}

Result<WeightManifest> readLines(std::string_view text, const std::string &name)
{
    Entries entries;
    size_t number = 0;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (line.empty() || line.starts_with('#'))
            continue;
        auto parts = taggedLine(line);
        if (!parts)
            parts = plainLine(line);
        const char *wrong = parts ? entries.add(parts->file, parts->hash, {}) : ASSAY_TEXT("Reason", "this is no SHA-256 with a file's name");
        if (wrong)
            return damaged(name, wrong, "line " + std::to_string(number));
    }
    return entries.finish(name);
}

// --- JSON ------------------------------------------------------------------------------------------------------

/// The document; nests no deeper than such a list does and has no name twice in one object, of which a reader would see one.
Result<json> parsedJson(std::string_view text, const std::string &name)
{
    std::vector<std::set<std::string>> names;
    const char *wrong = nullptr;
    const auto watch = [&](int depth, json::parse_event_t event, json &value) {
        using Event = json::parse_event_t;
        if (depth > kDeepest)
            wrong = ASSAY_TEXT("Reason", "it is nested too deep");
        if (event == Event::object_start)
            names.emplace_back();
        else if (event == Event::object_end && !names.empty())
            names.pop_back();
        else if (event == Event::key && !names.empty() && !names.back().insert(value.get<std::string>()).second)
            wrong = ASSAY_TEXT("Reason", "one name stands twice in one object");
        if (wrong)
            throw std::runtime_error(wrong);
        return true;
    };
    try {
        return json::parse(text, watch);
    } catch (const std::exception &) {
        return damaged(name, wrong ? wrong : ASSAY_TEXT("Reason", "it begins like JSON and is none"));
    }
}

const json *member(const json &object, const char *field)
{
    const auto found = object.is_object() ? object.find(field) : object.end();
    return found != object.end() ? &*found : nullptr;
}

std::optional<uint64_t> sizeIn(const json &object)
{
    for (const char *field : {"size", "lfs_size", "bytes"}) {
        const json *value = member(object, field);
        if (value && value->is_number_unsigned())
            return value->get<uint64_t>();
    }
    return std::nullopt;
}

/// The sum that an entry of any of the forms gives; an empty one where it gives none (a git object id is none).
std::string sumIn(const json &value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (const json *lfs = member(value, "lfs"); lfs && lfs->is_object())
        return sumIn(*lfs);
    for (const char *field : {"sha256", "lfs_sha256", "oid"}) {
        const json *sum = member(value, field);
        if (sum && sum->is_string() && sumOf(sum->get_ref<const std::string &>()))
            return sum->get<std::string>();
    }
    return {};
}

class JsonManifest
{
public:
    explicit JsonManifest(const std::string &name) : m_name(name) {}

    Result<WeightManifest> read(const json &document)
    {
        const json *siblings = member(document, "siblings"), *files = member(document, "files");
        const json &list = siblings ? *siblings : files ? *files : document;
        if (!list.is_array() && !list.is_object())
            return damaged(m_name, ASSAY_TEXT("Reason", "it is no list of files"));
        for (const auto &item : list.items()) {
            const auto added = list.is_array() ? addListed(item.value()) : add(item.key(), item.value());
            if (!added)
                return tl::unexpected(added.error());
        }
        return m_entries.finish(m_name);
    }

private:
    Result<void> addListed(const json &item)
    {
        for (const char *field : {"rfilename", "path", "file", "name"}) {
            if (const json *file = member(item, field); file && file->is_string())
                return add(file->get<std::string>(), item);
        }
        return damaged(m_name, ASSAY_TEXT("Reason", "an entry names no file"));
    }

    Result<void> add(const std::string &file, const json &value)
    {
        const std::string sum = sumIn(value);
        if (sum.empty() && value.is_object()) { // a folder, or a file that a hub knows by git's sum alone
            m_entries.addWithoutSum();
            return {};
        }
        const std::optional<uint64_t> bytes = member(value, "lfs") ? sizeIn(*member(value, "lfs")) : sizeIn(value);
        if (const char *wrong = m_entries.add(file, sum, bytes))
            return damaged(m_name, wrong, file);
        return {};
    }

    const std::string &m_name;
    Entries m_entries;
};

} // namespace

Result<WeightManifest> readManifest(std::string_view text, const std::string &name)
{
    if (text.size() > kManifestLimit)
        return damaged(name, ASSAY_TEXT("Reason", "it is larger than any such list"));
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '['))
        return readLines(text, name);
    const auto document = parsedJson(text, name);
    if (!document)
        return tl::unexpected(document.error());
    return JsonManifest(name).read(*document);
}

Result<WeightManifest> readManifest(const std::filesystem::path &file)
{
    const std::string name = file.filename().string();
    const auto text = readWholeFile(file, kManifestLimit);
    if (!text && text.error().code == ErrorCode::FileTooLarge)
        return damaged(name, ASSAY_TEXT("Reason", "it is larger than any such list"));
    if (!text)
        return tl::unexpected(text.error());
    return readManifest(*text, name);
}

} // namespace assay
