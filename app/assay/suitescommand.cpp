// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/measuresession.h"
#include "core/base/file.h"
#include "core/evaluate/formats/anysuite.h"
#include "core/evaluate/generators/generators.h"
#include "core/service/resources.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QFile>
#include <nlohmann/json.hpp>

#include <cstdio>

namespace assay {
namespace {

using nlohmann::json;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

QString range(const Generator &generator)
{
    if (!*generator.difficulty)
        return {};
    return QStringLiteral("%1-%2 %3").arg(generator.easiest).arg(generator.hardest).arg(QString::fromLatin1(generator.difficulty));
}

QStringList numbers(const std::vector<int64_t> &values)
{
    QStringList out;
    for (const int64_t value : values)
        out.append(QString::number(value));
    return out;
}

void printRows(const QList<QStringList> &rows)
{
    for (const QString &line : alignedTable(rows))
        print(line);
}

int listSuites(bool asJson)
{
    json shipped = json::array(), made = json::array(), forms = json::array();
    QList<QStringList> suiteRows{{say(QT_TRANSLATE_NOOP("Command", "shipped")), say(QT_TRANSLATE_NOOP("Command", "items")), QString()}};
    for (const QString &name : suiteNames()) {
        const auto suite = readAnySuite(QFile::encodeName(findSuite(name)).toStdString());
        shipped.push_back({{"name", name.toStdString()}, {"items", suite ? suite->items.size() : 0}});
        suiteRows.append({name, suite ? QString::number(suite->items.size()) : QStringLiteral("?"), suite ? toQString(suite->title) : toQString(suite.error().sentence(qtTranslate()))});
    }
    QList<QStringList> generatorRows{{say(QT_TRANSLATE_NOOP("Command", "generator")), say(QT_TRANSLATE_NOOP("Command", "difficulty")),
                                      say(QT_TRANSLATE_NOOP("Command", "context in words")), QString()}};
    for (const Generator &one : generators()) {
        made.push_back({{"name", one.name}, {"difficulty", one.difficulty}, {"easiest", one.easiest}, {"hardest", one.hardest}, {"contexts", one.contexts}, {"scorer", one.scorer}});
        generatorRows.append({QString::fromLatin1(one.name), range(one), numbers(one.contexts).join(QStringLiteral(", ")), QCoreApplication::translate("Generator", one.title)});
    }
    QList<QStringList> formRows{{say(QT_TRANSLATE_NOOP("Command", "form")), QString()}};
    for (const SuiteForm &form : suiteForms()) {
        forms.push_back(form.name);
        formRows.append({toQString(form.name), QCoreApplication::translate("Suite form", form.title)});
    }
    if (asJson) {
        printJson({{"suites", shipped}, {"generators", made}, {"forms", forms}});
        return 0;
    }
    for (const auto &rows : {suiteRows, generatorRows, formRows}) {
        printRows(rows);
        print(QString());
    }
    return 0;
}

json problemsJson(const Suite &suite)
{
    json out = json::array();
    for (const SuiteProblem &problem : suite.problems)
        out.push_back({{"file", problem.file}, {"line", problem.line}, {"left_out", problem.leftOut}, {"message", problem.sentence()}});
    return out;
}

json describedJson(const Suite &suite)
{
    json out{{"name", suite.name}, {"title", suite.title}, {"form", suite.form}, {"items", suite.items.size()}, {"fingerprint", suite.fingerprint},
             {"scorer", suite.scorer.name}, {"max_tokens", suite.maxTokens}, {"problem_count", suite.problemCount}, {"problems", problemsJson(suite)}};
    const SuiteItem &first = suite.items.front();
    out["first"] = {{"id", first.id}, {"prompt", validUtf8(first.prompt)}, {"choices", first.choices}, {"answers", first.answers}};
    return out;
}

QString placeOf(const SuiteProblem &problem)
{
    const QString line = problem.line ? say(QT_TRANSLATE_NOOP("Command", "line %1")).arg(problem.line) : QString();
    return toQString(problem.file) + (problem.file.empty() || line.isEmpty() ? QString() : QStringLiteral(", ")) + line;
}

int describe(const QString &nameOrFile, bool asJson)
{
    const auto suite = openSuite(nameOrFile);
    if (!suite)
        return fail(suite.error(), asJson);
    const Suite &told = **suite;
    if (asJson) {
        printJson(describedJson(told));
        return 0;
    }
    printRows({{say(QT_TRANSLATE_NOOP("Command", "suite")), toQString(told.title)},
               {say(QT_TRANSLATE_NOOP("Command", "form")), toQString(told.form)},
               {say(QT_TRANSLATE_NOOP("Command", "items")), QString::number(told.items.size())},
               {say(QT_TRANSLATE_NOOP("Command", "scorer")), toQString(told.scorer.name)},
               {say(QT_TRANSLATE_NOOP("Command", "fingerprint")), toQString(told.fingerprint)},
               {say(QT_TRANSLATE_NOOP("Command", "problems")), QString::number(told.problemCount)}});
    for (const SuiteProblem &problem : told.problems)
        print(QStringLiteral("! %1: %2").arg(placeOf(problem), toQString(problem.sentence(qtTranslate()))));
    print(QString());
    print(say(QT_TRANSLATE_NOOP("Command", "The first item:")));
    for (const QString &line : toQString(told.items.front().prompt).split(QLatin1Char('\n')))
        print(line);
    for (const std::string &choice : told.items.front().choices)
        print(QStringLiteral("  - ") + toQString(choice));
    for (const std::string &answer : told.items.front().answers)
        print(QStringLiteral("  = ") + toQString(answer));
    return 0;
}

int generate(const QString &name, const Arguments &options)
{
    const auto seed = options.integer(QStringLiteral("seed"), 0);
    const auto items = options.integer(QStringLiteral("items"), 0);
    const auto difficulties = options.integers(QStringLiteral("difficulty"), 0);
    const auto contexts = options.integers(QStringLiteral("context"), 1);
    for (const Error *error : {seed ? nullptr : &seed.error(), items ? nullptr : &items.error(), difficulties ? nullptr : &difficulties.error(),
                               contexts ? nullptr : &contexts.error()}) {
        if (error)
            return fail(*error, options.json());
    }
    const auto suite = generateSuite(name.toStdString(), {uint64_t(*seed), *items, *difficulties, *contexts});
    if (!suite)
        return fail(suite.error(), options.json());
    const std::string lines = suiteLines(*suite);
    const QString file = options.value(QStringLiteral("output"));
    if (file.isEmpty()) {
        std::fwrite(lines.data(), 1, lines.size(), stdout);
        return 0;
    }
    if (auto written = writeFileAtomically(QFile::encodeName(file).toStdString(), std::string_view(lines)); !written)
        return fail(written.error(), options.json());
    if (options.json())
        printJson({{"file", file.toStdString()}, {"items", suite->items.size()}, {"fingerprint", suite->fingerprint}});
    else
        print(say(QT_TRANSLATE_NOOP("Command", "%1: %2 items")).arg(file).arg(suite->items.size()));
    return 0;
}

} // namespace

int runSuites(const QStringList &arguments)
{
    Arguments options("suites",
                      say(QT_TRANSLATE_NOOP("Command", "Lists suites, generators and the forms that are read; \"describe\" shows what is read of a file or folder and what is left "
                                                       "out of it, \"generate\" makes a suite that nobody can have trained on.")),
                      QStringLiteral("[list | describe NAME|FILE|FOLDER | generate GENERATOR]"));
    options.addOption(QStringLiteral("seed"), QStringLiteral("n"), say(QT_TRANSLATE_NOOP("Command", "Another seed gives other items; the same one the same.")), QStringLiteral("1"));
    options.addOption(QStringLiteral("items"), QStringLiteral("n"), say(QT_TRANSLATE_NOOP("Command", "Items in all; 0: as many as are usual.")), QStringLiteral("0"));
    options.addOption(QStringLiteral("difficulty"), QStringLiteral("n,..."), say(QT_TRANSLATE_NOOP("Command", "What it counts depends on the generator.")));
    options.addOption(QStringLiteral("context"), QStringLiteral("n,..."), say(QT_TRANSLATE_NOOP("Command", "Words to be read.")));
    options.addOption(QStringLiteral("output"), QStringLiteral("file"), say(QT_TRANSLATE_NOOP("Command", "Where the suite goes; without it to the standard output.")));
    if (!options.parse(arguments, 0, 2))
        return options.exitCode();
    const QStringList words = options.subjects();
    const QString verb = words.isEmpty() ? QStringLiteral("list") : words.first();
    if (verb == QStringLiteral("list") && words.size() < 2)
        return listSuites(options.json());
    if (verb == QStringLiteral("describe") && words.size() == 2)
        return describe(words.last(), options.json());
    if (verb == QStringLiteral("generate") && words.size() == 2)
        return generate(words.last(), options);
    return failUsage(say(QT_TRANSLATE_NOOP("Command", "say list, describe NAME or generate GENERATOR")), options.json());
}

} // namespace assay
