// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "app/assay/opensubject.h"
#include "app/assay/verifyendpointoptions.h"
#include "app/assay/verifyoutput.h"
#include "app/assay/verifyreference.h"
#include "core/service/devicetable.h"
#include "core/service/endpointsubject.h"
#include "core/service/resources.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"
#include "core/service/verify/knownmodels.h"
#include "core/service/verify/verificationlibrary.h"
#include "core/service/verify/verifyendpoint.h"
#include "core/service/verify/verifylocal.h"

#include <QCoreApplication>
#include <mutex>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

bool isOdds(double value)
{
    return value > 0 && value <= 1e9;
}

void addVerifyOptions(Arguments &options)
{
    options.addOption(QStringLiteral("claim"), QStringLiteral("name|file"), say(QT_TRANSLATE_NOOP("Command", "What is claimed: a known model, a known sheet, or a claim sheet (docs/IDENTITY.md).")));
    options.addOption(QStringLiteral("add-profile"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Keeps the subject's structure and facts as a known model of this name, instead of verifying.")));
    options.addFlag(QStringLiteral("claims"), say(QT_TRANSLATE_NOOP("Command", "Lists the claims that are known by name.")));
    options.addOption(QStringLiteral("version"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Which of the sheet's models the subject is said to be: full, distilled, base.")));
    addVerifyReferenceOptions(options);
    options.addOption(QStringLiteral("manifest"), QStringLiteral("file"), say(QT_TRANSLATE_NOOP("Command", "SHA-256 of every weight file, as sha256sum writes them: the only thing that verifies.")));
    options.addOption(QStringLiteral("tokenizer"), QStringLiteral("path"), say(QT_TRANSLATE_NOOP("Command", "Of an endpoint: tokenizers that are here, files or folders; may be given several times.")));
    options.addOption(QStringLiteral("size"), QStringLiteral("quick|standard|deep"), say(QT_TRANSLATE_NOOP("Command", "How much is looked at and asked; --quick, --standard and --deep are the same.")));
    options.addFlag(QStringLiteral("quick"), say(QT_TRANSLATE_NOOP("Command", "A minute (the default).")));
    options.addFlag(QStringLiteral("standard"), say(QT_TRANSLATE_NOOP("Command", "More of the weights, or more requests.")));
    options.addFlag(QStringLiteral("deep"), say(QT_TRANSLATE_NOOP("Command", "All that can be looked at.")));
    options.addOption(QStringLiteral("prior"), QStringLiteral("odds"), say(QT_TRANSLATE_NOOP("Command", "Your own odds that the claim holds, before any evidence; told apart from it.")));
    options.addOption(QStringLiteral("seed"), QStringLiteral("n"), say(QT_TRANSLATE_NOOP("Command", "Seed of everything that is drawn.")), QStringLiteral("1"));
    addVerifyEndpointOptions(options);
    options.addKeyOption();
}

int listClaims(bool json)
{
    const auto claims = knownClaims(knownProfiles());
    if (json) {
        nlohmann::json list = nlohmann::json::array();
        for (const KnownClaim &claim : claims)
            list.push_back({{"name", claim.name}, {"title", claim.title}, {"model", claim.model}});
        printJson({{"claims", std::move(list)}});
        return 0;
    }
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "Name")), say(QT_TRANSLATE_NOOP("Command", "What it is")), say(QT_TRANSLATE_NOOP("Command", "From"))}};
    for (const KnownClaim &claim : claims)
        rows.append({toQString(claim.name), toQString(claim.title),
                     claim.model ? say(QT_TRANSLATE_NOOP("Command", "published facts of a model")) : say(QT_TRANSLATE_NOOP("Command", "claim sheet"))});
    for (const QString &line : alignedTable(rows))
        print(line);
    return 0;
}

/// What the options say of every subject alike.
struct Asked
{
    std::optional<VerificationSize> size; ///< nothing: not named
    std::vector<Profile> profiles;
    ClaimSheet sheet;
    std::string version;
    std::optional<double> prior;
    uint64_t seed = 1;
};

Result<std::optional<VerificationSize>> sizeOf(const Arguments &options)
{
    std::optional<VerificationSize> out;
    for (const VerificationSize size : {VerificationSize::Quick, VerificationSize::Standard, VerificationSize::Deep}) {
        const QString name = QLatin1String(verificationSizeName(size));
        if (!options.isSet(name) && options.value(QStringLiteral("size")) != name)
            continue;
        if (out)
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "only one size can be asked for")).toStdString()});
        out = size;
    }
    if (!out && options.isSet(QStringLiteral("size")))
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--size should be quick, standard or deep")).toStdString()});
    return out;
}

