// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/endpointview.h"

#include "core/bench/metrics.h"
#include "core/endpoint/dialect.h"
#include "core/service/endpointsubject.h"
#include "core/service/translation.h"
#include "widgets/common/itemviews.h"
#include "widgets/inspect/factmodel.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeView>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr int kColumnMost = 28; ///< characters: the evidence needs room, too
constexpr size_t kShownBytes = 200'000; ///< of a body

QLabel *makeText(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // names and words of strangers
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

/// Indented where it is JSON.
QString readable(const std::string &body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    const std::string text =
        json.is_discarded() ? body : json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
    return toQString(validUtf8(std::string_view(text).substr(0, kShownBytes)));
}

QString softwareName(const std::string &server)
{
    const Dialect *own = findDialect(server);
    return own ? QString::fromLatin1(own->label) : toQString(server);
}

QString outcomeOf(const ProbeAnswer &answer)
{
    const QString words = answer.failure == Failure::None
                              ? QString()
                              : QCoreApplication::translate("Failure", definitionOf(answer.failure).label);
    return answer.status > 0 && !words.isEmpty() ? QString::number(answer.status) + QStringLiteral(" · ") + words
           : answer.status > 0                   ? QString::number(answer.status)
                                                 : words;
}

} // namespace

EndpointView::EndpointView(QWidget *parent) : QWidget(parent), m_claims(new FactModel(this))
{
    m_head = makeText(this);
    m_contradictions = makeText(this);
    m_untold = makeText(this);
    auto *parts = new QSplitter(Qt::Horizontal, this);
    parts->addWidget(makeClaims());
    parts->addWidget(makeAnswers());
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    parts->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_head);
    layout->addWidget(m_contradictions);
    layout->addWidget(parts, 1);
    layout->addWidget(m_untold);
}

QWidget *EndpointView::makeClaims()
{
    m_claimView = makeTreeView(tr("What the endpoint tells of itself"), true, this);
    m_claimView->setModel(m_claims);
    m_claimView->setColumnHidden(FactModel::Source, true); // all are declared; where each stands is worth the room
    return m_claimView;
}

QWidget *EndpointView::makeAnswers()
{
    auto *side = new QSplitter(Qt::Vertical, this);
    m_answers = new QTreeWidget(side);
    m_answers->setAccessibleName(tr("Questions and answers"));
    m_answers->setRootIsDecorated(false);
    m_answers->setUniformRowHeights(true);
    m_answers->setHeaderLabels({tr("Question"), tr("Answer"), tr("Time")});
    m_body = new QPlainTextEdit(side);
    m_body->setReadOnly(true);
    m_body->setTabChangesFocus(true);
    m_body->setAccessibleName(tr("The chosen answer as it came"));
    m_body->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    side->addWidget(m_answers);
    side->addWidget(m_body);
    side->setChildrenCollapsible(false);
    connect(m_answers, &QTreeWidget::currentItemChanged, this,
            [this](QTreeWidgetItem *item) { showAnswer(m_answers->indexOfTopLevelItem(item)); });
    return side;
}

void EndpointView::setEndpoint(std::shared_ptr<const EndpointFacts> facts)
{
    if (facts == m_facts)
        return;
    m_facts = std::move(facts);
    if (!m_facts)
        return;
    showHead();
    m_claims->setRows(claimRows(*m_facts));
    for (int group = 0; group < m_claims->rowCount(); ++group)
        m_claimView->setFirstColumnSpanned(group, {}, true);
    m_claimView->expandAll();
    fitColumns(m_claimView, kColumnMost * fontMetrics().averageCharWidth());
    showAnswers();
}

void EndpointView::showHead()
{
    const Dialect *dialect = findDialect(m_facts->dialect);
    QStringList lines{tr("Whoever runs the server writes what stands here: these are claims, not facts.")};
    lines << (m_facts->server.empty() ? tr("Which software answers is not told.")
                                      : tr("The answers look like those of %1.").arg(softwareName(m_facts->server)));
    if (dialect)
        lines << tr("It is asked in the dialect %1.").arg(QString::fromLatin1(dialect->label));
    if (m_facts->roundTrip)
        lines << tr("Fastest answer: %1.").arg(toQString(formatValue(Unit::Seconds, *m_facts->roundTrip)));
    if (modelIsUnlisted(*m_facts))
        lines << tr("It does not list the model %1.").arg(toQString(m_facts->model));
    if (m_facts->models.size() > 1)
        lines << tr("Models that it lists: %1.").arg(m_facts->models.size());
    m_head->setText(lines.join(u' '));

    QStringList contradictions;
    for (const auto &[a, b] : disagreements(*m_facts))
        contradictions << tr("It contradicts itself: %1 is %2 (%3) and %4 (%5).")
                              .arg(QCoreApplication::translate("Fact", a.definition->label), toQString(shownClaim(a)), toQString(a.source),
                                   toQString(shownClaim(b)), toQString(b.source));
    m_contradictions->setText(contradictions.join(u'\n'));
    m_contradictions->setVisible(!contradictions.isEmpty());

    QStringList untold;
    for (const std::string &id : m_facts->untold)
        untold << QCoreApplication::translate("Fact", findClaim(id)->label);
    m_untold->setText(tr("It does not tell: %1").arg(untold.join(QStringLiteral(", "))));
    m_untold->setVisible(!untold.isEmpty());
}

void EndpointView::showAnswers()
{
    m_answers->clear();
    for (const ProbeAnswer &answer : m_facts->answers) {
        auto *item = new QTreeWidgetItem(m_answers, {toQString(answer.method + " " + answer.path), outcomeOf(answer),
                                                     answer.seconds > 0 ? toQString(formatValue(Unit::Seconds, answer.seconds)) : QString()});
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(1, toQString(validUtf8(answer.detail)));
    }
    m_answers->header()->resizeSections(QHeaderView::ResizeToContents);
    m_answers->header()->setStretchLastSection(false);
    if (m_answers->topLevelItemCount() > 0)
        m_answers->setCurrentItem(m_answers->topLevelItem(0));
    else
        m_body->clear();
}

void EndpointView::showAnswer(int row)
{
    if (row < 0 || size_t(row) >= m_facts->answers.size())
        return;
    const ProbeAnswer &answer = m_facts->answers[size_t(row)];
    QString text = readable(answer.body);
    for (const auto &[name, value] : answer.headers)
        text += u'\n' + toQString(validUtf8(name)) + QStringLiteral(": ") + toQString(validUtf8(value));
    m_body->setPlainText(text);
}

} // namespace assay
