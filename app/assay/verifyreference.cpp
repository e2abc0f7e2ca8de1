// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/verifyreference.h"

#include "core/base/file.h"
#include "core/service/endpointsubject.h"
#include "core/service/translation.h"
#include "core/service/workerbackend.h"

#include <QCoreApplication>

namespace assay {
namespace {

constexpr uint64_t kMostKeyBytes = 64 << 10;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

struct Option
{
    const char *name, *value, *help, *fallback;
};
constexpr Option kOptions[] = {
    {"trust", "file", QT_TRANSLATE_NOOP("Command", "The open key that must vouch for the reference's file, with a signature in FILE.sig."), ""},
    {"weights", "path", QT_TRANSLATE_NOOP("Command", "Beside a reference's file: a directory with its model, which reads the endpoint's answers token by token."), ""},
    {"alternative", "NAME=PATH", QT_TRANSLATE_NOOP("Command", "A model that power is told against; may be given several times."), ""},
    {"reference-key-env", "variable", QT_TRANSLATE_NOOP("Command", "The environment variable that holds the key of a reference that is an endpoint."), ""},
    {"device", "cpu|cuda", QT_TRANSLATE_NOOP("Command", "Where a reference's weights are computed."), "cpu"},
    {"dtype", "auto|f32|bf16|f16", QT_TRANSLATE_NOOP("Command", "In which they are computed; auto: as they are stored."), "auto"},
    {"worker", "command", QT_TRANSLATE_NOOP("Command", "How the worker is started that computes them."), ""},
};
constexpr const char *kSameStack = "same-stack";

} // namespace

void addVerifyReferenceOptions(Arguments &options)
{
    options.addOption(QStringLiteral("reference"), QStringLiteral("subject|file|url"),
                      say(QT_TRANSLATE_NOOP("Command", "Of files: a model that the weights are compared with. Of an endpoint: a reference's file (assay reference), a model's directory or another "
                                                       "endpoint; without a size it means --size standard.")));
    for (const Option &option : kOptions)
        options.addOption(QLatin1String(option.name), QLatin1String(option.value), say(option.help), QLatin1String(option.fallback));
    options.addFlag(QLatin1String(kSameStack), say(QT_TRANSLATE_NOOP("Command", "The endpoint is served as the reference is: same engine, device and precision. Without it nothing is supposed of that.")));
}

QString strayReferenceOption(const Arguments &options)
{
    for (const Option &option : kOptions) {
        if (options.isSet(QLatin1String(option.name)))
            return QLatin1String(option.name);
    }
    return options.isSet(QLatin1String(kSameStack)) ? QLatin1String(kSameStack) : QString();
}

Result<std::string> readKeyFile(const QString &file)
{
    auto text = readWholeFile(file.toStdString(), kMostKeyBytes);
    if (!text)
        return tl::unexpected(text.error());
    return QString::fromStdString(*text).trimmed().toStdString();
}

Result<std::vector<std::pair<std::string, std::string>>> alternativesOf(const Arguments &options)
{
    std::vector<std::pair<std::string, std::string>> out;
    for (const QString &text : options.values(QStringLiteral("alternative"))) {
        if (text.isEmpty())
            continue;
        const QString name = text.section(u'=', 0, 0), place = text.section(u'=', 1);
        if (name.isEmpty() || place.isEmpty())
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--alternative should be NAME=PATH")).toStdString()});
        out.emplace_back(name.toStdString(), place.toStdString());
    }
    return out;
}

Result<ReferenceChoice> referenceChoiceOf(const Arguments &options)
{
    ReferenceChoice out;
    out.place = options.value(QStringLiteral("reference")).toStdString();
    out.weights = options.value(QStringLiteral("weights")).toStdString();
    out.sameStack = options.isSet(QLatin1String(kSameStack));
    out.device = options.value(QStringLiteral("device")).toStdString();
    out.dtype = options.value(QStringLiteral("dtype")).toStdString();
    out.model = [worker = options.worker()](const std::string &directory) { return std::make_unique<WorkerBackend>(worker, directory); };
    auto alternatives = alternativesOf(options);
    if (!alternatives)
        return tl::unexpected(alternatives.error());
    out.alternatives = std::move(*alternatives);
    if (options.isSet(QStringLiteral("trust"))) {
        auto key = readKeyFile(options.value(QStringLiteral("trust")));
        if (!key)
            return tl::unexpected(key.error());
        if (key->empty())
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--trust holds no key of assay reference key")).toStdString()});
        out.trustedKey = std::move(*key);
    }
    if (addressKind(out.place) != AddressKind::Files) {
        auto key = findKey(toQString(endpointTarget(out.place).url), {options.value(QStringLiteral("reference-key-env"))});
        if (!key)
            return tl::unexpected(key.error());
        out.key = std::move(*key);
    }
    return out;
}

} // namespace assay
