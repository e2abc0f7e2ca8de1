// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/jsonfields.h"
#include "core/evaluate/fidelity/fidelity.h"

#include <algorithm>

namespace assay {
namespace {

using nlohmann::json;

constexpr std::array kSources{FidelitySource::Models, FidelitySource::SixteenBit, FidelitySource::TopTokens};

json subjectToJson(const SubjectRef &subject)
{
    return {{"path", validUtf8(subject.path)}, {"name", validUtf8(subject.name)}, {"fingerprint", subject.fingerprint}};
}

Result<SubjectRef> subjectFromJson(const json &value)
{
    SubjectRef subject;
    JsonFields fields(value);
    fields.read("path", subject.path);
    fields.read("name", subject.name);
    fields.read("fingerprint", subject.fingerprint);
    return fields.finish(std::move(subject));
}

json protocolToJson(const FidelityProtocol &protocol)
{
    return {{"reference", subjectToJson(protocol.reference)},
            {"reference_dtype", protocol.referenceDtype},
            {"dtype", protocol.dtype},
            {"source", fidelitySourceId(protocol.source)},
            {"text", validUtf8(protocol.text)},
            {"text_fingerprint", protocol.textFingerprint},
            {"cut", protocol.cut},
            {"temperature", protocol.temperature},
            {"alpha", protocol.alpha},
            {"top", protocol.top}};
}

Result<FidelityProtocol> protocolFromJson(const json &value)
{
    FidelityProtocol protocol;
    std::string source;
    JsonFields fields(value);
    fields.readWith("reference", protocol.reference, subjectFromJson);
    fields.read("reference_dtype", protocol.referenceDtype);
    fields.read("dtype", protocol.dtype);
    fields.read("source", source);
    fields.read("text", protocol.text);
    fields.read("text_fingerprint", protocol.textFingerprint);
    fields.read("cut", protocol.cut);
    fields.read("temperature", protocol.temperature);
    fields.read("alpha", protocol.alpha);
    fields.read("top", protocol.top);
    const auto found = std::ranges::find(kSources, source, [](FidelitySource one) { return std::string(fidelitySourceId(one)); });
    if (found == kSources.end())
        fields.fail("source");
    else
        protocol.source = *found;
    return fields.finish(std::move(protocol));
}

json identityToJson(const VocabularyIdentity &vocabulary)
{
    return {{"rows", vocabulary.rows}, {"tokens", vocabulary.tokens}, {"hash", vocabulary.hash}, {"plain_hash", vocabulary.plainHash}};
}

Result<VocabularyIdentity> identityFromJson(const json &value)
{
    VocabularyIdentity vocabulary;
    JsonFields fields(value);
    fields.read("rows", vocabulary.rows);
    fields.read("tokens", vocabulary.tokens);
    fields.read("hash", vocabulary.hash);
    fields.read("plain_hash", vocabulary.plainHash);
    return fields.finish(std::move(vocabulary));
}

json matchToJson(const VocabularyMatch &match)
{
    return {{"reference", identityToJson(match.reference)},
            {"other", identityToJson(match.other)},
            {"compared", match.compared},
            {"added_differ", match.addedDiffer},
            {"spelling_known", match.spellingKnown}};
}

Result<VocabularyMatch> matchFromJson(const json &value)
{
    VocabularyMatch match;
    JsonFields fields(value);
    fields.readWith("reference", match.reference, identityFromJson);
    fields.readWith("other", match.other, identityFromJson);
    fields.read("compared", match.compared);
    fields.read("added_differ", match.addedDiffer);
    fields.read("spelling_known", match.spellingKnown);
    return fields.finish(std::move(match));
}

json writtenToJson(const WrittenText &text)
{
    return {{"prompt", validUtf8(text.prompt)},
            {"text", validUtf8(text.text)},
            {"bytes", text.bytes},
            {"nll_reference", finiteOrNull(text.nllReference)},
            {"nll_other", finiteOrNull(text.nllOther)}};
}

Result<WrittenText> writtenFromJson(const json &value)
{
    WrittenText text;
    std::optional<double> reference, other;
    JsonFields fields(value);
    fields.read("prompt", text.prompt);
    fields.read("text", text.text);
    fields.read("bytes", text.bytes);
    fields.read("nll_reference", reference);
    fields.read("nll_other", other);
    text.nllReference = reference.value_or(NAN);
    text.nllOther = other.value_or(NAN);
    return fields.finish(std::move(text));
}

json errorToJson(const Error &error)
{
    return {{"id", definitionOf(error.code).id}, {"arguments", error.arguments}, {"where", validUtf8(error.where)}};
}

Result<Error> errorFromJson(const json &value)
{
    Error error{ErrorCode::Internal, {}, {}};
    std::string id;
    JsonFields fields(value);
    fields.read("id", id);
    fields.read("arguments", error.arguments);
    fields.read("where", error.where);
    error.code = errorCodeFromId(id);
    return fields.finish(std::move(error));
}

json meanToJson(const MeanError &mean)
{
    return {{"mean", finiteOrNull(mean.mean)}, {"error", finiteOrNull(mean.error)}};
}

json estimateToJson(const Estimate &estimate)
{
    json out{{"value", finiteOrNull(estimate.value)}, {"n", estimate.n}};
    if (estimate.hasInterval)
        out["interval"] = {finiteOrNull(estimate.low), finiteOrNull(estimate.high)};
    return out;
}

json rankToJson(const RankValue &rank)
{
    return {{"share", rank.share}, {"value", finiteOrNull(rank.value)}};
}

json figuresToJson(const DivergenceFigures &figures)
{
    return {{"positions", figures.positions},
            {"chunks", figures.chunks},
            {"divergence", meanToJson(figures.divergence)},
            {"divergence_ranks", listToJson(figures.divergenceRanks, rankToJson)},
            {"divergence_by_chunk", estimateToJson(figures.divergenceByChunk)},
            {"same_top", meanToJson(figures.sameTop)},
            {"same_top_by_chunk", estimateToJson(figures.sameTopByChunk)},
            {"delta_p", meanToJson(figures.deltaP)},
            {"delta_p_ranks", listToJson(figures.deltaPRanks, rankToJson)},
            {"delta_p_rms", meanToJson(figures.deltaPRms)},
            {"perplexity_reference", meanToJson(figures.perplexityReference)},
            {"perplexity_other", meanToJson(figures.perplexityOther)},
            {"log_ratio", meanToJson(figures.logRatio)},
            {"log_ratio_by_chunk", estimateToJson(figures.logRatioByChunk)},
            {"ratio", meanToJson(figures.ratio)},
            {"difference", meanToJson(figures.difference)},
            {"correlation", finiteOrNull(figures.correlation)}};
}

void addFigures(json &out, const FidelityRun &run)
{
    if (run.columns.size() > 0)
        out["figures"] = figuresToJson(figuresOf(run.columns));
    if (const auto objective = objectiveOf(run.columns, run.protocol.temperature, run.protocol.alpha)) {
        out["distillation_objective"] = {{"temperature", objective->temperature},
                                         {"alpha", objective->alpha},
                                         {"softened", meanToJson(objective->softened)},
                                         {"cross_entropy", meanToJson(objective->crossEntropy)},
                                         {"objective", meanToJson(objective->objective)}};
    }
    if (run.written.empty())
        return;
    const WrittenFigures written = figuresOf(run.written);
    out["written_figures"] = {{"texts", written.texts},
                              {"bytes", written.bytes},
                              {"bits_per_byte_reference", estimateToJson(written.reference)},
                              {"bits_per_byte_other", estimateToJson(written.other)},
                              {"difference", estimateToJson(written.difference)}};
}

} // namespace

json toJson(const FidelityRun &run)
{
    json out{{"header", toJson(run.header)},
             {"protocol", protocolToJson(run.protocol)},
             {"vocabulary", matchToJson(run.vocabulary)},
             {"written", listToJson(run.written, writtenToJson)},
             {"seconds", finiteOrNull(run.seconds)}};
    if (run.notCompared)
        out["not_compared"] = errorToJson(*run.notCompared);
    addFigures(out, run);
    return out;
}

Result<FidelityRun> fidelityRunFromJson(const json &value)
{
    FidelityRun run;
    JsonFields fields(value);
    fields.readWith("header", run.header, runHeaderFromJson);
    fields.readWith("protocol", run.protocol, protocolFromJson);
    fields.readWith("vocabulary", run.vocabulary, matchFromJson);
    fields.readList("written", run.written, writtenFromJson);
    fields.read("seconds", run.seconds);
    if (fields.has("not_compared"))
        fields.readWith("not_compared", run.notCompared.emplace(Error{ErrorCode::Internal, {}, {}}), errorFromJson);
    return fields.finish(std::move(run));
}

} // namespace assay
