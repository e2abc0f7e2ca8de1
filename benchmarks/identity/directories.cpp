// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/identity/directories.h"

#include "core/format/verification.h"
#include "core/service/verify/knownmodels.h"
#include "core/service/verify/verifylocal.h"

#include <cstdio>
#include <mutex>
#include <set>
#include <sstream>

namespace assay {
namespace {

using T = BenchTruth;
using testing::TinyModel;

constexpr const char *kClaim = "bench-lm";
constexpr DirectoryPlan kPlans[] = {DirectoryPlan::Alone, DirectoryPlan::Reference, DirectoryPlan::Manifest, DirectoryPlan::Both};
constexpr uint64_t kOther = 1'000'000; ///< added to a seed: another model

TinyModel original(bool experts, uint64_t seed)
{
    TinyModel shape;
    shape.heads = 2;
    shape.kvHeads = 1;
    shape.intermediate = shape.vocabulary = 128;
    shape.layers = experts ? 1 : 3;
    shape.experts = experts ? 4 : 0;
    shape.nameOrPath = "lab/bench-lm";
    return testing::randomModel(seed, shape);
}

void misname(TinyModel &model, uint64_t)
{
    model.nameOrPath = "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B";
}

void int4(TinyModel &model, uint64_t)
{
    testing::throughInt4(model);
}

void float8(TinyModel &model, uint64_t)
{
    testing::throughFloat8(model);
}

void trainFurther(TinyModel &model, uint64_t seed)
{
    testing::addNoise(model, 0.002f, seed + kOther);
}

void permute(TinyModel &model, uint64_t seed)
{
    testing::permuteUnits(model, seed);
}

void replace(TinyModel &model, uint64_t seed)
{
    TinyModel shape = model;
    shape.tensors.clear();
    model = testing::randomModel(seed + kOther, shape);
}

/// The mean of two models of one shape.
void average(TinyModel &model, uint64_t seed)
{
    TinyModel other = model;
    replace(other, seed);
    for (auto &[name, tensor] : model.tensors)
        for (size_t i = 0; i < tensor.values.size(); ++i)
            tensor.values[i] = 0.5f * (tensor.values[i] + other.at(name).values[i]);
}

/// The upper half of the layers is another model's.
void stack(TinyModel &model, uint64_t seed)
{
    TinyModel other = model;
    replace(other, seed);
    for (int64_t layer = model.layers / 2; layer < model.layers; ++layer)
        for (auto &[name, tensor] : model.tensors)
            if (name.starts_with("model.layers." + std::to_string(layer) + "."))
                tensor = other.at(name);
}

/// Two experts of each four are gone; the router has but the rows of the others.
void dropExperts(TinyModel &model)
{
    std::erase_if(model.tensors, [](const auto &named) { return named.first.find("experts.2.") != std::string::npos || named.first.find("experts.3.") != std::string::npos; });
    for (auto &[name, tensor] : model.tensors) {
        if (!name.ends_with("mlp.gate.weight"))
            continue;
        tensor.shape[0] = 2;
        tensor.values.resize(size_t(2 * model.hidden));
    }
}

void prune(TinyModel &model, uint64_t)
{
    dropExperts(model);
    model.experts = 2;
}

/// The config still tells of all.
void pruneInSilence(TinyModel &model, uint64_t)
{
    dropExperts(model);
}

void zeroExperts(TinyModel &model, uint64_t)
{
    for (auto &[name, tensor] : model.tensors)
        if (name.find("experts.2.") != std::string::npos || name.find("experts.3.") != std::string::npos)
            std::fill(tensor.values.begin(), tensor.values.end(), 0.0f);
}

WeightManifest manifestOf(const Inspection &model)
{
    WeightManifest manifest;
    manifest.source = "SHA256SUMS";
    for (const CheckpointFile &file : model.directory.checkpoint.files) {
        const auto source = model.directory.files->open(file.name);
        const auto sum = source ? hashFile(**source, HashKind::Sha256) : Result<std::string>(tl::unexpected(source.error()));
        manifest.entries.push_back({file.name, sum ? *sum : std::string(), file.bytes});
    }
    return manifest;
}

/// The known models that a run may take the directory for; all of them cost more than the checks do.
std::vector<Profile> namedProfiles()
{
    std::vector<Profile> out;
    for (Profile &profile : knownProfiles())
        if (profile.id == "deepseek-r1" || profile.id == "deepseek-r1-distill-qwen-7b" || profile.id == "qwen3-8b")
            out.push_back(std::move(profile));
    return out;
}

std::shared_ptr<const Inspection> opened(const std::filesystem::path &folder)
{
    return std::make_shared<const Inspection>(std::move(inspectModel(folder).value()));
}

const char *titleOf(DirectoryPlan plan)
{
    switch (plan) {
    case DirectoryPlan::Alone: return "The directory alone";
    case DirectoryPlan::Reference: return "With a reference directory of the claimed model";
    case DirectoryPlan::Manifest: return "With a manifest of the claimed model's files";
    case DirectoryPlan::Both: break;
    }
    return "With both";
}

/// p-values of the test of lineage, where the subject has nothing in common with the reference.
void addLineage(std::map<std::string, std::vector<double>> &values, const Verification &found)
{
    for (const Evidence &evidence : found.evidence) {
        if (evidence.test == "weights.lineage" && evidence.numbers.contains("p") && evidence.numbers.at("p").is_number())
            values["weights.lineage, layers' cosine"].push_back(evidence.numbers.at("p").get<double>());
        if (evidence.test == "weights.invariants" && evidence.numbers.contains("percentile") && evidence.numbers.at("percentile").is_number())
            values["weights.invariants, 1 - percentile"].push_back(1 - evidence.numbers.at("percentile").get<double>());
    }
}

} // namespace

const std::vector<DirectorySubject> &directorySubjects()
{
    static const std::vector<DirectorySubject> kSubjects{
        {"true", T::Honest, "the claimed model, written anew"},
        {"true, of experts", T::Honest, "the claimed mixture of experts, written anew", true},
        {"renamed", T::Honest, "the claimed model; its folder and shards are called otherwise, three shards instead of two", false, nullptr, true},
        {"wrong _name_or_path", T::Honest, "the claimed model, whose config calls it DeepSeek-R1-Distill-Qwen-7B: a name is a claim that anyone may write", false, misname},
        {"dequantised int4", T::Dishonest, "its weights went through 4 bits in groups of 128 and are stored in bf16", false, int4},
        {"dequantised fp8", T::Dishonest, "its weights went through fp8 in blocks of 128 x 128 and are stored in bf16", false, float8},
        {"pruned experts", T::Dishonest, "two of four experts of each layer are gone, and the config says so", true, prune},
        {"pruned experts, config kept", T::Dishonest, "the same, and the config tells of four", true, pruneInSilence},
        {"experts of zeros", T::Dishonest, "two of four experts are all zeros: names and shapes are the claimed model's", true, zeroExperts},
        {"merged by mean", T::Dishonest, "the mean of the claimed model and another of its shape", false, average},
        {"merged by layers", T::Dishonest, "the upper half of the layers is another model's", false, stack},
        {"fine-tuned", T::Dishonest, "noise of a tenth of the weights' deviation is added to all of them", false, trainFurther},
        {"reordered", T::Dishonest, "hidden and inner units in another order: the same function, disguised", false, permute},
        {"other weights", T::Dishonest, "another model's weights under the claimed config", false, replace},
    };
    return kSubjects;
}

std::map<DirectoryPlan, Verification> directoryRuns(const std::filesystem::path &place, const DirectorySubject &subject, uint64_t seed)
{
    static const std::vector<Profile> kKnown = namedProfiles();
    const auto folder = place / (std::to_string(seed) + "-" + std::to_string(&subject - directorySubjects().data()));
    const TinyModel claimed = original(subject.experts, seed);
    TinyModel model = claimed;
    if (subject.change)
        subject.change(model, seed);
    testing::writeModel(folder / kClaim, claimed);
    testing::writeModel(folder / (subject.renamed ? "anything" : "subject"), model, subject.renamed ? 3 : 2, Dtype::BF16, subject.renamed ? "weights" : "model");
    const auto reference = opened(folder / kClaim);
    LocalVerificationPlan plan;
    plan.subject = opened(folder / (subject.renamed ? "anything" : "subject"));
    plan.profiles = kKnown;
    plan.profiles.push_back(profileOf(*reference, kClaim, "Bench LM"));
    plan.sheet = claimSheetOf(plan.profiles.back());
    plan.size = VerificationSize::Standard;
    plan.seed = seed;
    std::map<DirectoryPlan, Verification> found;
    for (const DirectoryPlan kind : kPlans) {
        const bool both = kind == DirectoryPlan::Both;
        plan.reference = kind == DirectoryPlan::Reference || both ? reference : nullptr;
        plan.manifest = kind == DirectoryPlan::Manifest || both ? std::optional(manifestOf(*reference)) : std::nullopt;
        found[kind] = verifyLocal(plan);
    }
    std::filesystem::remove_all(folder);
    return found;
}

std::string directorySection(const std::filesystem::path &place, size_t runs, unsigned threads, std::vector<TallyRow> &rows)
{
    std::ostringstream out;
    out << "### Directories (T1 and T7)\n\nEach run makes a model of its own (dense: 3 layers of hidden size 128, 0.24 million weights; mixture: 1 layer of 4 experts), from which the claim's profile is "
           "recorded, changes a copy, and runs the whole verification of files at the standard size on that.\n\n";
    for (const DirectorySubject &subject : directorySubjects())
        out << "- **" << subject.name << "**" << benchTruthMark(subject.truth) << ": " << subject.what << ".\n";
    out << "\n";
    std::map<std::string, std::vector<double>> null;
    std::map<DirectoryPlan, std::vector<TallyRow>> tables;
    for (const DirectorySubject &subject : directorySubjects()) {
        for (const DirectoryPlan plan : kPlans)
            tables[plan].push_back({subject.name, subject.truth, {}});
        std::mutex mutex;
        forRuns(runs, threads, [&](size_t run) {
            const auto found = directoryRuns(place, subject, run + 1);
            const std::lock_guard lock(mutex);
            for (const auto &[plan, one] : found) {
                VerdictTally &tally = tables[plan].back().tally;
                tally.add(one.verdict.kind);
                tally.marks["against"] += std::ranges::any_of(one.evidence, [](const Evidence &evidence) { return evidence.kind == Evidence::Kind::Contradiction; });
            }
            if (subject.change == replace)
                addLineage(null, found.at(DirectoryPlan::Reference));
        });
        std::printf("%-28s", subject.name.c_str());
        for (const DirectoryPlan plan : kPlans)
            std::printf(" %s |", benchShare(tables[plan].back().tally.of(VerdictKind::Contradicted), runs).c_str());
        std::printf("\n");
        std::fflush(stdout);
    }
    for (const DirectoryPlan plan : kPlans) {
        out << "#### " << titleOf(plan) << "\n\n";
        writeTallies(out, tables[plan], {{"against", "something speaks against it"}});
        out << falseContradictions(tables[plan]) << "\n\n";
        rows.insert(rows.end(), tables[plan].begin(), tables[plan].end());
    }
    out << "p-values of lineage where the null holds (\"other weights\" beside the claimed model's: nothing in common), each against the unrelated layers of the same two models:\n\n";
    writeCalibration(out, null);
    return out.str();
}

} // namespace assay
