// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/anysuite.h"

#include "core/evaluate/formats/describedsuite.h"
#include "core/evaluate/formats/jsontext.h"
#include "core/evaluate/formats/knownforms.h"
#include "core/evaluate/formats/ownfields.h"
#include "core/evaluate/formats/suitefiles.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

namespace assay {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kMostFiles = 10'000;
constexpr int kDeepestDescription = 6;
constexpr const char *kDescriptionFile = "suite.json";

tl::unexpected<Error> unreadable(const std::string &name, const std::string &why)
{
    return failure(ErrorCode::SuiteUnreadable, {validUtf8(name), why});
}

/// Keeps the first row that can be read and wants no more than a few.
class FirstRow : public RowSink
{
public:
    void row(uint64_t, json &&fields) override
    {
        if (!m_found)
            m_row = std::move(fields);
        m_found = true;
    }
    void damaged(uint64_t, const Damage &) override { ++m_bad; }
    bool full() const override { return m_found || m_bad > 20; }
    const json *found() const { return m_found ? &m_row : nullptr; }

private:
    json m_row;
    bool m_found = false;
    int m_bad = 0;
};

/// What a file is: ours, a description, or a known form.
struct Recognised
{
    bool own = false, description = false;
    const KnownForm *known = nullptr;
};

bool isOwn(const json &row)
{
    return (row.contains("suite") && !row.contains("prompt"))
           || (row.contains("id") && (row.contains("prompt") || row.contains("image")) && (row.contains("answer") || row.contains("choices") || row.contains("asking")));
}

const KnownForm *byFirstRow(const char *form, std::string_view text, const TableLayout &layout, json *first = nullptr)
{
    FirstRow sink;
    if (form == std::string_view("jsonl"))
        jsonLineRows(text, sink);
    else
        tableRows(text, layout, sink);
    if (!sink.found())
        return nullptr;
    if (first)
        *first = *sink.found();
    return knownFormOf(form, *sink.found());
}

Recognised recogniseDocument(std::string_view text)
{
    // Not parsed for this: what a document is stands near its beginning.
    const std::string_view head = text.substr(0, 4096);
    if (head.find("\"assay_suite\"") != std::string_view::npos)
        return {.description = true};
    if (text.find("\"paragraphs\"") != std::string_view::npos && text.find("\"qas\"") != std::string_view::npos)
        return {.known = knownFormNamed("squad")};
    return {};
}

/// By extension where it tells the layout, by content what it is.
Recognised recognise(const fs::path &file, std::string_view text)
{
    const std::string extension = formExtension(file);
    const size_t first = text.find_first_not_of(" \t\r\n");
    const char begin = first == std::string_view::npos ? '\0' : text[first];
    if (begin == '{' && extension != ".csv" && extension != ".tsv" && extension != ".txt") {
        json row;
        const KnownForm *known = byFirstRow("jsonl", text, {}, &row);
        if (row.is_object() && row.contains("assay_suite"))
            return {.description = true};
        if (row.is_object() && isOwn(row))
            return {.own = true};
        if (known || extension == ".jsonl")
            return {.known = known};
        return recogniseDocument(text);
    }
    for (const char *table : {"csv", "tsv"}) {
        if (extension != std::string(".") + table)
            continue;
        const bool quoted = table[0] == 'c';
        const TableLayout layout{.separator = quoted ? ',' : '\t', .quoted = quoted};
        const KnownForm *known = byFirstRow(table, text, layout);
        if (known)
            return {.known = known};
        TableLayout bare = layout;
        bare.header = false;
        return {.known = byFirstRow(table, text, bare)};
    }
    return {.known = extension == ".txt" || extension == ".raw" || extension == ".md" ? knownFormNamed("text") : nullptr};
}

Result<SuiteDescription> descriptionOf(const json &object, const std::string &name)
{
    try {
        return descriptionFrom(object, name);
    } catch (const Damage &damage) {
        return unreadable(name, damage.what());
    }
}

/// A known form's description. Without example files there are no examples.
Result<SuiteDescription> descriptionOf(const KnownForm &known, const std::string &name, bool examples)
{
    json object = json::parse(known.description);
    if (!examples)
        object.erase("few_shot");
    auto description = descriptionOf(object, name);
    if (description)
        description->head.form = known.name;
    return description;
}

Result<std::vector<fs::path>> matching(const fs::path &folder, const std::vector<std::string> &patterns)
{
    std::vector<fs::path> out;
    for (const std::string &pattern : patterns) {
        const std::vector<fs::path> files = filesLike(folder, pattern, kMostFiles);
        if (files.empty())
            return unreadable(folder.string(), fillIn(ASSAY_TEXT("Reason", "no file is like \"%1\""), {pattern}));
        out.insert(out.end(), files.begin(), files.end());
    }
    return out;
}

/// The description with what it is like underneath.
Result<json> wholeDescription(std::string_view text, const std::string &name)
{
    try {
        json object = parseDocument(text, kDeepestDescription);
        if (!object.is_object())
            throw Damage(ASSAY_TEXT("Reason", "it is not a JSON object"));
        if (fieldWhole(object, "assay_suite", 0, 1, 1) != 1)
            throw Damage(ASSAY_TEXT("Reason", "\"%1\" is missing"), {"assay_suite"});
        const std::string like = fieldText(object, "like");
        if (like.empty())
            return object;
        const KnownForm *known = knownFormNamed(like);
        if (!known)
            throw Damage(ASSAY_TEXT("Reason", "no form is called \"%1\""), {like});
        json whole = json::parse(known->description);
        if (!object.contains("few_shot"))
            whole.erase("few_shot");
        whole.merge_patch(object);
        return whole;
    } catch (const Damage &damage) {
        return unreadable(name, damage.what());
    }
}

Result<Suite> describedBy(const fs::path &file, std::string_view text)
{
    const auto object = wholeDescription(text, file.string());
    if (!object)
        return tl::unexpected(object.error());
    const fs::path folder = file.parent_path().empty() ? fs::path(".") : file.parent_path();
    const std::string fallback = file.filename() == kDescriptionFile ? lastName(fs::absolute(folder)) : plainName(file);
    auto description = descriptionOf(*object, fallback);
    if (!description)
        return tl::unexpected(Error{ErrorCode::SuiteUnreadable, {validUtf8(file.string()), description.error().arguments.back()}, {}});
    description->head.form = "described";
    if (description->form == RowForm::Images)
        return imageSuite(*description, description->files.empty() ? folder : folder / pathFromUtf8(description->files.front()));
    if (description->files.empty())
        return unreadable(file.string(), ASSAY_TEXT("Reason", "\"files\" is missing"));
    const auto files = matching(folder, description->files);
    if (!files)
        return tl::unexpected(files.error());
    const auto examples = matching(folder, description->fewShot.files);
    if (!examples)
        return tl::unexpected(examples.error());
    return describedSuite(*description, *files, *examples, readSuiteText);
}

Result<Suite> knownFile(const KnownForm &known, const fs::path &file, std::string text)
{
    const auto description = descriptionOf(known, plainName(file), false);
    if (!description)
        return tl::unexpected(description.error());
    return describedSuite(*description, {file}, {}, [&](const fs::path &) -> Result<std::string> { return std::move(text); });
}

Result<Suite> readFile(const fs::path &file)
{
    auto text = readSuiteText(file);
    if (!text)
        return tl::unexpected(text.error());
    const Recognised what = recognise(file, *text);
    if (what.own)
        return parseSuite(*text, plainName(file), file.parent_path());
    if (what.description)
        return describedBy(file, *text);
    if (what.known)
        return knownFile(*what.known, file, std::move(*text));
    return unreadable(file.string(), ASSAY_TEXT("Reason", "its form is not known; a suite description says what its fields mean"));
}

bool isData(const fs::path &file)
{
    constexpr std::array<std::string_view, 6> kData{".jsonl", ".json", ".csv", ".tsv", ".txt", ".parquet"};
    const std::string name = file.filename().string();
    return std::ranges::find(kData, formExtension(file)) != kData.end() && !name.starts_with('.') && !name.starts_with("README");
}

/// Files of the split: its folder's, or those that end with its name.
std::vector<fs::path> ofSplit(const std::vector<fs::path> &files, const fs::path &folder, const std::string &split)
{
    std::vector<fs::path> out;
    std::ranges::copy_if(files, std::back_inserter(out), [&](const fs::path &file) {
        const std::string name = plainName(file);
        const fs::path parent = file.parent_path();
        return name == split || name.ends_with("_" + split) || name.ends_with("-" + split) || name.starts_with(split + "-")
               || (parent != folder && parent.filename() == split);
    });
    return out;
}

std::vector<fs::path> firstSplit(const std::vector<fs::path> &files, const fs::path &folder, std::string splits)
{
    while (!splits.empty()) {
        const size_t comma = std::min(splits.find(','), splits.size());
        std::vector<fs::path> some = ofSplit(files, folder, splits.substr(0, comma));
        if (!some.empty())
            return some;
        splits.erase(0, comma + 1);
    }
    return {};
}

/// All files of a folder are read as the first one is.
Result<Suite> knownFolder(const fs::path &folder, const std::vector<fs::path> &files)
{
    const std::vector<fs::path> likely = firstSplit(files, folder, "test,dev,val,validation");
    const fs::path &sample = likely.empty() ? files.front() : likely.front();
    const auto text = readSuiteText(sample);
    if (!text)
        return tl::unexpected(text.error());
    const Recognised what = recognise(sample, *text);
    if (files.size() == 1)
        return readFile(files.front());
    if (!what.known)
        return unreadable(sample.string(), what.own || what.description ? ASSAY_TEXT("Reason", "it is one of several suites in its folder; name one")
                                                                        : ASSAY_TEXT("Reason", "its form is not known; a suite description says what its fields mean"));
    std::vector<fs::path> asked = firstSplit(files, folder, what.known->splits);
    if (asked.empty())
        asked = files;
    const std::set<std::string> kinds = [&] {
        std::set<std::string> out;
        std::ranges::transform(asked, std::inserter(out, out.end()), formExtension);
        return out;
    }();
    if (kinds.size() > 1)
        return unreadable(folder.string(), ASSAY_TEXT("Reason", "it holds files of several forms; name one of them, or put a suite.json beside them"));
    const std::vector<fs::path> examples = *what.known->examples ? ofSplit(files, folder, what.known->examples) : std::vector<fs::path>();
    const auto description = descriptionOf(*what.known, lastName(fs::absolute(folder)), !examples.empty() && examples != asked);
    if (!description)
        return tl::unexpected(description.error());
    return describedSuite(*description, asked, examples, readSuiteText);
}

Result<Suite> readFolder(const fs::path &folder)
{
    std::error_code error;
    if (fs::is_regular_file(folder / kDescriptionFile, error))
        return readFile(folder / kDescriptionFile);
    if (holdsImages(folder)) {
        const auto description = descriptionOf(*knownFormNamed("images"), lastName(fs::absolute(folder)), false);
        return description ? imageSuite(*description, folder) : tl::unexpected(description.error());
    }
    std::vector<fs::path> files = filesLike(folder, "*", kMostFiles);
    const std::vector<fs::path> below = filesLike(folder, "*/*", kMostFiles);
    files.insert(files.end(), below.begin(), below.end());
    std::erase_if(files, [](const fs::path &file) { return !isData(file); });
    if (files.empty())
        return unreadable(folder.string(), ASSAY_TEXT("Reason", "it holds no file of a known form"));
    return knownFolder(folder, files);
}

} // namespace

Result<Suite> readAnySuite(const fs::path &path)
{
    std::error_code error;
    return fs::is_directory(path, error) ? readFolder(path) : readFile(path);
}

Result<Suite> parseAnySuite(std::string bytes, const std::string &fileName)
{
    auto text = unpackedSuiteText(std::move(bytes), fileName);
    if (!text)
        return tl::unexpected(text.error());
    const fs::path file(fileName);
    const Recognised what = recognise(file, *text);
    if (what.own)
        return parseSuite(*text, plainName(file));
    if (what.known)
        return knownFile(*what.known, file, std::move(*text));
    return unreadable(fileName, ASSAY_TEXT("Reason", "its form is not known; a suite description says what its fields mean"));
}

std::vector<SuiteForm> suiteForms()
{
    std::vector<SuiteForm> out{{"assay", ASSAY_TEXT("Suite form", "Our own JSONL: an optional header, then one item a line")},
                               {"described", ASSAY_TEXT("Suite form", "A suite description: JSON with \"assay_suite\"")}};
    for (const KnownForm &known : knownForms())
        out.push_back({known.name, known.title});
    return out;
}

} // namespace assay