Result<Asked> askedBy(const Arguments &options)
{
    Asked asked;
    std::vector<Error> problems;
    asked.profiles = knownProfiles(&problems);
    for (const Error &problem : problems)
        note(toQString(problem.sentence(qtTranslate())));
    auto sheet = findClaimSheet(options.value(QStringLiteral("claim")), asked.profiles);
    if (!sheet)
        return tl::unexpected(sheet.error());
    asked.sheet = std::move(*sheet);
    asked.version = options.value(QStringLiteral("version")).toStdString();
    if (!asked.version.empty() && !asked.sheet.versions.contains(asked.version)) {
        QStringList names;
        for (const auto &[name, profiles] : asked.sheet.versions)
            names << toQString(name);
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "The sheet knows no version %1, but: %2"))
                                                 .arg(toQString(asked.version), names.isEmpty() ? QStringLiteral("-") : names.join(QStringLiteral(", "))).toStdString()});
    }
    const auto size = sizeOf(options);
    if (!size)
        return tl::unexpected(size.error());
    asked.size = *size;
    if (options.isSet(QStringLiteral("prior"))) {
        const auto prior = options.real(QStringLiteral("prior"), isOdds, say(QT_TRANSLATE_NOOP("Command", "odds above 0")));
        if (!prior)
            return tl::unexpected(prior.error());
        asked.prior = *prior;
    }
    return options.integer(QStringLiteral("seed"), 1).map([&](int64_t seed) {
        asked.seed = uint64_t(seed);
        return std::move(asked);
    });
}

/// Runs blocking work beside the event loop, with its latest stage on the terminal.
template <class Work>
void watched(const Work &work)
{
    struct Latest
    {
        std::mutex mutex;
        QString line;
    } latest;
    std::stop_source stop;
    runInterruptible(stop, [&] {
        work([&latest](const QString &line) {
            const std::lock_guard lock(latest.mutex);
            latest.line = line;
        }, stop.get_token());
    }, [&latest] {
        const std::lock_guard lock(latest.mutex);
        if (!latest.line.isEmpty() && progressIsSeen())
            progress(latest.line);
    });
    endProgress();
}

Result<Verification> verifyFilesOf(const Arguments &options, Asked asked, std::shared_ptr<const Inspection> subject)
{
    if (const QString stray = strayReferenceOption(options); !stray.isEmpty())
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--%1 is for the reference of an endpoint; these are files")).arg(stray).toStdString()});
    LocalVerificationPlan plan;
    plan.subject = std::move(subject);
    plan.sheet = std::move(asked.sheet);
    plan.version = asked.version;
    plan.profiles = std::move(asked.profiles);
    plan.size = asked.size.value_or(VerificationSize::Quick);
    plan.seed = asked.seed;
    plan.priorOdds = asked.prior;
    if (const auto &devices = deviceTable())
        plan.devices = &*devices;
    else
        return tl::unexpected(devices.error());
    if (const QString reference = options.value(QStringLiteral("reference")); !reference.isEmpty()) {
        auto opened = inspectSubject(reference);
        if (!opened)
            return tl::unexpected(opened.error());
        plan.reference = std::make_shared<const Inspection>(std::move(*opened));
    }
    if (const QString file = options.value(QStringLiteral("manifest")); !file.isEmpty()) {
        auto manifest = readManifest(std::filesystem::path(file.toStdString()));
        if (!manifest)
            return tl::unexpected(manifest.error());
        plan.manifest = std::move(*manifest);
    }
    Verification found;
    watched([&](const auto &tell, std::stop_token stop) {
        found = verifyLocal(plan, [&tell](const char *stage, double, double) { tell(QCoreApplication::translate("Identity", stage)); }, stop);
    });
    return found;
}

