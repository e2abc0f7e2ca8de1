// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/identity/endpoints.h"

#include "core/base/text.h"
#include "core/service/verify/knownmodels.h"
#include "core/service/verify/verifyendpoint.h"
#include "tests/service/subjecttokens.h"

#include <QProcess>
#include <mutex>
#include <set>
#include <sstream>

namespace assay {
namespace {

constexpr int64_t kTemplate = 5; ///< tokens around one message, where the table tells of no family's
constexpr const char *kReasoning = "Okay, the user wants something that I should write out with care. Let me look at it once more before I answer.";

/// Genuine tokenizers: where each family's lies.
struct TokenizerPlace
{
    const char *family, *npm, *packed;
};
constexpr TokenizerPlace kPlaces[] = {
    {"deepseek_v3", "deepseek_v3", ""}, {"qwen", "qwen3", ""}, {"llama3", "llama3_1", ""}, {"gpt4o", "gpt4o", ""},
    {"llama2", "", "llama2"},           {"mistral", "llama2", ""}, // the package that is named Llama 2
};

std::shared_ptr<const Tokenizer> openAt(const TokenizerPlace &place, const std::filesystem::path &npm, const std::filesystem::path &shared)
{
    if (*place.npm != '\0') {
        const auto read = Tokenizer::open(npm / (std::string("tokenizer-") + place.npm) / "models/tokenizer.json");
        return read ? *read : nullptr;
    }
    QProcess gzip;
    const auto file = shared / "reference-tokenizers" / (std::string(place.packed) + ".tokenizer.json.gz");
    gzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), QString::fromStdString(file.string())});
    gzip.waitForFinished(-1);
    const auto read = Tokenizer::parse(gzip.readAllStandardOutput().toStdString(), place.packed);
    return read ? *read : nullptr;
}

/// Models of whose tokenizer the shipped profiles say nothing.
Profile made(const char *id, const char *name, const char *tokenizer)
{
    Profile profile;
    profile.id = profile.title = profile.facts.name = id;
    profile.names = {name};
    profile.family = "llama";
    profile.tokenizer = tokenizer;
    return profile;
}

bool isWhole(const std::string &bytes)
{
    return validUtf8(bytes) == bytes;
}

/// A character whose bytes several tokens share comes with the last of them, as servers that stream give it.
void addTokens(std::vector<MockToken> &out, const Tokenizer &tokenizer, const std::string &text, bool replaced, bool reasoning)
{
    std::string waiting;
    const size_t first = out.size();
    for (const int64_t id : tokenizer.encode(text, false)) {
        const std::string bytes = tokenizer.bytesOf(id, false);
        waiting += bytes;
        MockToken token{{}, id, -0.1, reasoning, {}, bytes};
        if (!isWhole(bytes) && replaced)
            token.bytes = "\xEF\xBF\xBD";
        if (isWhole(waiting)) {
            token.text = waiting;
            waiting.clear();
        }
        // The blank that sentence-piece tokenizers put before a text is none of the answer's.
        if (out.size() == first && token.text.starts_with(' ') && !text.starts_with(' '))
            token.text = token.bytes = token.text.substr(1);
        out.push_back(std::move(token));
    }
}

std::string copied(const EndpointSubject &subject, uint64_t seed, const std::string &answer, bool isCopy)
{
    if (!subject.sloppy || !isCopy)
        return answer;
    std::string out = "Of course, here it is:\n" + answer;
    if (seed % 4 < 2) {
        if (const size_t digit = out.find_first_of("0123456789"); digit != std::string::npos)
            out.erase(digit + 7, 1);
    }
    return out;
}

MockHooks hooksOf(const EndpointBench &bench, const EndpointSubject &subject, uint64_t seed)
{
    MockHooks hooks;
    const auto serves = bench.tokenizers.at(subject.serves), counts = bench.tokenizers.at(subject.counts);
    const TokenizerFamily *family = bench.table.family(subject.serves);
    const int64_t around = family && family->templateTokens ? *family->templateTokens : kTemplate;
    hooks.countTokens = [counts, around](std::string_view text) { return int64_t(counts->encode(text, false).size()) + around; };
    hooks.answer = [serves, subject, seed](const MockAsked &asked) {
        std::vector<MockToken> tokens;
        const auto body = nlohmann::json::parse(asked.body);
        if (subject.thinks && body.contains("messages")) {
            addTokens(tokens, *serves, kReasoning, subject.replaced, true);
            tokens.push_back({{}, 0, -0.1, true, {}, "</think>"}); // told among the tokens, and in no text
        }
        const bool isCopy = asked.last.starts_with("Repeat the following") || asked.last.starts_with("Copy this number");
        addTokens(tokens, *serves, copied(subject, seed, testing::answerTo(asked.last, body), isCopy), subject.replaced, false);
        return tokens;
    };
    return hooks;
}

