// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/interruptible.h"
#include "app/assay/opensubject.h"
#include "core/base/units.h"
#include "core/compare/difference.h"
#include "core/compare/weightpairs.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr int kMostSubjects = 16;
constexpr size_t kShownWeights = 20; // of a pair, the most different ones

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

Result<std::vector<DifferenceSubject>> openSubjects(const QStringList &paths)
{
    std::vector<DifferenceSubject> out;
    for (const QString &path : paths) {
        auto inspection = inspectSubject(path);
        if (!inspection)
            return tl::unexpected(inspection.error());
        auto shared = std::make_shared<const Inspection>(std::move(*inspection));
        std::string name = shared->facts.name;
        // Two folders of the same name are told apart by their paths.
        if (std::any_of(out.begin(), out.end(), [&](const DifferenceSubject &other) { return other.name == name; }))
            name = path.toStdString();
        out.push_back({name, std::move(shared)});
    }
    return out;
}

/// The rows of one section, those that are the same only when all are wanted.
void printSection(const Difference &so, DifferenceSection section, bool all)
{
    QList<QStringList> rows;
    std::string group;
    for (const DifferenceRow &row : so.rows(section)) {
        if (!all && row.state == RowState::Same)
            continue;
        if (row.group != group)
            rows.append({toQString(row.group)});
        group = row.group;
        QStringList line{QStringLiteral("  ") + toQString(row.label)};
        for (const DifferenceCell &cell : row.cells)
            line << toQString(cell.text);
        rows.append(line << toQString(row.stateText(so.names, qtTranslate())));
    }
    if (rows.isEmpty())
        return;
    print({});
    QStringList header{QCoreApplication::translate("Difference", sectionTitle(section))};
    for (const std::string &name : so.names)
        header << toQString(name);
    rows.prepend(header);
    for (const QString &line : alignedTable(rows))
        print(line);
}

void printTemplates(const Difference &so, bool all)
{
    for (const TemplateDifference &one : so.templates) {
        if (one.same() && !all)
            continue;
        print({});
        print(say(QT_TRANSLATE_NOOP("Command", "Chat template of %1 (-) and %2 (+)"))
                  .arg(toQString(so.names.front()), toQString(so.names[one.subject])));
        for (const DiffLine &line : one.lines) {
            if (line.change == LineChange::Same && !all)
                continue;
            const char mark = line.change == LineChange::Same ? ' ' : line.change == LineChange::Removed ? '-' : '+';
            print(QLatin1Char(mark) + toQString(line.text));
        }
    }
}

/// The weights of the first against each other subject; the first error ends it.
Result<std::vector<WeightComparison>> compareWeights(const std::vector<DifferenceSubject> &subjects, const Translate &translate)
{
    std::vector<WeightComparison> out;
    for (size_t i = 1; i < subjects.size(); ++i) {
        std::atomic<uint64_t> done{0}, total{0};
        std::stop_source stop;
        StreamControl control{stop.get_token(), [&](uint64_t now, uint64_t all) {
                                  total = all;
                                  done = now;
                              }};
        Result<WeightComparison> compared;
        runInterruptible(stop, [&] { compared = compareSubjects(subjects.front(), subjects[i], control, translate); }, [&] {
            progress(say(QT_TRANSLATE_NOOP("Command", "Comparing the weights with %1: %2 of %3 elements"))
                         .arg(toQString(subjects[i].name), toQString(groupedDigits(int64_t(done.load()))),
                              toQString(groupedDigits(int64_t(total.load())))));
        });
        if (!compared)
            return tl::unexpected(compared.error());
        out.push_back(std::move(*compared));
    }
    return out;
}

void printWeights(const std::vector<WeightComparison> &all, const Difference &so)
{
    for (size_t i = 0; i < all.size(); ++i) {
        print({});
        print(say(QT_TRANSLATE_NOOP("Command", "Weights of %1 against %2")).arg(toQString(so.names.front()), toQString(so.names[i + 1])));
        print(toQString(weightHeadline(all[i], qtTranslate())));
        QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "Weight")), say(QT_TRANSLATE_NOOP("Command", "relative")),
                                 say(QT_TRANSLATE_NOOP("Command", "cosine")), say(QT_TRANSLATE_NOOP("Command", "equal"))}};
        for (size_t row = 0; row < std::min(all[i].rows.size(), kShownWeights); ++row) {
            const WeightRow &line = all[i].rows[row];
            if (!line.error.empty())
                break; // they stand last, and the headline counts them
            rows.append({toQString(line.name), QString::number(line.relative, 'g', 3), QString::number(line.cosine, 'g', 6),
                         toQString(formatPercent(line.equal))});
        }
        if (rows.size() == 1)
            continue;
        for (const QString &line : alignedTable(rows, {false, true, true, true}))
            print(line);
    }
}

int printAsJson(const Difference &so, const std::vector<WeightComparison> &weights, bool all)
{
    nlohmann::json out = differenceJson(so, all);
    for (const WeightComparison &one : weights)
        out["weights"].push_back(weightComparisonJson(one));
    printJson(out);
    return 0;
}

} // namespace

int runDiff(const QStringList &arguments)
{
    Arguments options("diff", say(QT_TRANSLATE_NOOP("Command", "Tells what differs between models.")), QStringLiteral("SUBJECT SUBJECT..."));
    options.addFlag(QStringLiteral("all"), say(QT_TRANSLATE_NOOP("Command", "Lists what is the same, too.")));
    options.addFlag(QStringLiteral("weights"), say(QT_TRANSLATE_NOOP("Command", "Reads the weights and compares their values, too.")));
    if (!options.parse(arguments, 2, kMostSubjects))
        return options.exitCode();
    const auto subjects = openSubjects(options.subjects());
    if (!subjects)
        return fail(subjects.error(), options.json());
    const bool all = options.isSet(QStringLiteral("all"));
    const Translate translate = options.json() ? Translate(untranslated) : qtTranslate();
    const Difference so = difference(*subjects, translate);
    std::vector<WeightComparison> weights;
    if (options.isSet(QStringLiteral("weights"))) {
        auto compared = compareWeights(*subjects, translate);
        if (!compared)
            return fail(compared.error(), options.json());
        weights = std::move(*compared);
    }
    if (options.json())
        return printAsJson(so, weights, all);
    print(toQString(so.headline));
    for (int section = 0; section < kDifferenceSections; ++section)
        printSection(so, DifferenceSection(section), all);
    printTemplates(so, all);
    printWeights(weights, so);
    return 0;
}

} // namespace assay
