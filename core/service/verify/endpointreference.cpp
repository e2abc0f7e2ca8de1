// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/endpointreference.h"

#include "core/base/file.h"
#include "core/endpoint/dialect.h"
#include "core/evaluate/formats/anysuite.h"
#include "core/service/endpointsubject.h"
#include "core/service/resources.h"
#include "core/service/subjectopening.h"
#include "core/service/verify/endpointplan.h"

#include <QFile>
#include <algorithm>
#include <set>

namespace assay {
namespace {

using Kind = EndpointReference::Kind;

constexpr uint64_t kMostSignatureBytes = 64 << 10;

Result<std::shared_ptr<const Suite>> suiteNamed(const std::string &nameOrFile)
{
    const QString file = findSuite(QString::fromStdString(nameOrFile));
    if (file.isEmpty())
        return failure(ErrorCode::SuiteMissing, {nameOrFile, suiteNames().join(QStringLiteral(", ")).toStdString()});
    auto suite = readAnySuite(QFile::encodeName(file).toStdString());
    if (!suite)
        return tl::unexpected(suite.error());
    return std::make_shared<const Suite>(std::move(*suite));
}

/// Those of the bundle's suites that are here by their names; whether they are the same is told by their fingerprints.
std::vector<std::shared_ptr<const Suite>> suitesOf(const ReferenceBundle &bundle)
{
    std::set<std::string> names;
    for (const BundleItem &item : bundle.items)
        names.insert(item.suite);
    std::vector<std::shared_ptr<const Suite>> out;
    for (const std::string &name : names) {
        if (auto suite = suiteNamed(name))
            out.push_back(std::move(*suite));
    }
    return out;
}

Kind kindOf(const std::string &place)
{
    if (addressKind(place) != AddressKind::Files)
        return Kind::Endpoint;
    std::error_code none;
    return place.ends_with(".json") && !std::filesystem::is_directory(place, none) ? Kind::Bundle : Kind::Files;
}

std::string dialectOf(const EndpointVerificationPlan &plan)
{
    return plan.target.dialect.empty() && plan.facts ? plan.facts->dialect : plan.target.dialect;
}

/// Whether prompts go to the endpoint as they stand, instead of as messages that its own template puts together.
bool takesPlainText(const EndpointVerificationPlan &plan)
{
    const Dialect *dialect = findDialect(dialectOf(plan));
    return dialect != nullptr && dialect->body.prompt == BodyRule::Prompt::Text;
}

tl::unexpected<Error> unfit(const std::string &name, std::string why)
{
    return failure(ErrorCode::BundleUnfit, {name, std::move(why)});
}

Result<void> fitsPlan(const ReferenceBundle &bundle, const std::string &name, const EndpointVerificationPlan &plan, bool readsTokens)
{
    const std::string claimed = claimedTokenizer(plan);
    const TokenizerFamily *family = plan.table.family(bundle.tokenizer);
    const bool same = family != nullptr && family->id == claimed;
    const BundleNeeds needs{.samples = true, .greedy = readsTokens, .tokenizer = same ? bundle.tokenizer : claimed};
    if (auto fit = checkFit(bundle, needs, name); !fit)
        return fit;
    const auto models = claimedProfiles(plan);
    if (!bundle.profile.empty() && !models.empty() && std::ranges::none_of(models, [&](const Profile *one) { return one->id == bundle.profile; }))
        return unfit(name, "it was recorded from " + bundle.profile + ", and " + models.front()->id + " is claimed");
    if (!bundle.templateHash.empty() && takesPlainText(plan))
        return unfit(name, "it was recorded with a chat template, and this endpoint takes prompts as they stand");
    return {};
}

/// Headers alone are read: weights are hashed by the run.
Result<Inspection> inspectDirectory(const std::string &place)
{
    const auto opened = openSubject(place);
    if (!opened)
        return tl::unexpected(opened.error());
    return *opened->inspection;
}

void takeFiles(EndpointReference &out, const Inspection &inspected)
{
    out.structure = structureFingerprint(inspected.directory.checkpoint);
    for (const CheckpointFile &file : inspected.directory.checkpoint.files)
        out.weightFiles.push_back(file.path);
}

/// The endpoint puts its template around a message; the weights here get the same text only by the same template.
void takeTemplate(EndpointReference &out, const std::string &directory, const EndpointVerificationPlan &plan)
{
    if (takesPlainText(plan))
        return;
    if (auto prompts = SuitePrompts::ofModel(directory, {}))
        out.prompts = std::move(*prompts);
    else
        out.notes.push_back({ASSAY_TEXT("Identity", "The reference's files hold no chat template: it reads prompts as they stand, while the endpoint puts its own around them, if it has one.")});
}

Result<void> openBundle(EndpointReference &out, const EndpointVerificationPlan &plan)
{
    const std::filesystem::path file(out.choice.place);
    out.name = file.filename().string();
    auto read = readBundle(file);
    if (!read)
        return tl::unexpected(read.error());
    out.hash = read->hash;
    if (auto fit = fitsPlan(read->bundle, out.name, plan, out.choice.sameStack && !out.choice.weights.empty()); !fit)
        return fit;
    if (out.choice.trustedKey.empty()) {
        out.notes.push_back({ASSAY_TEXT("Identity", "Nobody's signature of the reference %1 was checked."), {out.name}});
    } else {
        auto signer = signerOf(file, out.hash, out.choice.trustedKey);
        if (!signer)
            return tl::unexpected(signer.error());
        out.signedBy = std::move(*signer);
        out.notes.push_back({ASSAY_TEXT("Identity", "The key %1 vouches for the reference %2 (SHA-256 %3)."), {out.signedBy, out.name, out.hash}});
    }
    if (!out.choice.weights.empty()) {
        const auto inspected = inspectDirectory(out.choice.weights);
        if (!inspected)
            return tl::unexpected(inspected.error());
        takeFiles(out, *inspected);
        if (!read->bundle.structure.empty() && out.structure != read->bundle.structure)
            return unfit(out.name, "it was recorded from other weights than those in " + out.choice.weights);
        if (!read->bundle.templateHash.empty())
            takeTemplate(out, out.choice.weights, plan);
        if (out.prompts.templateHash() != read->bundle.templateHash)
            return unfit(out.name, "it was recorded with another chat template than that in " + out.choice.weights);
    }
    if (read->bundle.templateHash.empty() && !read->bundle.weights.empty() && !takesPlainText(plan))
        out.notes.push_back({ASSAY_TEXT("Identity", "The reference was recorded without a chat template: prompts stood before the model as they are, while the endpoint puts its own template around them, if it has one.")});
    out.bundle = std::make_shared<const ReferenceBundle>(partOf(read->bundle, questionCounts(plan.size)));
    out.suites = suitesOf(*out.bundle);
    return {};
}

Result<void> openSuites(EndpointReference &out)
{
    for (const std::string &name : {out.choice.knowledge, out.choice.reasoning}) {
        auto suite = suiteNamed(name);
        if (!suite)
            return tl::unexpected(suite.error());
        out.suites.push_back(std::move(*suite));
    }
    return {};
}

Result<void> openFiles(EndpointReference &out, const EndpointVerificationPlan &plan)
{
    std::error_code none;
    if (!std::filesystem::exists(out.choice.place, none))
        return failure(ErrorCode::FileUnreadable, {out.choice.place, std::generic_category().message(ENOENT)});
    const auto inspected = inspectDirectory(out.choice.place);
    if (!inspected)
        return tl::unexpected(inspected.error());
    out.name = inspected->facts.name;
    takeFiles(out, *inspected);
    takeTemplate(out, out.choice.place, plan);
    return openSuites(out);
}

Result<void> openEndpoint(EndpointReference &out, const EndpointVerificationPlan &plan)
{
    const EndpointTarget target = endpointTarget(out.choice.place);
    const std::string model = plan.target.model.empty() && plan.facts ? plan.facts->model : plan.target.model;
    if (target.url == plan.target.url && (target.model == model || target.model.empty() || model.empty()))
        return failure(ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "The reference is the endpoint itself.")});
    out.name = out.choice.place;
    return openSuites(out);
}

} // namespace