const Profile &profileOf(const EndpointBench &bench, const std::string &id)
{
    return *std::ranges::find(bench.profiles, id, &Profile::id);
}

EndpointVerificationPlan planOf(const EndpointBench &bench, const EndpointSubject &subject, uint64_t seed)
{
    EndpointVerificationPlan plan;
    plan.sheet = claimSheetOf(profileOf(bench, subject.claim));
    plan.sheet.profile = subject.claim;
    plan.profiles = bench.profiles;
    plan.table = bench.table;
    plan.seed = seed;
    plan.mostPause = 0;
    // Of a model without known rivals: those that its tokenizer tells it from.
    if (subject.claim == "qwen3-8b")
        plan.rules.alternatives = {"deepseek-r1", "llama-3.1-8b-instruct"};
    if (subject.claim == "llama-2-7b-chat")
        plan.rules.alternatives = {"mistral-7b"};
    if (seed % 2 == 1) {
        const bool llama2 = subject.claim == "llama-2-7b-chat";
        for (const char *family : llama2 ? std::vector{"llama2", "mistral"} : std::vector{"deepseek_v3", "qwen", "llama3"})
            plan.tokenizers[family] = bench.tokenizers.at(family);
    }
    return plan;
}

/// Channels of tokens that told something, and those that left the claim out.
struct ChannelsSeen
{
    std::set<std::string> usable, excluding;
};
ChannelsSeen channelsOf(const Verification &found, const std::string &family)
{
    ChannelsSeen seen;
    for (const Evidence &evidence : found.evidence) {
        if (!evidence.test.starts_with("tokenizer.") || !evidence.numbers.is_object() || !evidence.numbers.contains("compatible"))
            continue;
        const auto &compatible = evidence.numbers.at("compatible");
        if (evidence.kind == Evidence::Kind::Note || compatible.empty())
            continue;
        seen.usable.insert(evidence.channel);
        if (std::ranges::find(compatible, nlohmann::json(family)) == compatible.end())
            seen.excluding.insert(evidence.channel);
    }
    return seen;
}

/// Whether the tokens around a message are not the usual template's: what is told of a hidden prompt.
bool tellsPrompt(const Verification &found, const std::string &family)
{
    for (const Evidence &evidence : found.evidence) {
        if (evidence.test != "tokenizer.usage" || !evidence.numbers.contains("families"))
            continue;
        for (const auto &one : evidence.numbers.at("families"))
            if (one.at("family") == family && one.contains("usual_template"))
                return !one.at("usual_template").get<bool>();
    }
    return false;
}

void count(VerdictTally &tally, const Verification &found, const std::string &family)
{
    tally.add(found.verdict.kind);
    tally.marks["requests"] = std::max(tally.marks["requests"], size_t(found.spent.requests));
    tally.marks["prompt"] += tellsPrompt(found, family);
    const ChannelsSeen seen = channelsOf(found, family);
    for (const std::string &channel : seen.usable)
        ++tally.marks["usable " + channel];
    for (const std::string &channel : seen.excluding)
        ++tally.marks["excluding " + channel];
}

void writeChannels(std::ostream &out, const std::vector<TallyRow> &rows)
{
    constexpr const char *kChannels[] = {"usage", "token_ids", "logprobs", "chunks", "cut_off"};
    out << "How often a channel that told something left the claimed tokenizer out (a channel has no p-value: this is its calibration where the claim holds, and its "
           "power where it does not; one that does so alone is a likelihood ratio, two that agree contradict):\n\n| subject |";
    for (const char *channel : kChannels)
        out << " " << channel << " |";
    out << "\n|---|---|---|---|---|---|\n";
    for (const TallyRow &row : rows) {
        out << "| " << row.name << benchTruthMark(row.truth) << " |";
        for (const char *channel : kChannels) {
            const auto of = [&](const char *what) {
                const auto found = row.tally.marks.find(std::string(what) + channel);
                return found == row.tally.marks.end() ? 0 : found->second;
            };
            out << " " << benchShare(of("excluding "), of("usable ")) << " |";
        }
        out << "\n";
    }
    out << "\n";
}

} // namespace

