// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/unlikesettings.h"

#include "core/base/units.h"
#include "core/bench/decodingtext.h"
#include "core/bench/promptstext.h"
#include "core/compare/joined.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

/// What a setting that differs does to a comparison.
enum class Weight : uint8_t {
    Forbids, ///< other work was done
    Cause,   ///< may be what is compared, but only alone
    Subject, ///< the same, and never a reason by itself
    Tells,   ///< is said
};

struct SettingRule
{
    const char *id;
    const char *name; ///< translation context "Compare"
    Weight weight;
    std::string (*value)(const ComparedRun &, const Translate &); ///< empty: not known, or no such thing
};

std::string numbers(const std::vector<int64_t> &values)
{
    std::string out;
    for (const int64_t value : values)
        out += (out.empty() ? "" : ", ") + std::to_string(value);
    return out;
}

/// A setting of benchmarks alone.
template <auto Value>
std::string ofBench(const ComparedRun &run, const Translate &translate)
{
    return run.bench ? Value(*run.bench, translate) : std::string();
}

template <auto Value>
std::string ofLoad(const ComparedRun &run, const Translate &translate)
{
    return run.bench && run.bench->plan.load ? Value(*run.bench->plan.load, translate) : std::string();
}

std::string kindOf(const ComparedRun &run, const Translate &translate)
{
    return run.evaluation ? translate("Compare", "accuracy") : translate("Compare", "benchmark");
}

std::string suiteOf(const ComparedRun &run, const Translate &)
{
    return run.evaluation ? run.evaluation->protocol.suite + " " + run.evaluation->protocol.suiteFingerprint.substr(0, 8) : std::string();
}

std::string promptOf(const BenchRun &run, const Translate &) { return run.plan.inputs.empty() ? numbers(run.plan.promptTokens) : std::string(); }
std::string outputOf(const BenchRun &run, const Translate &) { return run.plan.passes ? std::string() : numbers(run.plan.outputTokens); }
std::string depthOf(const BenchRun &run, const Translate &) { return numbers(run.plan.depths); }
std::string batchOf(const BenchRun &run, const Translate &) { return run.plan.load ? std::string() : numbers(run.plan.batches); }

std::string loadsOf(const BenchRun &run, const Translate &translate)
{
    std::string out;
    for (const BenchPoint &point : pointsOf(run.plan)) {
        const std::string text = loadText(point, translate);
        if (!text.empty() && out.find(text) == std::string::npos)
            out += (out.empty() ? "" : ", ") + text;
    }
    return out;
}

std::string cacheOf(const EndpointLoad &load, const Translate &translate)
{
    return load.cache == CachePolicy::Warm ? translate("Report", "warm: repeated") : translate("Report", "cold: none begins like another");
}

std::string temperatureOf(const EndpointLoad &load, const Translate &translate)
{
    return load.temperature ? threeDigits(*load.temperature) : translate("Compare", "the server's own");
}

std::string thinkingOf(const EndpointLoad &load, const Translate &translate)
{
    return load.thinking.empty() ? translate("Compare", "the server's own") : load.thinking;
}

std::string subjectOf(const ComparedRun &run, const Translate &)
{
    return run.header().subject.name.empty() ? run.header().subject.path : run.header().subject.name;
}

std::string deviceOf(const ComparedRun &run, const Translate &)
{
    const Environment &e = run.header().environment;
    if (run.bench && run.bench->plan.load)
        return {};
    return e.deviceName.empty() ? e.device : e.device + " (" + e.deviceName + ")";
}

std::string workerOf(const ComparedRun &run, const Translate &)
{
    const Environment &e = run.header().environment;
    return e.libtorch.empty() ? e.worker : e.worker + " / libtorch " + e.libtorch; // a server has none that is known
}