Result<Verification> verifyEndpointOf(const Arguments &options, Asked asked, const QString &subject, const EndpointFacts &facts)
{
    if (options.isSet(QStringLiteral("manifest")))
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--%1 is for files; %2 is an endpoint")).arg(QStringLiteral("manifest"), subject).toStdString()});
    const bool held = options.isSet(QStringLiteral("reference"));
    if (const QString stray = strayReferenceOption(options); !held && !stray.isEmpty())
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--%1 needs --reference")).arg(stray).toStdString()});
    auto key = findKey(subject, options.keyPlace());
    auto table = shippedTokenTable();
    if (!key || !table)
        return tl::unexpected(key ? table.error() : key.error());
    EndpointVerificationPlan plan;
    plan.target = targetOf(facts, *key);
    plan.facts = facts;
    plan.sheet = std::move(asked.sheet);
    plan.version = asked.version.empty() ? usualVersion(plan.sheet) : asked.version;
    plan.profiles = std::move(asked.profiles);
    plan.table = std::move(*table);
    plan.size = asked.size.value_or(held ? VerificationSize::Standard : VerificationSize::Quick);
    plan.seed = options.isSet(QStringLiteral("seed")) ? asked.seed : 0; // strings that vary are hard to prepare for
    plan.rules.priorOdds = asked.prior;
    if (const auto taken = takeVerifyEndpointOptions(options, plan); !taken)
        return tl::unexpected(taken.error());
    std::vector<std::filesystem::path> places;
    for (const QString &place : options.values(QStringLiteral("tokenizer")))
        places.emplace_back(place.toStdString());
    std::vector<Told> notes;
    plan.tokenizers = openTokenizers(places, plan.table, notes);
    for (const Told &told : notes)
        note(toQString(told.sentence(qtTranslate())));
    if (held) {
        auto choice = referenceChoiceOf(options);
        auto reference = choice ? openReference(std::move(*choice), plan) : Result<EndpointReference>(tl::unexpected(choice.error()));
        if (!reference)
            return tl::unexpected(reference.error());
        plan.reference = std::move(*reference);
    }
    note(worstCaseText(plan));
    Result<Verification> found;
    watched([&](const auto &tell, std::stop_token stop) {
        found = verifyEndpoint(plan, [&tell](const EndpointVerificationProgress &state) {
            const QString doing = state.stage != nullptr ? QCoreApplication::translate("Identity", state.stage) : toQString(state.doing);
            tell(QStringLiteral("%1/%2 %3").arg(state.done).arg(state.planned).arg(doing));
        }, stop);
    });
    return found;
}

Result<Verification> verify(const Arguments &options, const QString &subject)
{
    auto asked = askedBy(options);
    if (!asked)
        return tl::unexpected(asked.error());
    // Spelled as comparisons spell it, which show what was found of their subjects.
    const auto opened = openAnySubject(subjectSpelling(subjectPlace(subject)), options.keyPlace());
    if (!opened)
        return tl::unexpected(opened.error());
    return opened->endpoint ? verifyEndpointOf(options, std::move(*asked), subject, *opened->endpoint)
                            : verifyFilesOf(options, std::move(*asked), opened->inspection);
}

int addKnownModel(const Arguments &options, const QString &subject)
{
    const auto opened = inspectSubject(subject);
    if (!opened)
        return fail(opened.error(), options.json());
    const std::string name = options.value(QStringLiteral("add-profile")).toStdString();
    const auto file = addProfile(profileOf(*opened, name, opened->facts.name));
    if (!file)
        return fail(file.error(), options.json());
    if (options.json())
        printJson({{"profile", name}, {"file", file->string()}});
    else
        print(say(QT_TRANSLATE_NOOP("Command", "%1 is known now (%2)")).arg(toQString(name), toQString(file->string())));
    return 0;
}

/// Into the store, where the window's page and reports find it. That it cannot be kept changes nothing of what was found.
void keep(const Verification &found)
{
    VerificationLibrary library(storeFile());
    QObject::connect(&library, &VerificationLibrary::saveFailed, &library, [](const Error &error) { note(toQString(error.sentence(qtTranslate()))); });
    library.add(found);
    library.flush();
    QCoreApplication::processEvents(); // a failure is told from another thread
}

int exitCodeOf(VerdictKind kind)
{
    switch (kind) {
    case VerdictKind::Verified:
    case VerdictKind::Consistent: return int(ExitCode::Ok);
    case VerdictKind::Contradicted: return int(ExitCode::Contradicted);
    default: return int(ExitCode::Inconclusive);
    }
}

} // namespace

int runVerify(const QStringList &arguments)
{
    Arguments options("verify", say(QT_TRANSLATE_NOOP("Command", "Is it what they say it is? Holds a model's files or an endpoint against what is claimed of it. "
                                                                 "Exit 0: verified or consistent, 1: contradicted, 2: inconclusive or not tested.")),
                      QStringLiteral("SUBJECT"));
    addVerifyOptions(options);
    if (!options.parse(arguments, 0, 1))
        return options.exitCode();
    if (options.isSet(QStringLiteral("claims")))
        return listClaims(options.json());
    if (options.isSet(QStringLiteral("add-profile")) && !options.subjects().isEmpty())
        return addKnownModel(options, options.subjects().first());
    if (options.subjects().isEmpty() || !options.isSet(QStringLiteral("claim")))
        return failUsage(say(QT_TRANSLATE_NOOP("Command", "verify needs a subject and --claim; --claims lists what is known")), options.json());
    const auto found = verify(options, options.subjects().first());
    if (!found)
        return fail(found.error(), options.json());
    keep(*found);
    if (options.json())
        printJson(verificationToJson(*found));
    else
        printVerification(*found);
    return exitCodeOf(found->verdict.kind);
}

} // namespace assay