Result<std::string> signerOf(const std::filesystem::path &bundleFile, const std::string &hash, const std::string &trustedKey)
{
    std::filesystem::path place = bundleFile;
    place += ".sig";
    const auto text = readWholeFile(place, kMostSignatureBytes);
    if (!text)
        return tl::unexpected(text.error());
    auto signature = checkSignature(*text, place.string(), hash, trustedKey);
    if (!signature)
        return tl::unexpected(signature.error());
    return std::move(signature->key);
}

Result<EndpointReference> openReference(ReferenceChoice choice, const EndpointVerificationPlan &plan)
{
    if (plan.size == VerificationSize::Quick)
        return failure(ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "The quick size asks nothing of a reference: choose standard or deep.")});
    EndpointReference out;
    out.kind = kindOf(choice.place);
    out.choice = std::move(choice);
    if (out.kind != Kind::Bundle && !out.choice.trustedKey.empty())
        return failure(ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "Only a bundle has a signature that could be trusted.")});
    const auto opened = out.kind == Kind::Bundle ? openBundle(out, plan) : out.kind == Kind::Files ? openFiles(out, plan) : openEndpoint(out, plan);
    if (!opened)
        return tl::unexpected(opened.error());
    return out;
}

const QuestionCounts &questionCounts(VerificationSize size)
{
    static const QuestionCounts kSizes[] = {
        {.sampled = 0, .samples = 0, .greedy = 0, .knowledge = 0, .reasoning = 0},
        {},
        {.sampled = 25, .samples = 40, .greedy = 200, .knowledge = 200, .reasoning = 60, .context = 200},
    };
    return kSizes[size_t(size)];
}

