// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/imports/runbuilder.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/evaluate/pairkey.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace assay::imports {
namespace {

constexpr size_t kIdDigits = 24;

/// A hash of everything that makes the run what it is: the same results give the same run again.
std::string idOf(const EvaluationRun &run, const std::string &rows)
{
    const EvaluationProtocol &protocol = run.protocol;
    std::string bytes;
    for (const std::string *text : {&protocol.tool, &run.header.subject.name, &protocol.suite, &protocol.scorer, &run.header.startedAt, &rows})
        bytes += std::to_string(text->size()) + ":" + *text;
    return "import-" + sha256(bytes).substr(0, kIdDigits);
}

} // namespace

RunBuilder::RunBuilder(std::string tool, const std::string &model, const std::string &task, const ImportOptions &options)
{
    const std::string name = !options.subject.empty() ? options.subject : modelName(model);
    run.header.subject.name = name.empty() ? "model" : name;
    // Not a place on this machine: the tool and the name keep runs of one model together and apart from models that are here.
    run.header.subject.path = tool.substr(0, tool.find(' ')) + ":" + run.header.subject.name;
    run.header.state = RunState::Finished;
    run.protocol.tool = std::move(tool);
    run.protocol.suite = run.protocol.suiteTitle = task.empty() ? "results" : task;
    run.protocol.device = run.protocol.dtype = {};
    suite.axes = run.protocol.axes = {{kQuestionLength, "characters"}};
    suite.name = suite.title = run.protocol.suite;
    suite.form = "import";
    suite.origin = run.protocol.tool;
}

void RunBuilder::add(AnsweredItem answered, const ResultFile &file, uint64_t line, Problems &problems)
{
    SuiteItem &item = answered.item;
    if (item.id.empty()) {
        problems.add(file.name, line, ASSAY_TEXT("Reason", "the answer has no id; it is left out"));
        return;
    }
    auto [samples, isNew] = m_samples.try_emplace(item.id);
    if (!samples->second.insert(answered.sample).second) {
        problems.add(file.name, line, ASSAY_TEXT("Reason", "the item %1 is answered twice; the first answer counts"), {validUtf8(item.id)});
        return;
    }
    if (item.task.empty())
        item.task = suite.name;
    if (item.pairKey.empty())
        item.pairKey = pairKeyOf(item.prompt, item.answers, item.choices);
    if (const size_t length = characters(item.prompt); length > 0)
        item.axes.emplace(kQuestionLength, double(length));
    ItemResult row = rowOf(item, answered.sample);
    row.given = std::move(answered.answer);
    row.judged = std::move(answered.judged);
    run.items.push_back(std::move(row));
    if (isNew)
        suite.items.push_back(std::move(item));
}

int64_t RunBuilder::nextSample(const std::string &itemId) const
{
    const auto found = m_samples.find(itemId);
    return found == m_samples.end() || found->second.empty() ? 0 : *found->second.rbegin() + 1;
}

void RunBuilder::finish(Import &import)
{
    if (run.items.empty())
        return;
    settle(suite);
    std::string rows;
    for (size_t i = 0; i < run.items.size(); ++i) {
        const ItemResult row = run.items[i];
        rows += row.itemId + '\n' + row.given.output + '\n' + std::to_string(row.judged.score) + '\n';
    }
    run.protocol.suiteFingerprint = suite.fingerprint;
    run.protocol.suiteItems = suite.items.size();
    for (const auto &[item, samples] : m_samples)
        run.protocol.samples = std::max(run.protocol.samples, int64_t(samples.size()));
    if (run.header.finishedAt.empty())
        run.header.finishedAt = run.header.startedAt;
    run.header.id = idOf(run, rows);
    import.runs.push_back({std::move(run), std::move(suite)});
}

std::string modelName(const std::string &told)
{
    const bool windows = told.size() > 2 && told[1] == ':' && (told[2] == '\\' || told[2] == '/');
    const bool place = told.starts_with("/") || told.starts_with("./") || told.starts_with("../") || told.starts_with("~") || windows;
    if (!place)
        return told;
    const size_t end = told.find_last_not_of("/\\");
    if (end == std::string::npos)
        return {};
    const size_t slash = told.find_last_of("/\\", end);
    return told.substr(slash == std::string::npos ? 0 : slash + 1, end - (slash == std::string::npos ? size_t(-1) : slash));
}

std::string toolName(const char *tool, const std::string &version)
{
    return version.empty() ? tool : std::string(tool) + " " + version;
}

std::string utcText(std::optional<double> seconds)
{
    constexpr double kLatest = 253402300799.0; // the year 9999
    if (!seconds || !(*seconds >= 0 && *seconds <= kLatest))
        return {};
    const auto moment = std::time_t(*seconds);
    std::tm parts{};
    if (!gmtime_r(&moment, &parts))
        return {};
    char text[32];
    return std::string(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts));
}

std::string utcText(const std::string &iso)
{
    // "2024-11-05T10:15:30", in file names with '-' for ':'
    constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
    if (iso.size() < kForm.size())
        return {};
    int parts[6] = {};
    size_t part = 0;
    for (size_t i = 0; i < kForm.size(); ++i) {
        const char c = iso[i], form = kForm[i];
        if (form == 'd' && c >= '0' && c <= '9')
            parts[part] = parts[part] * 10 + (c - '0');
        else if (form == 'd' || !(c == form || (form == ':' && c == '-') || (form == 'T' && c == ' ')))
            return {};
        else
            ++part;
    }
    std::tm moment{};
    moment.tm_year = parts[0] - 1900;
    moment.tm_mon = parts[1] - 1;
    moment.tm_mday = parts[2];
    moment.tm_hour = parts[3];
    moment.tm_min = parts[4];
    moment.tm_sec = parts[5];
    // A zone at the end: +01:00 or -0500; without one the time is taken as UTC.
    int64_t zone = 0;
    const size_t sign = iso.find_first_of("+-", kForm.size());
    if (sign != std::string::npos && iso.size() >= sign + 5) {
        int hours = 0, minutes = 0;
        const size_t minute = iso[sign + 3] == ':' ? sign + 4 : sign + 3;
        std::from_chars(iso.data() + sign + 1, iso.data() + sign + 3, hours);
        std::from_chars(iso.data() + minute, iso.data() + std::min(minute + 2, iso.size()), minutes);
        zone = (hours * 60 + minutes) * (iso[sign] == '-' ? -60 : 60);
    }
    return utcText(double(int64_t(timegm(&moment)) - zone));
}

} // namespace assay::imports
