// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/evaluatesubjects.h"

#include "app/assay/benchsubjects.h"
#include "app/assay/console.h"
#include "app/assay/evaluateoptions.h"
#include "core/evaluate/lettersuite.h"
#include "core/service/endpointsubject.h"
#include "core/service/serieslock.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failure(ErrorCode::BadUsage, {sentence.toStdString()});
}

EvaluatedSuites only(const std::shared_ptr<const Suite> &suite)
{
    return {{suite->fingerprint, suite}};
}

Result<std::shared_ptr<const Suite>> wantedSuite(const Arguments &options)
{
    auto suite = openSuite(options.value(QStringLiteral("suite")));
    if (!suite || !options.isSet(QStringLiteral("letters")))
        return suite;
    return std::make_shared<const Suite>(lettersOf(**suite));
}

/// A subject as it is asked: an endpoint, or files that the session opens.
using Asked = std::vector<std::optional<BenchEndpoint>>;

Result<void> openFiles(MeasureSession &session, const QStringList &files, const Suite &suite)
{
    if (auto opened = session.open(files); !opened)
        return opened;
    for (const auto &subject : session.workspace().subjects()) {
        if (auto sound = checkAnswersSuite(*subject->inspection, suite); !sound)
            return sound;
    }
    return {};
}

/// Endpoints are asked what they are one after the other, the others are opened together.
Result<Asked> openSubjects(MeasureSession &session, const Arguments &options, const Suite &suite)
{
    QStringList files;
    Asked asked;
    for (const QString &subject : options.subjects()) {
        auto endpoint = benchEndpoint(options, subject);
        if (!endpoint)
            return tl::unexpected<Error>(endpoint.error());
        if (!*endpoint)
            files << subject;
        asked.push_back(std::move(*endpoint));
    }
    for (const char *name : {"model", "dialect"}) {
        if (options.isSet(QLatin1String(name)) && files.size() == qsizetype(asked.size()))
            return wrong(say(QT_TRANSLATE_NOOP("Command", "--%1 is for endpoints, and no subject is one")).arg(QLatin1String(name)));
    }
    if (auto opened = openFiles(session, files, suite); !opened)
        return tl::unexpected<Error>(opened.error());
    return asked;
}

/// The suite as it was kept with the run; that of a store without suites is looked for by its name.
Result<std::shared_ptr<const Suite>> keptSuite(const MeasureSession &session, const EvaluationProtocol &card)
{
    auto kept = session.library().suiteReader(card)();
    if (kept || kept.error().code != ErrorCode::SuiteMissing)
        return kept;
    constexpr std::string_view kLetters = "-letters";
    const bool letters = card.suite.ends_with(kLetters);
    auto named = openSuite(toQString(card.suite.substr(0, card.suite.size() - (letters ? kLetters.size() : 0))));
    return named && letters ? std::make_shared<const Suite>(lettersOf(**named)) : named;
}

/// That the suite which was named, or found, is the run's own.
Result<std::shared_ptr<const Suite>> suiteOf(const MeasureSession &session, const Arguments &options, const EvaluationProtocol &card)
{
    const bool named = options.isSet(QStringLiteral("suite"));
    auto suite = named ? wantedSuite(options) : keptSuite(session, card);
    if (!suite || (*suite)->fingerprint == card.suiteFingerprint)
        return suite;
    // Named without --letters, which the card says by itself.
    if (const auto letters = std::make_shared<const Suite>(lettersOf(**suite)); letters->fingerprint == card.suiteFingerprint)
        return letters;
    const QString place = named ? options.value(QStringLiteral("suite")) : toQString(card.suite);
    return wrong(say(QT_TRANSLATE_NOOP("Command", "the suite %1 is not the one that the run began with; --suite names its file")).arg(place));
}