EndpointBench openEndpointBench(const std::filesystem::path &npm, const std::filesystem::path &shared)
{
    EndpointBench bench;
    const auto table = shippedTokenTable();
    if (!table) {
        bench.missing = table.error().sentence();
        return bench;
    }
    bench.table = *table;
    bench.profiles = knownProfiles();
    bench.profiles.push_back(made("llama-2-7b-chat", "Llama-2-7b-chat-hf", "llama2"));
    bench.profiles.push_back(made("mistral-7b", "Mistral-7B-Instruct-v0.1", "mistral"));
    for (const TokenizerPlace &place : kPlaces) {
        if (const auto tokenizer = openAt(place, npm, shared))
            bench.tokenizers[place.family] = tokenizer;
        else
            bench.missing = "Genuine tokenizers are missing: scripts/get-test-tokenizers fetches them, Llama 2's lies in reference-tokenizers of ASSAY_SHARED.";
    }
    return bench;
}

std::optional<Verification> endpointRun(const EndpointBench &bench, const EndpointSubject &subject, uint64_t seed)
{
    RandomDraw draw(seed);
    MockScript script;
    script.ttft = script.gap = 0;
    script.model = profileOf(bench, subject.claim).names.front();
    script.seed = seed;
    if (subject.script)
        subject.script(script, draw);
    MockEndpoint mock(script);
    mock.setHooks(hooksOf(bench, subject, seed));
    if (!mock.start())
        return std::nullopt;
    EndpointVerificationPlan plan = planOf(bench, subject, seed);
    plan.target.url = mock.url();
    const auto found = verifyEndpoint(plan);
    return found ? std::optional(*found) : std::nullopt;
}

std::string endpointSection(const EndpointBench &bench, size_t runs, unsigned threads, std::vector<TallyRow> &rows)
{
    std::ostringstream out;
    out << "### Endpoints at the quick size (T1 to T3, over sockets)\n\n";
    if (!bench.missing.empty()) {
        out << "Not run here. " << bench.missing << "\n";
        return out.str();
    }
    out << "Each run starts a server on a socket of its own (`core/mock`), which cuts its answers and counts with genuine tokenizers, and asks it the whole quick verification; "
           "strings, their order and what the server draws follow the seed. Half of the runs know tokenizers by the shipped table alone, in the others those of DeepSeek, Qwen and "
           "Llama 3 are here (of a Llama 2 claim: Llama 2's and Mistral's). No pause between requests.\n\n";
    for (const EndpointSubject &subject : endpointSubjects())
        out << "- **" << subject.name << "**" << benchTruthMark(subject.truth) << ": " << subject.what << ".\n";
    out << "\n";
    for (const EndpointSubject &subject : endpointSubjects()) {
        TallyRow row{subject.name, subject.truth, {}};
        const std::string family = profileOf(bench, subject.claim).tokenizer;
        const std::string known = bench.table.family(family) ? bench.table.family(family)->id : family;
        std::mutex mutex;
        forRuns(runs, threads, [&](size_t run) {
            const auto found = endpointRun(bench, subject, run + 1);
            const std::lock_guard lock(mutex);
            if (found)
                count(row.tally, *found, known);
            else
                ++row.tally.marks["failed"];
        });
        std::printf("%-32s %s, %zu not asked\n", row.name.c_str(), benchShare(row.tally.of(VerdictKind::Contradicted), row.tally.runs).c_str(), row.tally.marks["failed"]);
        std::fflush(stdout);
        rows.push_back(std::move(row));
    }
    writeTallies(out, rows, {{"requests", "requests at most"}, {"prompt", "unusual template told"}, {"failed", "not asked"}});
    out << falseContradictions(rows) << "\n\n";
    writeChannels(out, rows);
    return out.str();
}

} // namespace assay
