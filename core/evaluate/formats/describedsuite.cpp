// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/formats/describedsuite.h"

#include "core/evaluate/formats/itemmaker.h"
#include "core/evaluate/formats/suitebuilder.h"
#include "core/evaluate/formats/suitefiles.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

/// A name without what tells the split: "anatomy_test" -> "anatomy".
std::string withoutSplit(std::string name)
{
    constexpr std::array<std::string_view, 6> kSplits{"_test", "_dev", "_val", "_validation", "_train", "-test"};
    for (const std::string_view split : kSplits) {
        if (name.size() > split.size() && name.ends_with(split))
            return name.substr(0, name.size() - split.size());
    }
    return name;
}

/// An example that may be shown before items of its group.
struct Example
{
    std::string text, pairKey;
};
struct Group
{
    std::vector<Example> examples;
    bool ordered = false;
};

class Maker : public RowSink
{
public:
    Maker(const SuiteDescription &description, bool several) : m_description(description), m_several(several)
    {
        m_builder.suite = description.head;
    }

    /// Rows that come from now on are this file's; examples: they are shown and not asked.
    void begin(const std::filesystem::path &file, bool examples)
    {
        m_file = plainName(file);
        m_folder = lastName(file.parent_path());
        m_path = m_several ? m_folder + "/" + validUtf8(file.filename().string()) : std::string();
        m_examples = examples;
    }

    void row(uint64_t line, json &&fields) override
    {
        fields["_file"] = withoutSplit(m_file);
        fields["_folder"] = validUtf8(m_folder);
        fields["_line"] = line;
        try {
            const std::string number = std::to_string(line);
            MadeItem made = itemFrom(m_description, fields, m_several ? m_file + "-" + number : number);
            const std::string group = m_description.fewShot.by.fill(fields);
            if (m_examples)
                return addExample(fields, made, group);
            const std::string before = m_description.preamble.fill(fields) + shown(group, made.item.pairKey);
            made.item.prompt.insert(0, before);
            m_builder.add(std::move(made.item), line, m_path);
        } catch (const Damage &damage) {
            damaged(line, damage);
        }
    }
    void damaged(uint64_t line, const Damage &damage) override { m_builder.damaged(damage, line, m_path.empty() && m_examples ? m_file : m_path); }
    bool full() const override { return m_examples ? m_exampleCount >= kMostExamples : m_builder.full(); }

    Result<Suite> finish() { return m_builder.finish(); }

private:
    static constexpr size_t kMostExamples = 100'000;

    void addExample(const json &fields, const MadeItem &made, const std::string &group)
    {
        json words = fields;
        words["prompt"] = made.item.prompt;
        words["answer"] = made.shownAnswer;
        m_groups[group].examples.push_back({m_description.fewShot.example.fill(words), made.item.pairKey});
        ++m_exampleCount;
    }

    /// The examples of a group in the order in which they are shown: the same before every item, so that the prefix is shared.
    const std::vector<Example> &orderedExamples(const std::string &name)
    {
        Group &group = m_groups[name];
        if (m_description.fewShot.drawn && !group.ordered) {
            std::vector<Example> drawn;
            for (const size_t i : orderBy(std::to_string(m_description.fewShot.seed) + ":" + name, group.examples.size()))
                drawn.push_back(std::move(group.examples[i]));
            group.examples = std::move(drawn);
        }
        group.ordered = true;
        return group.examples;
    }

    /// Never the item itself: its answer would stand there.
    std::string shown(const std::string &group, const std::string &pairKey)
    {
        std::string out;
        int64_t count = 0;
        if (m_description.fewShot.count == 0)
            return out;
        for (const Example &example : orderedExamples(group)) {
            if (count == m_description.fewShot.count)
                break;
            if (example.pairKey == pairKey)
                continue;
            out += example.text;
            ++count;
        }
        if (count < m_description.fewShot.count)
            throw Damage(ASSAY_TEXT("Reason", "there are %1 examples for it, not %2"), {std::to_string(count), std::to_string(m_description.fewShot.count)});
        return out;
    }

    const SuiteDescription &m_description;
    bool m_several;
    SuiteBuilder m_builder;
    std::string m_file, m_folder, m_path;
    bool m_examples = false;
    std::map<std::string, Group> m_groups;
    size_t m_exampleCount = 0;
};

void readRows(const SuiteDescription &description, std::string_view text, RowSink &sink)
{
    switch (description.form) {
    case RowForm::JsonLines: return jsonLineRows(text, sink);
    case RowForm::Json: return jsonRows(text, description.rows, sink);
    case RowForm::Csv:
    case RowForm::Tsv: return tableRows(text, description.table, sink);
    case RowForm::Squad: return squadRows(text, sink);
    case RowForm::Text: return textRows(text, description.pieceBytes, sink);
    case RowForm::Images: break;
    }
    throw Damage(ASSAY_TEXT("Reason", "images are read from folders"));
}

} // namespace

Result<Suite> describedSuite(const SuiteDescription &description, const std::vector<std::filesystem::path> &files,
                             const std::vector<std::filesystem::path> &exampleFiles, const FileText &read)
{
    Maker maker(description, files.size() > 1);
    const auto readAll = [&](const std::vector<std::filesystem::path> &some, bool examples) -> Result<void> {
        for (const std::filesystem::path &file : some) {
            const auto text = read(file);
            if (!text)
                return tl::unexpected(text.error());
            maker.begin(file, examples);
            try {
                readRows(description, *text, maker);
            } catch (const Damage &damage) {
                return failure(ErrorCode::SuiteUnreadable, {validUtf8(file.string()), damage.what()});
            }
        }
        return {};
    };
    if (description.fewShot.count > 0) {
        if (auto done = readAll(exampleFiles.empty() ? files : exampleFiles, true); !done)
            return tl::unexpected(done.error());
    }
    if (auto done = readAll(files, false); !done)
        return tl::unexpected(done.error());
    return maker.finish();
}

} // namespace assay