Result<void> resumeEndpoint(MeasureSession &session, const Arguments &options, const EvaluationRun &run, const std::shared_ptr<const Suite> &suite,
                            const EvaluationPlan &plan)
{
    auto target = resumedEndpoint(options, run.header);
    if (!target)
        return tl::unexpected<Error>(target.error());
    for (const auto &[name, before] : {std::pair{"model", target->model}, {"dialect", target->dialect}}) {
        if (!options.isSet(QLatin1String(name)) || before.empty())
            continue;
        if (const auto same = checkUnchanged(name, toQString(before), options.value(QLatin1String(name))); !same)
            return same;
    }
    if (target->dialect.empty()) { // it ended before it had one
        auto asked = benchEndpoint(options, toQString(run.header.subject.path));
        if (!asked)
            return tl::unexpected<Error>(asked.error());
        if (*asked)
            target = std::move((*asked)->target);
    }
    session.resumeEvaluation(run.header.subject, *target, suite, plan, run);
    return {};
}

Result<void> resumeModel(MeasureSession &session, const EvaluationRun &run, const std::shared_ptr<const Suite> &suite, const EvaluationPlan &plan)
{
    const QString path = toQString(run.header.subject.path);
    if (auto opened = openFiles(session, {path}, *suite); !opened)
        return opened;
    const Subject &subject = *session.workspace().subjects().front();
    if (!run.header.subject.fingerprint.empty() && subject.reference().fingerprint != run.header.subject.fingerprint)
        return wrong(say(QT_TRANSLATE_NOOP("Command", "%1 is not the subject that the run began with: its weights are others")).arg(path));
    session.resumeEvaluation(subject, suite, plan, run);
    return {};
}

} // namespace

Result<EvaluatedSuites> addEvaluations(MeasureSession &session, const Arguments &options)
{
    const auto plans = evaluationPlans(options);
    if (!plans)
        return tl::unexpected(plans.error());
    const auto suite = wantedSuite(options);
    if (!suite)
        return tl::unexpected(suite.error());
    const auto asked = openSubjects(session, options, **suite);
    if (!asked)
        return tl::unexpected(asked.error());
    if (plans->front().samples > 1 && plans->front().temperature == 0)
        note(say(QT_TRANSLATE_NOOP("Command", "the samples of an item are alike without --temperature")));
    const auto &opened = session.workspace().subjects(); // one named twice is there once
    size_t next = 0;
    for (const auto &endpoint : *asked) {
        if (!endpoint && next == opened.size())
            continue;
        for (const EvaluationPlan &plan : *plans) {
            if (endpoint)
                session.addEvaluation(endpoint->reference, endpoint->target, *suite, plan);
            else
                session.addEvaluation(*opened[next], *suite, plan);
        }
        next += endpoint ? 0 : 1;
    }
    return only(*suite);
}

Result<EvaluatedSuites> addResumedEvaluation(MeasureSession &session, const Arguments &options)
{
    const std::string name = options.subjects().isEmpty() ? std::string() : options.subjects().first().toStdString();
    const auto run = session.resumableEvaluation(name);
    if (!run && !name.empty() && session.isMeasured(name))
        return tl::unexpected<Error>(measuredElsewhere());
    if (!run)
        return failure(ErrorCode::RunMissing, {name});
    const EvaluationProtocol &card = run->protocol;
    if (options.isSet(QStringLiteral("letters")) && !card.suite.ends_with("-letters"))
        return tl::unexpected(checkUnchanged("letters", {}, QStringLiteral("letters")).error());
    const auto suite = suiteOf(session, options, card);
    if (!suite)
        return tl::unexpected(suite.error());
    const auto plan = resumedPlan(options, **suite, card);
    if (!plan)
        return tl::unexpected(plan.error());
    const bool endpoint = run->header.environment.device == "endpoint" || addressKind(run->header.subject.path) == AddressKind::Endpoint;
    const auto added = endpoint ? resumeEndpoint(session, options, *run, *suite, *plan) : resumeModel(session, *run, *suite, *plan);
    if (!added)
        return tl::unexpected(added.error());
    return only(*suite);
}

} // namespace assay
