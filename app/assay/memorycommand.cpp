// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/opensubject.h"
#include "core/base/units.h"
#include "core/compare/memorysheet.h"
#include "core/service/devicetable.h"
#include "core/service/resources.h"
#include "core/service/runlibrary.h"
#include "core/service/subjectfiles.h"
#include "core/service/translation.h"
#include "core/service/workspace.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr int64_t kMostDevices = 65536, kMostBatch = 1 << 20;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

template <class Rows> QString idsOf(const Rows &rows)
{
    QStringList ids;
    for (const auto &row : rows)
        ids << QString::fromLatin1(row.id);
    return ids.join(QStringLiteral(", "));
}

tl::unexpected<Error> unknownChoice(const char *option, const QString &value, const QString &choices)
{
    return failure(ErrorCode::BadUsage,
                   {say(QT_TRANSLATE_NOOP("Command", "--%1 knows %2, not %3")).arg(QLatin1String(option), choices, value).toStdString()});
}

/// The device that was asked for; without one the plan has no line to hold itself against.
Result<const Device *> chosenDevice(const Arguments &options)
{
    const QString name = options.value(QStringLiteral("device"));
    if (name.isEmpty())
        return nullptr;
    const auto &table = deviceTable();
    if (!table)
        return tl::unexpected(table.error());
    if (const Device *device = table->find(name.toStdString()))
        return device;
    QStringList names;
    for (const Device &device : table->devices)
        names << toQString(device.name);
    return unknownChoice("device", name, names.join(QStringLiteral(", ")));
}

