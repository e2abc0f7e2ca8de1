// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/runs/comparisonpanel.h"

#include "core/service/background.h"
#include "core/service/translation.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/statepage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTreeView>

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr int kWidestColumn = 360, kLineHeight = 24, kAroundChart = 170;

constexpr std::array<ColumnDefinition, 7> kColumns{{
    {QT_TRANSLATE_NOOP("Column", "Metric"), QT_TRANSLATE_NOOP("Column", "What both runs measured under the same load, or a setting in which they differ")},
    {QT_TRANSLATE_NOOP("Column", "Reference"), QT_TRANSLATE_NOOP("Column", "The reference's value with its 95 % interval"), true},
    {QT_TRANSLATE_NOOP("Column", "Compared"), QT_TRANSLATE_NOOP("Column", "The other run's value with its 95 % interval"), true},
    {QT_TRANSLATE_NOOP("Column", "Judgement"), QT_TRANSLATE_NOOP("Column", "What the difference is worth, in words")},
    {QT_TRANSLATE_NOOP("Column", "Difference"), QT_TRANSLATE_NOOP("Column", "The other run's value minus the reference's, with the 95 % interval of the difference"), true},
    {QT_TRANSLATE_NOOP("Column", "In per cent"), QT_TRANSLATE_NOOP("Column", "The same as a share of the reference's value"), true},
    {QT_TRANSLATE_NOOP("Column", "Interval of"), QT_TRANSLATE_NOOP("Column", "Paired: of samples of the same prompt or repetition, one by one, so that what both have in common is not in it")},
}};

RowGroup unlikeGroup(const RunComparison &comparison)
{
    RowGroup group{ComparisonPanel::tr("Not alike"), {}};
    for (const UnlikeSetting &setting : comparison.unlike) {
        const QString name = toQString(setting.name);
        const QString run = comparison.names.size() > 2 ? ComparisonPanel::tr("%1, %2").arg(name, toQString(comparison.names[setting.run])) : name;
        group.rows.push_back({{run, toQString(setting.reference), toQString(setting.value),
                               setting.forbids ? ComparisonPanel::tr("forbids a comparison") : QString()},
                              {}});
    }
    return group;
}

QString summaryOf(const RunComparison &comparison)
{
    QStringList unlike, lines;
    for (const UnlikeSetting &setting : comparison.unlike) {
        if (comparison.names.size() == 2)
            unlike << ComparisonPanel::tr("%1 (%2, not %3)").arg(toQString(setting.name), toQString(setting.value), toQString(setting.reference));
        else if (!unlike.contains(toQString(setting.name)))
            unlike << toQString(setting.name);
    }
    lines << (unlike.isEmpty() ? ComparisonPanel::tr("Made alike.") : ComparisonPanel::tr("Not alike: %1.").arg(unlike.join(QStringLiteral(", "))));
    for (const std::string &note : comparison.notes)
        lines << toQString(note);
    return lines.join(u'\n');
}

} // namespace

std::vector<RowGroup> differenceGroups(const RunComparison &comparison)
{
    std::vector<RowGroup> groups;
    if (!comparison.unlike.empty())
        groups.push_back(unlikeGroup(comparison));
    std::pair<size_t, std::string> last;
    for (const RunDifference &row : comparison.rows) {
        const std::pair<size_t, std::string> place{row.run, row.point};
        if (place != last)
            groups.push_back({ComparisonPanel::tr("%1: %2").arg(toQString(comparison.names[row.run]), toQString(row.point)), {}});
        last = place;
        groups.back().rows.push_back({{toQString(row.label), toQString(row.referenceText), toQString(row.valueText), toQString(row.judgement),
                                       toQString(row.absoluteText), toQString(row.percentText), toQString(row.intervalText)},
                                      toQString(row.tooltip)});
    }
    return groups;
}

ComparisonPanel::ComparisonPanel(QWidget *parent)
    : QWidget(parent), m_stack(new QStackedLayout(this)), m_state(new StatePage(this)), m_content(new QWidget(this)), m_rows(new GroupedRows(kColumns, this))
{
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(8, 4, 8, 0);
    layout->addWidget(buildHead());
    m_summary = new QLabel(m_content);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_summary->setAccessibleName(tr("What the comparison says"));
    layout->addWidget(m_summary);
    m_tabs = new QTabWidget(m_content);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Comparison of runs"));
    m_view = makeTreeView(tr("Differences of the runs"), true, m_tabs);
    m_view->setModel(m_rows);
    m_tabs->addTab(m_view, tr("Differences"));
    auto *scroll = new QScrollArea(m_tabs);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_chartHolder = new QWidget(scroll);
    m_chartLayout = new QVBoxLayout(m_chartHolder);
    scroll->setWidget(m_chartHolder);
    m_tabs->addTab(scroll, tr("Chart"));
    layout->addWidget(m_tabs, 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_content);
}

