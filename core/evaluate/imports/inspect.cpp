// SPDX-License-Identifier: GPL-3.0-or-later
// Inspect (UK AI Security Institute): a log is a zip of JSON (.eval: header.json or start.json, samples/ID_epoch_N.json) or one JSON
// document with the same fields.
#include "core/evaluate/imports/fields.h"
#include "core/evaluate/imports/inspectsample.h"
#include "core/evaluate/imports/readers.h"
#include "core/evaluate/imports/runbuilder.h"
#include "core/format/ziparchive.h"

#include <algorithm>
#include <array>

namespace assay::imports {
namespace {

constexpr const char *kTool = "Inspect";
constexpr uint64_t kMostEntry = 256u << 20;    // unpacked
constexpr uint64_t kMostUnpacked = 8ull << 30; // of all entries together
/// What a sample did on its way may be a thousand times what it answered.
constexpr std::array<std::string_view, 5> kUnread{"events", "events_data", "store", "attachments", "timelines"};

bool takes(const ResultFile &file)
{
    return file.form == Form::Zip || (file.form == Form::Object && file.has("eval") && (file.has("status") || file.has("version")));
}

RunBuilder newRun(const Json *log, const Reading &reading)
{
    const Json none = Json::object();
    const Json *eval = log ? member(*log, "eval") : nullptr;
    const Json &spec = eval ? *eval : none;
    std::string task = textAt(spec, "task");
    RunBuilder run(toolName(kTool, textOf(member(spec, {"packages", "inspect_ai"}))), textAt(spec, "model"), task.substr(task.rfind('/') + 1), reading.options);
    run.run.header.startedAt = utcText(textAt(spec, "created"));
    if (log)
        run.run.header.finishedAt = utcText(textOf(member(*log, {"stats", "completed_at"})));
    if (const Json *config = member(spec, "model_generate_config")) {
        const double temperature = numberOf(member(*config, "temperature")).value_or(0);
        run.run.protocol.temperature = temperature >= 0 && temperature < 100 ? temperature : 0;
        run.run.protocol.topP = numberOf(member(*config, "top_p")).value_or(1);
        run.suite.maxTokens = countOf(member(*config, "max_tokens"), run.suite.maxTokens);
        run.run.protocol.seed = uint64_t(countOf(member(*config, "seed"), 0));
    }
    const std::string status = log ? textAt(*log, "status") : std::string();
    if (status != "success" && !status.empty())
        run.run.header.state = status == "cancelled" ? RunState::Cancelled : status == "error" ? RunState::Failed : RunState::Interrupted;
    if (log)
        run.run.header.error = textOf(member(*log, {"error", "message"}));
    return run;
}

/// The scorer whose figures count: the first that the results name.
std::string scorerOf(const Json *log)
{
    const Json *scores = log ? member(*log, {"results", "scores"}) : nullptr;
    return scores && scores->is_array() && !scores->empty() ? textAt(scores->front(), "name") : std::string();
}

void take(RunBuilder &run, const Json &sample, const std::string &scorer, const ResultFile &file, uint64_t number, Reading &reading)
{
    InspectSample told = inspectSample(sample, scorer, reading.options.metric);
    if (run.run.protocol.scorer.empty())
        run.run.protocol.scorer = told.scorer;
    run.add(std::move(told.answered), file, number, reading.problems);
}

std::optional<Json> readEntry(const ResultFile &file, const ZipArchive &archive, const ZipEntry &entry, uint64_t &unpacked, Reading &reading)
{
    const std::string name = file.name + "/" + validUtf8(entry.name);
    const auto bytes = archive.content(entry, kMostEntry);
    if (!bytes) {
        reading.problems.add(name, 0, bytes.error().arguments.empty() ? ASSAY_TEXT("Reason", "it cannot be read")
                                                                      : ASSAY_TEXT("Reason", "the archive's member is damaged, too large or packed in an unknown way"));
        return std::nullopt;
    }
    unpacked += (*bytes)->size();
    if ((*bytes)->size() > kMostEntry || unpacked > kMostUnpacked) {
        reading.problems.add(name, 0, ASSAY_TEXT("Reason", "the archive unpacks to more than is read"));
        return std::nullopt;
    }
    if (!archive.checksumRight(entry, **bytes)) {
        reading.problems.add(name, 0, ASSAY_TEXT("Reason", "its checksum is wrong"));
        return std::nullopt;
    }
    auto text = (*bytes)->readText(0, (*bytes)->size());
    return text ? readJson(std::move(*text), name, 0, reading.problems, kUnread) : std::nullopt;
}

/// A finished log has header.json; one that was broken off, _journal/start.json; both name what was evaluated.
std::optional<Json> readLogHeader(const ResultFile &file, const ZipArchive &archive, uint64_t &unpacked, Reading &reading)
{
    for (const char *name : {"header.json", "start.json", "_journal/start.json"}) {
        const ZipEntry *entry = archive.find(name);
        auto header = entry ? readEntry(file, archive, *entry, unpacked, reading) : std::nullopt;
        if (!header || !header->is_object())
            continue;
        // Older logs keep how it ended apart.
        const ZipEntry *results = archive.find("results.json");
        auto more = results && !member(*header, "results") ? readEntry(file, archive, *results, unpacked, reading) : std::nullopt;
        if (more && more->is_object())
            header->update(*more);
        if (!member(*header, "status"))
            (*header)["status"] = "started";
        return header;
    }
    return std::nullopt;
}

void readArchive(const ResultFile &file, Reading &reading)
{
    const auto archive = ZipArchive::open(file.source);
    if (!archive) {
        reading.problems.add(file.name, 0, ASSAY_TEXT("Reason", "the archive is damaged or breaks off"));
        return;
    }
    for (const auto &[reason, member] : archive->contradictions())
        reading.problems.add(member.empty() ? file.name : file.name + "/" + validUtf8(member), 0, reason);
    uint64_t unpacked = 0;
    const auto header = readLogHeader(file, *archive, unpacked, reading);
    if (!header) {
        reading.problems.add(file.name, 0, ASSAY_TEXT("Reason", "it is an archive, but no log of Inspect"));
        return;
    }
    RunBuilder run = newRun(&*header, reading);
    const std::string scorer = scorerOf(&*header);
    uint64_t number = 0;
    for (const ZipEntry &entry : archive->entries()) {
        if (reading.stop.stop_requested() || unpacked > kMostUnpacked)
            break;
        if (!entry.name.starts_with("samples/") || !entry.name.ends_with(".json"))
            continue;
        ++number;
        if (const auto sample = readEntry(file, *archive, entry, unpacked, reading))
            take(run, *sample, scorer, file, number, reading);
    }
    run.finish(reading.import);
}

void readDocument(const ResultFile &file, Reading &reading)
{
    const auto log = readJson(file, reading.problems, kUnread);
    if (!log)
        return;
    RunBuilder run = newRun(&*log, reading);
    const Json *samples = member(*log, "samples");
    if (!samples || !samples->is_array()) {
        reading.problems.add(file.name, 0, ASSAY_TEXT("Reason", "it has no samples"));
        return;
    }
    const std::string scorer = scorerOf(&*log);
    uint64_t number = 0;
    for (const Json &sample : *samples)
        take(run, sample, scorer, file, ++number, reading);
    run.finish(reading.import);
}

void read(Reading &reading)
{
    for (const ResultFile *file : reading.files) {
        if (file->form == Form::Zip)
            readArchive(*file, reading);
        else
            readDocument(*file, reading);
    }
}

} // namespace

const Reader kInspect{{kTool, ASSAY_TEXT("Import", "logs, .eval or .json")}, takes, read};

} // namespace assay::imports