ReferenceBundle partOf(const ReferenceBundle &bundle, const QuestionCounts &counts)
{
    ReferenceBundle out = bundle;
    const size_t prompts = size_t(std::max(counts.sampled, counts.greedy));
    if (out.prompts.size() > prompts)
        out.prompts.resize(prompts);
    for (size_t i = 0; i < out.prompts.size(); ++i) {
        const size_t samples = int64_t(i) < counts.sampled ? size_t(counts.samples) : 0;
        if (out.prompts[i].samples.size() > samples)
            out.prompts[i].samples.resize(samples);
    }
    for (BundleAlternative &alternative : out.alternatives) {
        if (alternative.greedyDifferences.size() > prompts)
            alternative.greedyDifferences.resize(prompts);
    }
    std::map<std::string, int64_t> left{{"knowledge", counts.knowledge}, {"reasoning", counts.reasoning}, {"context", counts.context}};
    std::erase_if(out.items, [&](const BundleItem &item) { return left[item.group]-- <= 0; });
    return out;
}

Questionnaire questionsAgainst(const EndpointReference &reference, VerificationSize size, uint64_t seed)
{
    if (reference.bundle)
        return questionnaireOf(*reference.bundle, reference.suites);
    const QuestionCounts &counts = questionCounts(size);
    Questionnaire out;
    out.sampled = counts.sampled;
    out.samples = counts.samples;
    out.sampling.greedyTokens = size == VerificationSize::Deep ? 200 : out.sampling.greedyTokens;
    out.prompts = promptsFrom(reference.suites, std::max(counts.sampled, counts.greedy), seed);
    out.items = itemsFrom(reference.suites.front(), "knowledge", counts.knowledge, seed);
    for (AskedItem &item : itemsFrom(reference.suites.back(), "reasoning", counts.reasoning, seed))
        out.items.push_back(std::move(item));
    return out;
}

} // namespace assay
