// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/verificationview.h"

#include "core/base/units.h"
#include "core/compare/identity/identitycharts.h"
#include "core/compare/identity/identitytext.h"
#include "core/service/translation.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/columns.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/itemviews.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/runs/groupedrows.h"
#include "widgets/verify/claimmodel.h"
#include "widgets/verify/claimwidths.h"
#include "widgets/verify/priorodds.h"
#include "widgets/verify/textmodel.h"
#include "widgets/verify/tiercard.h"
#include "widgets/verify/verdictbanner.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr int kWidestColumn = 300, kMostRows = 14;

constexpr std::array<ColumnDefinition, 1> kNearestColumns{{
    {QT_TRANSLATE_NOOP("Column", "Known model, and what agrees or differs"), QT_TRANSLATE_NOOP("Column", "The best fitting first; a model that only shares its config may fit as well")},
}};

QLabel *wrappedLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

/// As high as its rows, up to what still leaves room on a page: beyond that the table scrolls.
void fitHeight(QTreeView *view, int rows)
{
    const int row = std::max(view->sizeHintForRow(0), view->fontMetrics().height() + 6);
    view->setFixedHeight(view->header()->sizeHint().height() + (std::clamp(rows, 1, kMostRows) + 1) * row + 2 * view->frameWidth());
}

/// As it is typed, with every digit: "20", "1:20".
QString priorText(double odds)
{
    const bool against = odds < 1;
    const QString number = QLocale::c().toString(against ? 1 / odds : odds, 'g', 12);
    return against ? QStringLiteral("1:") + number : number;
}

void addLines(QStringList &out, const QString &title, const std::vector<Told> &sentences)
{
    if (sentences.empty())
        return;
    out << title;
    for (const Told &one : sentences)
        out << QStringLiteral("  \u2022 ") + toQString(one.sentence(qtTranslate()));
}

} // namespace

VerificationView::VerificationView(QWidget *parent)
    : QWidget(parent), m_banner(new VerdictBanner(this)), m_claims(new ClaimModel(this)), m_sorted(new QSortFilterProxyModel(this)),
      m_nearest(new GroupedRows(kNearestColumns, this))
{
    m_sorted->setSourceModel(m_claims);
    m_sorted->setSortRole(kSortRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(buildContent(), 1);
}

QLabel *VerificationView::addHeading(QVBoxLayout *column, const QString &text)
{
    auto *heading = new QLabel(text, column->parentWidget());
    heading->setTextFormat(Qt::PlainText); // subjects and sheets have names of any kind
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    heading->setContentsMargins(0, 8, 0, 0);
    column->addWidget(heading);
    return heading;
}

QWidget *VerificationView::buildContent()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Verification"));
    auto *content = new QWidget(scroll);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(12, 8, 12, 12);
    m_summary = wrappedLabel(content);
    m_summary->setObjectName(QStringLiteral("summary"));
    column->addWidget(m_summary);
    m_claimsHeading = addHeading(column, tr("Claims"));
    m_claimsPart = buildClaims();
    column->addWidget(m_claimsPart);
    addHeading(column, tr("Evidence, from what is easiest to forge to what is hardest"));
    m_cards = new QWidget(content);
    auto *cards = new QVBoxLayout(m_cards);
    cards->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_cards);
    m_chartsHeading = addHeading(column, tr("How strong it is"));
    m_charts = new ChartGrid(content);
    column->addWidget(m_charts);
    m_nearestHeading = addHeading(column, tr("Nearest known models"));
    m_nearestView = makeTreeView(tr("Nearest known models"), true, content);
    m_nearestView->setModel(m_nearest);
    column->addWidget(m_nearestView);
    m_oddsHeading = addHeading(column, tr("Odds"));
    column->addWidget(buildOdds());
    m_testsView = makeTreeView(tr("Registered tests"), false, content);
    m_testsView->setModel(new TextModel(m_testsView));
    column->addWidget(m_testsView);
    addHeading(column, tr("How it was checked"));
    m_protocolView = makeTreeView(tr("How it was checked"), false, content);
    m_protocolView->setModel(new TextModel(m_protocolView));
    column->addWidget(m_protocolView);
    column->addStretch(1);
    scroll->setWidget(content);
    connect(m_charts, &ChartGrid::saveFailed, this, &VerificationView::pictureFailed);
    return scroll;
}