const std::array<SettingRule, 19> kRules{{
    {"kind", ASSAY_TEXT("Compare", "kind of run"), Weight::Forbids, kindOf},
    {"suite", ASSAY_TEXT("Compare", "suite"), Weight::Forbids, suiteOf},
    {"cache", ASSAY_TEXT("Compare", "prompts for the server's cache"), Weight::Forbids, ofLoad<cacheOf>},
    {"subject", ASSAY_TEXT("Compare", "subject"), Weight::Subject, subjectOf},
    {"machine", ASSAY_TEXT("Compare", "machine"), Weight::Cause, [](const ComparedRun &run, const Translate &) { return run.header().environment.host; }},
    {"device", ASSAY_TEXT("Compare", "device"), Weight::Cause, deviceOf},
    {"dtype", ASSAY_TEXT("Compare", "dtype"), Weight::Cause, [](const ComparedRun &run, const Translate &) { return run.header().environment.dtype; }},
    {"prompt_tokens", ASSAY_TEXT("Compare", "prompt tokens"), Weight::Tells, ofBench<promptOf>},
    {"output_tokens", ASSAY_TEXT("Compare", "output tokens"), Weight::Tells, ofBench<outputOf>},
    {"depth", ASSAY_TEXT("Compare", "context depth"), Weight::Tells, ofBench<depthOf>},
    {"batch", ASSAY_TEXT("Compare", "batch"), Weight::Tells, ofBench<batchOf>},
    {"load", ASSAY_TEXT("Compare", "load"), Weight::Tells, ofBench<loadsOf>},
    {"threads", ASSAY_TEXT("Compare", "threads"), Weight::Tells,
     [](const ComparedRun &run, const Translate &) { return run.header().environment.threads > 0 ? std::to_string(run.header().environment.threads) : std::string(); }},
    {"decoding", ASSAY_TEXT("Compare", "decoding"), Weight::Tells, ofBench<decodingText>},
    {"prompts", ASSAY_TEXT("Compare", "prompts"), Weight::Tells, ofBench<promptsText>},
    {"temperature", ASSAY_TEXT("Compare", "temperature"), Weight::Tells, ofLoad<temperatureOf>},
    {"thinking", ASSAY_TEXT("Compare", "thinking"), Weight::Tells, ofLoad<thinkingOf>},
    {"seed", ASSAY_TEXT("Compare", "seed of the prompts"), Weight::Tells,
     ofBench<[](const BenchRun &run, const Translate &) { return std::to_string(run.plan.seed); }>},
    {"worker", ASSAY_TEXT("Compare", "worker"), Weight::Tells, workerOf},
}};

/// The same weights wherever they lie; of what has no fingerprint its path tells.
bool sameSubject(const SubjectRef &one, const SubjectRef &two)
{
    return one.fingerprint.empty() || two.fingerprint.empty() ? one.path == two.path : one.fingerprint == two.fingerprint;
}

bool differs(const SettingRule &rule, const ComparedRun &reference, const ComparedRun &run, const std::string &here, const std::string &there)
{
    if (rule.weight == Weight::Subject)
        return !sameSubject(reference.header().subject, run.header().subject);
    return !here.empty() && !there.empty() && here != there;
}

} // namespace

std::vector<UnlikeSetting> unlikeSettings(const ComparedRun &reference, const ComparedRun &run, const Translate &translate)
{
    std::vector<UnlikeSetting> out;
    std::vector<bool> causes; // of each, whether it counts as one
    bool subject = false, machine = false, dtype = false;
    for (const SettingRule &rule : kRules) {
        const std::string here = rule.value(reference, translate), there = rule.value(run, translate);
        if (!differs(rule, reference, run, here, there))
            continue;
        out.push_back({0, rule.id, translate("Compare", rule.name), here, there, rule.weight == Weight::Forbids});
        if (here == there) { // two subjects of one name
            out.back().reference = reference.header().subject.path;
            out.back().value = run.header().subject.path;
        }
        causes.push_back(rule.weight == Weight::Cause);
        subject = subject || rule.weight == Weight::Subject;
        const bool isDtype = std::string_view(rule.id) == "dtype";
        dtype = dtype || isDtype;
        machine = machine || (causes.back() && !isDtype); // another machine has another device: one cause
    }
    const bool several = int(subject) + int(machine) + int(dtype) > 1;
    for (size_t i = 0; i < out.size(); ++i)
        out[i].forbids = out[i].forbids || (several && causes[i]);
    return out;
}

std::vector<std::string> unlikePoints(const BenchPoint &reference, const BenchPoint &point, const Translate &translate)
{
    std::vector<std::string> out;
    const auto add = [&](bool differs, const char *name) {
        if (differs)
            out.push_back(translate("Compare", name));
    };
    const BenchPoint a = comparedPoint(reference), b = comparedPoint(point);
    add(a.promptTokens != b.promptTokens, "prompt tokens");
    add(a.outputTokens != b.outputTokens, "output tokens");
    add(a.inputs != b.inputs, ASSAY_TEXT("Compare", "declared inputs"));
    add(a.depth != b.depth, "context depth");
    add(a.batch != b.batch, "batch");
    add(a.concurrency != b.concurrency || a.rate != b.rate || (a.rate > 0 && a.arrivals != b.arrivals), "load");
    return out;
}

std::vector<std::string> forbidding(const std::vector<UnlikeSetting> &unlike)
{
    std::vector<std::string> out;
    for (const UnlikeSetting &setting : unlike) {
        if (setting.forbids)
            out.push_back(setting.name);
    }
    return out;
}

} // namespace assay