QWidget *ComparisonPanel::buildHead()
{
    auto *head = new QWidget(m_content);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *label = new QLabel(tr("Reference:"), head);
    m_reference = new QComboBox(head);
    m_reference->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_reference->setMinimumContentsLength(14); // it takes what room there is
    m_reference->setToolTip(tr("The run that the others are set against"));
    m_reference->setAccessibleName(tr("Reference"));
    label->setBuddy(m_reference);
    auto *report = new QPushButton(tr("Report..."), head);
    report->setToolTip(tr("Writes this comparison as PDF, HTML, Markdown, CSV or JSON"));
    auto *close = new QPushButton(tr("Close Comparison"), head);
    layout->addWidget(label);
    layout->addWidget(m_reference, 1);
    layout->addStretch(1);
    layout->addWidget(report);
    layout->addWidget(close);
    connect(report, &QPushButton::clicked, this, &ComparisonPanel::reportRequested);
    connect(m_reference, &QComboBox::activated, this, &ComparisonPanel::compare);
    connect(close, &QPushButton::clicked, this, &ComparisonPanel::closed);
    return head;
}

void ComparisonPanel::setRuns(std::vector<RunLine> lines)
{
    m_lines = std::move(lines);
    std::ranges::stable_sort(m_lines, {}, [](const RunLine &line) { return line.header().startedAt; });
    m_reference->clear();
    for (const RunLine &line : m_lines)
        m_reference->addItem(tr("%1, %2").arg(line.subject, line.when));
    m_reference->setCurrentIndex(0);
    m_comparison.reset();
    m_state->showLoading(tr("Reading the runs..."));
    m_stack->setCurrentWidget(m_state);
    compare();
}

std::vector<ComparedRun> ComparisonPanel::runs() const
{
    std::vector<ComparedRun> runs;
    for (const RunLine &line : m_lines)
        runs.push_back({line.bench, line.evaluation, tr("%1, %2").arg(line.subject, line.when).toStdString()});
    const int reference = std::max(0, m_reference->currentIndex());
    std::rotate(runs.begin(), runs.begin() + reference, runs.begin() + reference + 1);
    return runs;
}

void ComparisonPanel::compare()
{
    m_comparison.reset();
    const quint64 asked = ++m_asked;
    inBackground(this, [runs = runs()] { return std::make_shared<const RunComparison>(compareRuns(runs, qtTranslate())); },
                 [this, asked](std::shared_ptr<const RunComparison> comparison) {
                     if (asked == m_asked)
                         show(std::move(comparison));
                 });
}

void ComparisonPanel::show(std::shared_ptr<const RunComparison> comparison)
{
    m_comparison = std::move(comparison);
    m_summary->setText(summaryOf(*m_comparison));
    m_rows->setGroups(differenceGroups(*m_comparison));
    m_view->expandAll();
    for (int group = 0; group < m_rows->rowCount(); ++group)
        m_view->setFirstColumnSpanned(group, {}, true);
    fitColumns(m_view, kWidestColumn);
    showCharts(m_comparison->charts);
    m_tabs->setTabEnabled(1, !m_comparison->charts.empty());
    m_stack->setCurrentWidget(m_content);
}

void ComparisonPanel::showCharts(const std::vector<ChartSpec> &charts)
{
    while (QLayoutItem *item = m_chartLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ChartSpec &spec : charts) {
        auto *chart = new ChartWidget(m_chartHolder);
        chart->setSpec(spec);
        const int lines = int(spec.categories.size() * std::max<size_t>(1, spec.series.size() / 2));
        chart->setFixedHeight(std::max(chart->minimumSizeHint().height(), kAroundChart + kLineHeight * lines));
        connect(chart, &ChartWidget::saveFailed, this, &ComparisonPanel::saveFailed);
        m_chartLayout->addWidget(chart);
    }
    m_chartLayout->addStretch(1);
}

} // namespace assay