QWidget *VerificationView::buildClaims()
{
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    m_filter = new FilterBar(tr("Search in claims"), part);
    m_claimsView = makeTreeView(tr("Claims"), false, part);
    m_claimsView->setModel(m_sorted);
    m_claimsView->setSortingEnabled(true);
    m_claimsView->header()->setSortIndicator(-1, Qt::AscendingOrder); // the sheet's own order until somebody asks for another
    m_sorted->sort(-1);
    m_claimWidths = new ClaimWidths(m_claimsView);
    layout->addWidget(m_filter);
    layout->addWidget(m_claimsView);
    connect(m_filter, &FilterBar::filterChanged, this, [this](const QString &text) {
        m_sorted->setFilterFixedString(text);
        m_filter->setCount(m_sorted->rowCount(), m_claims->rowCount());
    });
    connect(m_filter, &FilterBar::leftDown, m_claimsView, [this] { m_claimsView->setFocus(); });
    return part;
}

QWidget *VerificationView::buildOdds()
{
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    auto *label = new QLabel(tr("&Prior odds of the claim over its alternatives"), part);
    m_prior = new QLineEdit(part);
    m_prior->setAccessibleName(tr("Prior odds"));
    m_prior->setPlaceholderText(tr("none"));
    m_prior->setToolTip(tr("What you believed before: 20, 20:1 or 1:20. It changes posterior odds alone, which stand apart from what was found."));
    m_prior->setMaximumWidth(fontMetrics().averageCharWidth() * 16);
    label->setBuddy(m_prior);
    m_priorProblem = new QLabel(part);
    m_priorProblem->setObjectName(QStringLiteral("problem"));
    row->addWidget(label);
    row->addWidget(m_prior);
    row->addWidget(m_priorProblem, 1);
    m_oddsView = makeTreeView(tr("Odds"), false, part);
    m_oddsView->setModel(new TextModel(m_oddsView));
    layout->addLayout(row);
    layout->addWidget(m_oddsView);
    connect(m_prior, &QLineEdit::textEdited, this, &VerificationView::judgeAgain);
    connect(m_prior, &QLineEdit::editingFinished, this, &VerificationView::priorLeft);
    return part;
}

void VerificationView::setVerification(const Verification &verification)
{
    m_shown = verification;
    m_priorProblem->clear();
    m_prior->setText(verification.rules.priorOdds ? priorText(*verification.rules.priorOdds) : QString());
    showClaims();
    showEvidence();
    showNearest();
    const std::vector<ChartSpec> charts = identityCharts(m_shown, qtTranslate());
    m_charts->setCharts(charts);
    m_charts->setVisible(!charts.empty());
    m_chartsHeading->setVisible(!charts.empty());
    showVerdict();
}

void VerificationView::judgeAgain()
{
    const QString text = m_prior->text().trimmed();
    const auto odds = oddsFromText(text);
    const bool wrong = !text.isEmpty() && !odds;
    m_priorProblem->setText(wrong ? tr("Odds are numbers such as 20, 20:1 or 1:20, up to a million to one.") : QString());
    if (wrong)
        return;
    m_shown.rules.priorOdds = text.isEmpty() ? std::nullopt : odds;
    m_shown.verdict = judge(m_shown.evidence, m_shown.rules);
    showVerdict();
    emit judged();
}

