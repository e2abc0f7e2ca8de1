// SPDX-License-Identifier: GPL-3.0-or-later
// JSON that strangers wrote, whole or record by record, within limits.
#include "core/evaluate/imports/importfiles.h"
#include "core/evaluate/imports/outline.h"
#include "core/format/bytestream.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay::imports {
namespace {

using nlohmann::json;

constexpr uint64_t kMostDocument = 512u << 20;
constexpr size_t kMostLine = 64u << 20;
constexpr int kDeepest = 64; // the tools nest some ten deep
constexpr size_t kMostRecords = 1'000'000;

/// The byte at which the text stops being JSON, or 0 for other reasons.
struct Damage
{
    const char *reason = nullptr;
    size_t byte = 0;
};

std::optional<json> parse(const std::string &text, Unread unread, Damage &damage)
{
    bool tooDeep = false;
    const auto keep = [&](int depth, json::parse_event_t event, json &value) {
        tooDeep = tooDeep || depth > kDeepest;
        if (tooDeep)
            return false;
        return event != json::parse_event_t::key || std::ranges::find(unread, value.get_ref<const std::string &>()) == unread.end();
    };
    try {
        json value = json::parse(text, keep);
        if (!tooDeep)
            return value;
        damage.reason = ASSAY_TEXT("Reason", "it nests too deep");
    } catch (const json::parse_error &problem) {
        damage = {ASSAY_TEXT("Reason", "it is not valid JSON from its byte %1 on"), problem.byte};
    } catch (const std::exception &) {
        damage.reason = ASSAY_TEXT("Reason", "a number is too large");
    }
    return std::nullopt;
}

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void skipLine(ByteStream &stream)
{
    for (int next = 0; next >= 0 && next != '\n';)
        next = stream.byte();
}

/// Gives each line that is an object.
void forEachLine(const ResultFile &file, Problems &problems, const std::function<void(const json &, uint64_t)> &take, Unread unread)
{
    ByteStream stream(*file.source, 0, file.source->size());
    std::string line;
    uint64_t number = 0;
    size_t records = 0;
    while (!stream.atEnd() && !stream.failed()) {
        const ByteStream::Line state = stream.line(line, kMostLine);
        ++number;
        if (state == ByteStream::Line::TooLong) {
            problems.add(file.name, number, ASSAY_TEXT("Reason", "the line is longer than 64 MiB"));
            skipLine(stream);
            continue;
        }
        if (number == 1 && line.starts_with("\xEF\xBB\xBF"))
            line.erase(0, 3);
        if (isBlank(line))
            continue;
        if (++records > kMostRecords) {
            problems.add(file.name, number, ASSAY_TEXT("Reason", "there are more than 1,000,000 records; the rest is not read"));
            return;
        }
        const auto value = readJson(std::move(line), file.name, number, problems, unread);
        if (value && value->is_object())
            take(*value, number);
        else if (value)
            problems.add(file.name, number, ASSAY_TEXT("Reason", "it is not a JSON object"));
    }
    if (stream.failed())
        problems.add(file.name, number, ASSAY_TEXT("Reason", "it cannot be read to its end"));
}

} // namespace

std::optional<json> readJson(std::string text, const std::string &file, uint64_t line, Problems &problems, Unread unread)
{
    // nlohmann takes a zero byte for the end of the text.
    if (text.find('\0') != std::string::npos) {
        problems.add(file, line, ASSAY_TEXT("Reason", "there is a zero byte in it"));
        return std::nullopt;
    }
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    Damage damage;
    std::optional<json> value = parse(text, unread, damage);
    if (!value && replaceNotNumbers(text))
        value = parse(text, unread, damage);
    if (!value)
        problems.add(file, line, damage.reason, {std::to_string(damage.byte)});
    return value;
}

std::optional<json> readJson(const ResultFile &file, Problems &problems, Unread unread)
{
    if (file.source->size() > kMostDocument) {
        problems.add(file.name, 0, ASSAY_TEXT("Reason", "it is larger than 512 MiB"));
        return std::nullopt;
    }
    auto text = file.source->readText(0, file.source->size());
    if (!text) {
        problems.add(file.name, 0, ASSAY_TEXT("Reason", "it cannot be read"));
        return std::nullopt;
    }
    return readJson(std::move(*text), file.name, 0, problems, unread);
}

void forEachRecord(const ResultFile &file, Problems &problems, const std::function<void(const json &, uint64_t)> &take, Unread unread)
{
    if (file.form == Form::Lines || (file.form == Form::Object && file.name.find(".jsonl") != std::string::npos)) {
        forEachLine(file, problems, take, unread);
        return;
    }
    const auto root = readJson(file, problems, unread);
    if (!root)
        return;
    if (root->is_object()) {
        take(*root, 1);
        return;
    }
    uint64_t number = 0;
    for (const json &record : *root) {
        ++number;
        if (record.is_object())
            take(record, number);
        else
            problems.add(file.name, number, ASSAY_TEXT("Reason", "it is not a JSON object"));
    }
}

} // namespace assay::imports
