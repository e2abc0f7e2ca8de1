// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/encodertexts.h"
#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

json maskJson(int64_t position, const protocol::TokenScore &filler)
{
    json top = json::array();
    for (const protocol::TokenProbability &one : filler.top)
        top.push_back({{"id", one.id}, {"piece", one.piece}, {"logprob", one.logProbability}});
    return {{"position", position}, {"top", top}, {"tail", filler.tail}};
}

void printJsonResults(const std::vector<protocol::FilledItem> &items)
{
    json results = json::array();
    for (const protocol::FilledItem &item : items) {
        json masks = json::array();
        for (size_t i = 0; i < item.fillers.size(); ++i)
            masks.push_back(maskJson(item.positions[i], item.fillers[i]));
        results.push_back({{"tokens", item.tokens}, {"truncated", item.truncated}, {"masks", masks}});
    }
    printJson({{"results", results}});
}

void printItem(const protocol::FilledItem &item)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Command", text); };
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "position")), say(QT_TRANSLATE_NOOP("Command", "token")),
                             say(QT_TRANSLATE_NOOP("Command", "id")), say(QT_TRANSLATE_NOOP("Command", "probability")),
                             say(QT_TRANSLATE_NOOP("Command", "log-probability"))}};
    for (size_t i = 0; i < item.fillers.size(); ++i) {
        for (const protocol::TokenProbability &one : item.fillers[i].top)
            rows.append({QString::number(item.positions[i]), toQString(one.piece), QString::number(one.id),
                         toQString(formatPercent(std::exp(one.logProbability))), QString::number(one.logProbability, 'f', 4)});
    }
    for (const QString &line : alignedTable(rows, {true, false, true, true, true}))
        print(line);
}

} // namespace

int runFill(const QStringList &arguments)
{
    Arguments options("fill", QCoreApplication::translate("Command", "What a masked language model puts in the place of masks: [MASK] or <mask> in the text."),
                      QStringLiteral("SUBJECT"));
    addTextOptions(options);
    options.addOption(QStringLiteral("top"), QStringLiteral("N"), QCoreApplication::translate("Command", "The N likeliest tokens of each mask."),
                      QStringLiteral("5"));
    options.addOption(QStringLiteral("mask"), QStringLiteral("id"), QCoreApplication::translate("Command", "The mask's token id, where the tokenizer does not tell it."));
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    const auto items = textItems(options);
    const auto top = options.integer(QStringLiteral("top"), 1);
    const auto mask = options.isSet(QStringLiteral("mask")) ? options.integer(QStringLiteral("mask"), 0) : Result<int64_t>(0);
    if (!items)
        return fail(items.error(), options.json());
    if (!top || !mask)
        return fail(top ? mask.error() : top.error(), options.json());
    WorkerBackend backend(options.worker(), options.subjects().first().toStdString());
    if (auto opened = openModel(backend, options); !opened)
        return fail(opened.error(), options.json());
    protocol::FillRequest request{0, *items, {}, *top};
    if (options.isSet(QStringLiteral("mask")))
        request.mask = *mask;
    const auto filled = answersOfTexts(backend, request, &protocol::FillResult::items, &WorkerBackend::fill);
    if (!filled)
        return fail(filled.error(), options.json());
    for (const protocol::FilledItem &item : *filled) {
        if (item.positions.size() != item.fillers.size())
            return fail(Error{ErrorCode::ProtocolViolation, {"fill: there is one filler for each mask"}, {}}, options.json());
    }
    if (options.json()) {
        printJsonResults(*filled);
        return 0;
    }
    for (size_t i = 0; i < filled->size(); ++i) {
        printTextHeading(i, filled->size(), (*filled)[i].truncated);
        printItem((*filled)[i]);
    }
    return 0;
}

} // namespace assay
