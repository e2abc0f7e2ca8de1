// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/encodertexts.h"
#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>
#include <algorithm>
#include <numeric>

namespace assay {
namespace {

using nlohmann::json;

/// A classifier's labels and what its values are.
struct Labels
{
    std::vector<std::string> names;
    bool probabilities = true; ///< else the values of a regression

    std::string name(size_t i) const { return i < names.size() ? names[i] : std::to_string(i); }
    QString shown(double value) const { return probabilities ? toQString(formatPercent(value)) : QString::number(value, 'g', 6); }
};

/// Indices of the labels, the likeliest first.
std::vector<size_t> byValue(const std::vector<double> &values)
{
    std::vector<size_t> out(values.size());
    std::iota(out.begin(), out.end(), size_t(0));
    std::ranges::stable_sort(out, [&](size_t a, size_t b) { return values[a] > values[b]; });
    return out;
}

void printJsonResults(const std::vector<protocol::ClassifiedItem> &items, const Labels &labels, const std::string &problem, size_t most)
{
    json results = json::array();
    for (const protocol::ClassifiedItem &item : items) {
        json scores = json::array();
        for (const size_t i : byValue(item.values)) {
            if (scores.size() < most)
                scores.push_back({{"label", labels.name(i)}, {labels.probabilities ? "probability" : "value", item.values[i]}, {"logit", item.logits[i]}});
        }
        results.push_back({{"tokens", item.tokens}, {"truncated", item.truncated}, {"labels", scores}});
    }
    printJson({{"problem", problem}, {"results", results}});
}

void printTable(const protocol::ClassifiedItem &item, const Labels &labels, size_t most)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Command", text); };
    QList<QStringList> rows{{say(QT_TRANSLATE_NOOP("Command", "label")),
                             labels.probabilities ? say(QT_TRANSLATE_NOOP("Command", "probability")) : say(QT_TRANSLATE_NOOP("Command", "value")),
                             say(QT_TRANSLATE_NOOP("Command", "logit"))}};
    for (const size_t i : byValue(item.values)) {
        if (size_t(rows.size()) <= most)
            rows.append({toQString(labels.name(i)), labels.shown(item.values[i]), QString::number(item.logits[i], 'f', 4)});
    }
    for (const QString &line : alignedTable(rows, {false, true, true}))
        print(line);
}

} // namespace

int runClassify(const QStringList &arguments)
{
    Arguments options("classify", QCoreApplication::translate("Command", "What a classifier says of texts: its labels with their probabilities."),
                      QStringLiteral("SUBJECT"));
    addTextOptions(options);
    options.addOption(QStringLiteral("top"), QStringLiteral("N"), QCoreApplication::translate("Command", "Only the N likeliest labels; 0 is all."),
                      QStringLiteral("0"));
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    const auto items = textItems(options);
    const auto top = options.integer(QStringLiteral("top"), 0);
    if (!items || !top)
        return fail(items ? top.error() : items.error(), options.json());
    WorkerBackend backend(options.worker(), options.subjects().first().toStdString());
    if (auto opened = openModel(backend, options); !opened)
        return fail(opened.error(), options.json());
    const auto classified = answersOfTexts(backend, protocol::ClassifyRequest{0, *items}, &protocol::ClassifyResult::items, &WorkerBackend::classify);
    if (!classified)
        return fail(classified.error(), options.json());
    const protocol::LoadResult &model = backend.loaded();
    const Labels labels{model.labels, model.problem != "regression"};
    for (const protocol::ClassifiedItem &item : *classified) {
        if (item.values.size() != item.logits.size())
            return fail(Error{ErrorCode::ProtocolViolation, {"classify: there is one value for each logit"}, {}}, options.json());
    }
    const size_t most = *top == 0 ? SIZE_MAX : size_t(*top);
    if (options.json()) {
        printJsonResults(*classified, labels, model.problem, most);
        return 0;
    }
    for (size_t i = 0; i < classified->size(); ++i) {
        printTextHeading(i, classified->size(), (*classified)[i].truncated);
        printTable((*classified)[i], labels, most);
    }
    return 0;
}

} // namespace assay