void VerificationView::showVerdict()
{
    m_banner->setVerification(m_shown);
    const Verdict &verdict = m_shown.verdict;
    QStringList lines;
    if (m_shown.interrupted)
        lines << tr("Broken off before its end: what stands here is what was found until then.");
    addLines(lines, tr("Why:"), verdict.reasons);
    addLines(lines, tr("Not determined:"), verdict.open);
    addLines(lines, tr("What to test next:"), verdict.next);
    addLines(lines, tr("Notes:"), m_shown.notes);
    m_summary->setText(lines.join(u'\n'));
    m_summary->setVisible(!lines.isEmpty());
    showTables();
}

void VerificationView::showClaims()
{
    m_claims->setRows(m_shown.claims);
    const bool any = m_claims->rowCount() > 0;
    m_claimsHeading->setText(any ? tr("Claims of %1").arg(toQString(claimTitle(m_shown))) : tr("No claim was held against it."));
    m_claimsPart->setVisible(any);
    m_filter->setCount(m_sorted->rowCount(), m_claims->rowCount());
    fitHeight(m_claimsView, m_claims->rowCount()); // first: a scroll bar takes some of the width
    m_claimWidths->fit();
}

void VerificationView::showEvidence()
{
    QLayout *cards = m_cards->layout();
    while (QLayoutItem *item = cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QStringList silent;
    for (const TierDefinition &tier : tierDefinitions()) {
        if (std::ranges::any_of(m_shown.evidence, [&](const Evidence &one) { return one.tier == tier.tier; }))
            cards->addWidget(new TierCard(tier, m_shown.evidence, m_cards));
        else
            silent << QStringLiteral("%1 %2").arg(QLatin1String(tier.id), toQString(qtTranslate()("Identity", tier.label)));
    }
    if (silent.isEmpty())
        return;
    QLabel *line = wrappedLabel(m_cards);
    line->setObjectName(QStringLiteral("silentTiers"));
    line->setText(tr("Not looked at: %1").arg(silent.join(QStringLiteral(", "))));
    cards->addWidget(line);
}

void VerificationView::showNearest()
{
    const Translate translate = qtTranslate();
    std::vector<RowGroup> groups;
    for (const NearestModel &model : m_shown.nearest) {
        RowGroup group{tr("%1: %2 % of what can be held against it agrees").arg(toQString(model.title.empty() ? model.profile : model.title), toQString(threeDigits(model.score * 100))), {}};
        if (model.structureEqual)
            group.rows.push_back({{tr("agrees: every tensor's name and shape")}, {}});
        for (const Told &one : model.agrees)
            group.rows.push_back({{tr("agrees: %1").arg(toQString(one.sentence(translate)))}, {}});
        for (const Told &one : model.differs)
            group.rows.push_back({{tr("differs: %1").arg(toQString(one.sentence(translate)))}, {}});
        groups.push_back(std::move(group));
    }
    m_nearest->setGroups(std::move(groups));
    if (m_nearest->rowCount() > 0)
        m_nearestView->expand(m_nearest->index(0, 0));
    const bool any = m_nearest->rowCount() > 0;
    m_nearestHeading->setVisible(any);
    m_nearestView->setVisible(any);
    fitHeight(m_nearestView, m_nearest->rowCount() + (any ? m_nearest->rowCount(m_nearest->index(0, 0)) : 0));
}

void VerificationView::showTables()
{
    const Translate translate = qtTranslate();
    const auto show = [](QTreeView *view, IdentityTable table) {
        auto *model = static_cast<TextModel *>(view->model());
        view->setVisible(!table.rows.empty());
        model->setTable(std::move(table));
        fitColumns(view, kWidestColumn);
        fitHeight(view, model->rowCount());
    };
    show(m_oddsView, oddsTable(m_shown, translate));
    show(m_testsView, testsTable(m_shown, translate));
    show(m_protocolView, protocolTable(m_shown, translate));
}

void VerificationView::focusFilter()
{
    m_filter->focusField();
}

QString VerificationView::summary() const
{
    return m_summary->text();
}

} // namespace assay
