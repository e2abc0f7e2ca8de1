// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/htmllisting.h"

#include <algorithm>
#include <cctype>

namespace assay {
namespace {

constexpr size_t kNameLimit = 10'000;
constexpr std::string_view kAttribute = "href";

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const int letter = std::tolower(static_cast<unsigned char>(c));
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// The start of the next "href", whatever its case is.
size_t findAttribute(std::string_view html, size_t from)
{
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    const auto found = std::search(html.begin() + std::ptrdiff_t(from), html.end(), kAttribute.begin(), kAttribute.end(), same);
    return size_t(found - html.begin());
}

/// The quoted value after an attribute's name at `at`; `at` moves behind it.
std::optional<std::string_view> quotedValue(std::string_view html, size_t &at)
{
    while (at < html.size() && isBlank(html[at]))
        ++at;
    if (at >= html.size() || html[at] != '=')
        return std::nullopt;
    ++at;
    while (at < html.size() && isBlank(html[at]))
        ++at;
    if (at >= html.size() || (html[at] != '"' && html[at] != '\''))
        return std::nullopt;
    const size_t end = html.find(html[at], at + 1);
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view value = html.substr(at + 1, end - at - 1);
    at = end + 1;
    return value;
}

/// The character references that servers write into names.
std::string unescaped(std::string_view text)
{
    struct Reference { std::string_view name; char character; };
    static constexpr Reference kReferences[] = {{"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&#x27;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}};
    std::string out;
    while (!text.empty()) {
        const auto known = std::find_if(std::begin(kReferences), std::end(kReferences),
                                        [&](const Reference &reference) { return text.starts_with(reference.name); });
        out += known != std::end(kReferences) ? known->character : text.front();
        text.remove_prefix(known != std::end(kReferences) ? known->name.size() : 1);
    }
    return out;
}

/// The file that a link names; nothing when it leads elsewhere.
std::optional<std::string> nameOf(std::string_view link, std::string_view folderPath)
{
    std::string target = unescaped(link);
    while (!folderPath.empty() && folderPath.back() == '/')
        folderPath.remove_suffix(1);
    if (target.starts_with("./"))
        target.erase(0, 2);
    else if (target.starts_with('/') && target.starts_with(folderPath) && target.size() > folderPath.size()
             && target[folderPath.size()] == '/')
        target.erase(0, folderPath.size() + 1);
    // A scheme, a query and a place in the page lead elsewhere; encoded they are part of a name.
    if (target.find_first_of(":?#/") != std::string::npos)
        return std::nullopt;
    auto name = percentDecoded(target);
    return name && isPlainName(*name) ? name : std::nullopt;
}

} // namespace

std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size() || digitOf(text[i + 1]) < 0 || digitOf(text[i + 2]) < 0)
            return std::nullopt;
        out += char(digitOf(text[i + 1]) * 16 + digitOf(text[i + 2]));
        i += 2;
    }
    return out.find('\0') == std::string::npos ? std::optional(out) : std::nullopt;
}

bool isPlainName(std::string_view name)
{
    return !name.empty() && name != "." && name != ".." && name.size() <= 255
           && std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 32 || c == 127 || c == '/' || c == '\\'; });
}

std::vector<std::string> namesInListing(std::string_view html, std::string_view folderPath)
{
    std::vector<std::string> names;
    size_t at = findAttribute(html, 0);
    while (at < html.size() && names.size() < kNameLimit) {
        at += kAttribute.size();
        if (const auto value = quotedValue(html, at)) {
            if (auto name = nameOf(*value, folderPath))
                names.push_back(std::move(*name));
        }
        at = findAttribute(html, at);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace assay
