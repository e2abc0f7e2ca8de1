// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "core/compare/difference.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr int kMostSubjects = 16;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

Result<std::vector<DifferenceSubject>> openSubjects(const QStringList &paths)
{
    std::vector<DifferenceSubject> out;
    for (const QString &path : paths) {
        const auto files = openSubjectFiles(path.toStdString());
        auto inspection = files ? inspectModel(*files) : tl::unexpected(files.error());
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

} // namespace

int runDiff(const QStringList &arguments)
{
    Arguments options("diff", say(QT_TRANSLATE_NOOP("Command", "Tells what differs between models.")), QStringLiteral("SUBJECT SUBJECT..."));
    options.addFlag(QStringLiteral("all"), say(QT_TRANSLATE_NOOP("Command", "Lists what is the same, too.")));
    if (!options.parse(arguments, 2, kMostSubjects))
        return options.exitCode();
    const auto subjects = openSubjects(options.subjects());
    if (!subjects)
        return fail(subjects.error(), options.json());
    const bool all = options.isSet(QStringLiteral("all"));
    const Difference so = difference(*subjects, options.json() ? Translate(untranslated) : qtTranslate());
    if (options.json()) {
        printJson(differenceJson(so, all));
        return 0;
    }
    print(toQString(so.headline));
    for (int section = 0; section < kDifferenceSections; ++section)
        printSection(so, DifferenceSection(section), all);
    printTemplates(so, all);
    return 0;
}

} // namespace assay
