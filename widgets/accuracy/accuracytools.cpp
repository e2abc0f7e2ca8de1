// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/accuracytools.h"

#include "core/evaluate/scorer.h"
#include "core/service/translation.h"
#include "widgets/common/rolechip.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace assay {
namespace {

constexpr int kNameWidth = 16; ///< characters of a choice that a field has room for
constexpr int kLeastWidth = 80; ///< pixels of a field where there is no room for that
constexpr int kStoredRole = Qt::UserRole + 1;

QComboBox *makeChoice(const QString &name, const QString &tip, QWidget *parent)
{
    auto *choice = new QComboBox(parent);
    choice->setAccessibleName(name);
    choice->setToolTip(tip);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(kNameWidth);
    choice->setMinimumWidth(kLeastWidth);
    return choice;
}

/// "exact_match" of "exact_match 2"; null where it is none of ours.
const Scorer *scorerOf(const std::string &judge)
{
    return findScorer(std::string_view(judge).substr(0, judge.rfind(' ')));
}

QString titleOf(const Scorer &scorer)
{
    return QCoreApplication::translate("Scorer", scorer.title);
}

} // namespace

AccuracyTools::AccuracyTools(QWidget *parent)
    : QWidget(parent), m_row(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_suites(makeChoice(tr("Suite"), tr("The questions that are looked at: those that open subjects answered, or all runs that are stored of a suite"), this)),
      m_judges(makeChoice(tr("Judged by"), tr("Judges the stored answers by another rule; nothing is asked anew"), this)),
      m_references(makeChoice(tr("Held against"), tr("The subject that all others are compared with"), this)), m_margin(new QDoubleSpinBox(this)),
      m_undo(new QToolButton(this)), m_busy(new QLabel(tr("Judging..."), this))
{
    m_busy->hide();
    m_margin->setAccessibleName(tr("Margin"));
    m_margin->setRange(0, 100);
    m_margin->setDecimals(1);
    m_margin->setSingleStep(0.5);
    m_margin->setValue(kDefaultMargin * 100);
    m_margin->setSuffix(tr(" points"));
    m_margin->setToolTip(tr("The loss of accuracy that was said to be acceptable before the run. A subject whose whole interval is above it "
                            "is not inferior."));
    m_undo->setText(tr("Undo"));
    m_undo->setToolTip(tr("Judges the answers as before"));
    m_undo->setEnabled(false);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_first = group({{tr("&Suite"), m_suites}, {tr("&Judged by"), m_judges}, {{}, m_undo}});
    m_second = group({{tr("&Held against"), m_references}, {tr("Acceptable &loss"), m_margin}, {{}, m_busy}});
    m_row->addWidget(m_first);
    m_row->addSpacing(12);
    m_row->addWidget(m_second);
    m_row->addStretch();
    connect(m_suites, &QComboBox::activated, this, &AccuracyTools::takeSuite);
    connect(m_judges, &QComboBox::activated, this, &AccuracyTools::takeJudge);
    connect(m_references, &QComboBox::activated, this, [this] {
        m_choice.reference = m_references->currentText().toStdString();
        emit chosen();
    });
    connect(m_margin, &QDoubleSpinBox::valueChanged, this, &AccuracyTools::marginChanged);
    connect(m_undo, &QToolButton::clicked, this, &AccuracyTools::undoRequested);
}

QWidget *AccuracyTools::group(const std::vector<std::pair<QString, QWidget *>> &fields)
{
    auto *widget = new QWidget(this);
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    for (const auto &[name, field] : fields) {
        if (!name.isEmpty()) {
            auto *label = new QLabel(name, widget);
            label->setBuddy(field);
            row->addWidget(label);
        }
        row->addWidget(field);
    }
    row->addStretch();
    return widget;
}

/// In one line where there is room, else in two.
void AccuracyTools::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool fits = m_first->sizeHint().width() + m_second->sizeHint().width() + 3 * m_row->spacing() + 12 <= width();
    m_row->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

/// That of two lines, whichever it is now: a hidden page that asks for the width of one holds the window open.
QSize AccuracyTools::minimumSizeHint() const
{
    return {std::max(m_first->minimumSizeHint().width(), m_second->minimumSizeHint().width()), QWidget::minimumSizeHint().height()};
}

void AccuracyTools::show(const AccuracyView &view)
{
    fillSuites(view);
    fillJudges(view);
    fillReferences(view);
}

void AccuracyTools::fillSuites(const AccuracyView &view)
{
    const QSignalBlocker quiet(m_suites);
    m_suites->clear();
    const auto add = [&](const StoredSuite &suite, const QString &text, bool stored) {
        m_suites->addItem(text, toQString(suite.name));
        m_suites->setItemData(m_suites->count() - 1, stored, kStoredRole);
        if (stored == view.choice.stored && suite.name == view.choice.suite)
            m_suites->setCurrentIndex(m_suites->count() - 1);
    };
    for (const StoredSuite &suite : view.openSuites)
        add(suite, toQString(suite.title), false);
    if (!view.openSuites.empty() && !view.storedSuites.empty())
        m_suites->insertSeparator(m_suites->count());
    for (const StoredSuite &suite : view.storedSuites)
        add(suite, tr("%1 (stored: %2)").arg(toQString(suite.title)).arg(suite.subjects), true);
}

void AccuracyTools::fillJudges(const AccuracyView &view)
{
    const QSignalBlocker quiet(m_judges);
    m_judges->clear();
    const Scorer *judge = view.judges.size() == 1 ? scorerOf(view.judges.front()) : nullptr;
    if (view.judges.size() > 1)
        m_judges->addItem(tr("several"));
    else if (!view.judges.empty() && !judge)
        m_judges->addItem(view.judges.front().empty() ? tr("not told") : toQString(view.judges.front())); // it cannot be done anew
    m_judges->addItem(tr("the suite's own rule"), QString());
    for (const Scorer &scorer : scorers()) {
        if (!view.asking || scorer.asking != *view.asking)
            continue;
        m_judges->addItem(titleOf(scorer), QString::fromLatin1(scorer.name));
        m_judges->setItemData(m_judges->count() - 1, QCoreApplication::translate("Scorer", scorer.definition), Qt::ToolTipRole);
        if (&scorer == judge)
            m_judges->setCurrentIndex(m_judges->count() - 1);
    }
}

void AccuracyTools::fillReferences(const AccuracyView &view)
{
    const QSignalBlocker quiet(m_references);
    m_references->clear();
    for (const ComparedColumn &subject : view.subjects)
        m_references->addItem(roleIcon(subject.role, subject.order), toQString(subject.name));
    m_references->setCurrentIndex(int(view.reference));
}

void AccuracyTools::takeSuite()
{
    m_choice.suite = m_suites->currentData().toString().toStdString();
    m_choice.stored = m_suites->currentData(kStoredRole).toBool();
    m_choice.reference.clear();
    emit suiteChosen();
    emit chosen();
}

void AccuracyTools::takeJudge()
{
    if (m_judges->currentData().isValid()) // else it is what judged before
        emit judgeRequested(m_judges->currentData().toString().toStdString());
}

void AccuracyTools::setJudging(bool busy, bool canUndo)
{
    m_busy->setVisible(busy);
    m_undo->setEnabled(canUndo);
}

} // namespace assay
