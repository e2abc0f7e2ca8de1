// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/verifyoutput.h"

#include "app/assay/console.h"
#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <array>
#include <string_view>

namespace assay {
namespace {

constexpr size_t kMostReasons = 4;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

QString sentence(const Told &told)
{
    return toQString(told.sentence(qtTranslate()));
}

void printTold(const QString &head, const std::vector<Told> &list)
{
    if (list.empty())
        return;
    print({});
    print(head);
    for (const Told &told : list)
        print(QStringLiteral("  ") + sentence(told));
}

void printVerdict(const Verification &one)
{
    const Verdict &verdict = one.verdict;
    print(QCoreApplication::translate("Identity", verdictName(verdict.kind)) + QStringLiteral(": ") + sentence(verdict.sentence));
    print(say(QT_TRANSLATE_NOOP("Command", "Subject %1, claim %2%3, error rate of the report %4"))
              .arg(toQString(one.subject), toQString(one.claimTitle.empty() ? one.claim : one.claimTitle),
                   one.version.empty() ? QString() : QStringLiteral(" (%1)").arg(toQString(one.version)), toQString(formatPercent(verdict.alpha))));
    if (!one.reference.empty())
        print(say(QT_TRANSLATE_NOOP("Command", "Held against %1, size %2")).arg(toQString(one.reference), QCoreApplication::translate("Identity", verificationSizeName(one.size))));
    if (one.spent.requests > 0) {
        print(say(QT_TRANSLATE_NOOP("Command", "Asked %1 requests, %2 tokens of prompts, %3 of answers"))
                  .arg(toQString(groupedDigits(one.spent.requests)), toQString(groupedDigits(one.spent.promptTokens)), toQString(groupedDigits(one.spent.outputTokens))));
    }
    printTold(say(QT_TRANSLATE_NOOP("Command", "Why")), verdict.reasons);
    printTold(say(QT_TRANSLATE_NOOP("Command", "Not determined")), verdict.open);
    printTold(say(QT_TRANSLATE_NOOP("Command", "What would decide")), verdict.next);
    for (const AlternativeOdds &odds : verdict.odds) {
        QString line = say(QT_TRANSLATE_NOOP("Command", "Likelihood ratio, claim over %1: e^%2")).arg(toQString(odds.alternative), toQString(threeDigits(odds.logRatio)));
        if (odds.posterior && one.rules.priorOdds)
            line += say(QT_TRANSLATE_NOOP("Command", "; prior odds %1, posterior odds %2")).arg(toQString(threeDigits(*one.rules.priorOdds)), toQString(threeDigits(*odds.posterior)));
        print(line);
    }
}

void printClaims(const Verification &one)
{
    if (one.claims.empty())
        return;
    print({});
    const Translate translate = qtTranslate();
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "Claim")), say(QT_TRANSLATE_NOOP("Command", "Of")), say(QT_TRANSLATE_NOOP("Command", "Claimed")),
                             say(QT_TRANSLATE_NOOP("Command", "Found")), say(QT_TRANSLATE_NOOP("Command", "How")), say(QT_TRANSLATE_NOOP("Command", "Verdict")),
                             say(QT_TRANSLATE_NOOP("Command", "Why"))}};
    for (const ClaimRow &row : one.claims) {
        const QString label = row.field && row.field->group != std::string_view("API") && findClaimField(row.claim.field) == row.field ? QCoreApplication::translate("Claim", row.field->label) : toQString(row.claim.field);
        rows.append({row.claim.id == row.claim.field ? label : toQString(row.claim.id) + QStringLiteral(" ") + label, toQString(row.claim.version), toQString(row.claimedText(translate)),
                     toQString(row.foundText(translate)), row.found.empty() ? QString() : QCoreApplication::translate("Identity", foundByName(row.found.front().by)),
                     QCoreApplication::translate("Identity", claimVerdictName(row.verdict)), sentence(row.reason)});
    }
    for (const QString &line : alignedTable(rows))
        print(line);
}

void printEvidence(const Verification &one)
{
    constexpr std::array kKinds{QT_TRANSLATE_NOOP("Command", "match"), QT_TRANSLATE_NOOP("Command", "contradiction"), QT_TRANSLATE_NOOP("Command", "test"),
                                QT_TRANSLATE_NOOP("Command", "ratio"), QT_TRANSLATE_NOOP("Command", "as claimed"), QT_TRANSLATE_NOOP("Command", "note")};
    for (const TierDefinition &tier : tierDefinitions()) {
        bool begun = false;
        for (const Evidence &evidence : one.evidence) {
            if (evidence.tier != tier.tier)
                continue;
            if (!begun) {
                print({});
                print(QStringLiteral("%1 %2").arg(QString::fromLatin1(tier.id), QCoreApplication::translate("Identity", tier.label)));
                begun = true;
            }
            QString line = QStringLiteral("  %1: %2").arg(say(kKinds[size_t(evidence.kind)]), sentence(evidence.what));
            if (evidence.p)
                line += QStringLiteral(" p = %1").arg(toQString(threeDigits(*evidence.p)));
            print(line + QStringLiteral(" [%1]").arg(toQString(evidence.test)));
            for (const Told &benign : evidence.benign)
                print(QStringLiteral("    ") + say(QT_TRANSLATE_NOOP("Command", "A harmless explanation: %1")).arg(sentence(benign)));
        }
        if (begun)
            print(QStringLiteral("  ") + say(QT_TRANSLATE_NOOP("Command", "Cannot see: %1")).arg(QCoreApplication::translate("Identity", tier.blind)));
    }
}

void printNearest(const Verification &one)
{
    if (one.nearest.empty())
        return;
    print({});
    print(say(QT_TRANSLATE_NOOP("Command", "Nearest known models")));
    for (const NearestModel &model : one.nearest) {
        print(QStringLiteral("  %1  %2").arg(toQString(model.title), toQString(formatPercent(model.score))));
        for (size_t i = 0; i < model.differs.size() && i < kMostReasons; ++i)
            print(QStringLiteral("    ") + sentence(model.differs[i]));
    }
}

} // namespace

void printVerification(const Verification &verification)
{
    printVerdict(verification);
    printClaims(verification);
    printEvidence(verification);
    printNearest(verification);
    printTold(say(QT_TRANSLATE_NOOP("Command", "Notes")), verification.notes);
}

} // namespace assay