/// The request, its runtime left to the model where none is named.
Result<MemoryRequest> requestOf(const Arguments &options)
{
    MemoryRequest request;
    const QString runtime = options.value(QStringLiteral("runtime")), weights = options.value(QStringLiteral("dtype")),
                  cache = options.value(QStringLiteral("kv-dtype"));
    request.runtime = runtime.isEmpty() ? nullptr : findRuntime(runtime.toStdString());
    request.weights = findWeightFormat(weights.toStdString());
    request.cache = findCacheFormat(cache.toStdString());
    if (!request.runtime && !runtime.isEmpty())
        return unknownChoice("runtime", runtime, idsOf(runtimes()));
    if (!request.weights)
        return unknownChoice("dtype", weights, idsOf(weightFormatChoices()));
    if (!request.cache)
        return unknownChoice("kv-dtype", cache, idsOf(cacheFormats()));
    const auto context = options.integer(QStringLiteral("context"), 1), batch = options.integer(QStringLiteral("batch"), 1),
               devices = options.integer(QStringLiteral("devices"), 1);
    for (const auto *number : {&context, &batch, &devices}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    auto device = chosenDevice(options);
    if (!device)
        return tl::unexpected(device.error());
    request.context = std::min(*context, kMostContext);
    request.batch = std::min(*batch, kMostBatch);
    request.devices = std::min(*devices, kMostDevices);
    request.device = *device;
    request.nextToken = options.isSet(QStringLiteral("mtp"));
    return request;
}

/// What benchmarks on this machine measured of the same weights; nothing is created where there is no store.
std::vector<MeasuredMemory> measuredHere(const Inspection &inspection, const MemoryModel &model, const QString &path)
{
    if (!QFileInfo::exists(storeFile()) || isRemoteSubject(path.toStdString()))
        return {};
    RunLibrary library(storeFile());
    QEventLoop waiting;
    QObject::connect(&library, &RunLibrary::loaded, &waiting, &QEventLoop::quit);
    library.load();
    if (!library.isLoaded())
        waiting.exec();
    const SubjectRef subject{path.toStdString(), inspection.facts.name, weightsFingerprint(inspection)};
    const auto run = library.latestBench(subject);
    return run ? measuredMemory(model, *run) : std::vector<MeasuredMemory>{};
}

QString rangeText(const MemoryRange &bytes)
{
    return toQString(formatRange(bytes));
}

void printTerms(const MemorySheet &sheet)
{
    QList<QStringList> rows;
    for (const MemoryTerm &term : sheet.plan.terms)
        rows.append({QCoreApplication::translate("Memory", term.label), rangeText(term.bytes), toQString(term.formula)});
    rows.append({say(QT_TRANSLATE_NOOP("Command", "Total")), rangeText(sheet.plan.total()), {}});
    if (sheet.plan.devices > 1)
        rows.append({say(QT_TRANSLATE_NOOP("Command", "Each device")), rangeText(sheet.plan.perDevice()),
                     say(QT_TRANSLATE_NOOP("Command", "weights and cache divided evenly, the rest on each"))});
    for (const QString &line : alignedTable(rows, {false, true, false}))
        print(line);
}

void printSheet(const MemorySheet &sheet)
{
    print(toQString(memoryVerdict(sheet, qtTranslate())));
    print({});
    printTerms(sheet);
    print({});
    if (sheet.request.device && sheet.request.device->memory)
        print(QStringLiteral("%1: %2").arg(toQString(sheet.request.device->name),
                                           toQString(memoryEvidence(*sheet.request.device, true, qtTranslate()))));
    if (sheet.floor)
        print(say(QT_TRANSLATE_NOOP("Command", "One decode step takes at least %1 (an estimate): %2"))
                  .arg(toQString(formatSeconds(sheet.floor->seconds)), toQString(sheet.floor->formula)));
    for (const MeasuredMemory &point : sheet.measured)
        print(filled(say(QT_TRANSLATE_NOOP("Command", "Measured with %1 {1:token|tokens} x %2: %3; the estimate says %4 (error %5)")),
                     {QString::number(point.context), QString::number(point.batch), toQString(formatBytes(double(point.bytes))),
                      rangeText(point.estimate), toQString(formatPercent(point.error()))}));
    print(say(QT_TRANSLATE_NOOP("Command", "Taken for granted of %1:")).arg(QString::fromLatin1(sheet.request.runtime->name)));
    for (const RuntimeAssumption &assumption : sheet.request.runtime->assumptions)
        print(QStringLiteral("  %1 [%2]").arg(QCoreApplication::translate("Runtime", assumption.text),
                                              QString::fromLatin1(assumption.source)));
}

void addOptions(Arguments &options)
{
    options.addOption(QStringLiteral("device"), QStringLiteral("name"),
                      say(QT_TRANSLATE_NOOP("Command", "A device of the table, by its name or a part of it that names one.")));
    options.addOption(QStringLiteral("devices"), QStringLiteral("N"),
                      say(QT_TRANSLATE_NOOP("Command", "How many of them share the weights and the cache.")), QStringLiteral("1"));
    options.addOption(QStringLiteral("runtime"), QStringLiteral("name"),
                      say(QT_TRANSLATE_NOOP("Command", "One of %1.")).arg(idsOf(runtimes())));
    options.addOption(QStringLiteral("dtype"), QStringLiteral("name"),
                      say(QT_TRANSLATE_NOOP("Command", "Weights: one of %1.")).arg(idsOf(weightFormatChoices())), QStringLiteral("stored"));
    options.addOption(QStringLiteral("kv-dtype"), QStringLiteral("name"),
                      say(QT_TRANSLATE_NOOP("Command", "Cache: one of %1.")).arg(idsOf(cacheFormats())), QStringLiteral("f16"));
    options.addOption(QStringLiteral("context"), QStringLiteral("N"),
                      say(QT_TRANSLATE_NOOP("Command", "Tokens in each sequence.")), QStringLiteral("8192"));
    options.addOption(QStringLiteral("batch"), QStringLiteral("N"),
                      say(QT_TRANSLATE_NOOP("Command", "Sequences at a time.")), QStringLiteral("1"));
    options.addFlag(QStringLiteral("mtp"), say(QT_TRANSLATE_NOOP("Command", "Loads multi-token-prediction layers too, where the runtime can.")));
}

} // namespace

int runMemory(const QStringList &arguments)
{
    Arguments options("memory", say(QT_TRANSLATE_NOOP("Command", "Estimates the memory that running a model needs, term by term.")),
                      QStringLiteral("SUBJECT"));
    addOptions(options);
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    auto request = requestOf(options);
    if (!request)
        return fail(request.error(), options.json());
    const QString path = options.subjects().first();
    const auto inspection = inspectSubject(path);
    if (!inspection)
        return fail(inspection.error(), options.json());
    if (!request->runtime)
        request->runtime = &usualRuntime(inspection->facts.format);
    const MemoryModel model = memoryModel(inspection->facts);
    MemorySheet sheet = memorySheet(model, *request, options.json() ? Translate(untranslated) : qtTranslate());
    sheet.measured = measuredHere(*inspection, model, path);
    if (options.json())
        printJson(memorySheetJson(sheet));
    else
        printSheet(sheet);
    return 0;
}

} // namespace assay
