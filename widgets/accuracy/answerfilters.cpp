// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/answerfilters.h"

#include "core/service/translation.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/rolechip.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kNameWidth = 10; ///< characters of a choice that a field has room for

QComboBox *makeChoice(const QString &name, QWidget *parent)
{
    auto *choice = new QComboBox(parent);
    choice->setAccessibleName(name);
    choice->setToolTip(name);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(kNameWidth);
    return choice;
}

} // namespace

AnswerFilters::AnswerFilters(QWidget *parent)
    : QWidget(parent), m_row(new QHBoxLayout), m_presets(makeChoice(tr("Which answers"), this)), m_tasks(makeChoice(tr("Task"), this)),
      m_text(new FilterBar(tr("Item, task, expected or extracted answer"), this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addWidget(m_presets);
    m_row->addWidget(m_tasks);
    m_row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(m_row);
    layout->addWidget(m_text);
    connect(m_presets, &QComboBox::activated, this, &AnswerFilters::choosePreset);
    connect(m_tasks, &QComboBox::currentIndexChanged, this, &AnswerFilters::changed);
    connect(m_text, &FilterBar::filterChanged, this, &AnswerFilters::changed);
    connect(m_text, &FilterBar::leftDown, this, &AnswerFilters::leftDown);
}

void AnswerFilters::setSubjects(const std::vector<ComparedColumn> &subjects, size_t reference)
{
    m_subjects = subjects;
    m_reference = reference;
    for (QComboBox *outcomes : m_outcomes)
        delete outcomes;
    m_outcomes.clear();
    for (const ComparedColumn &subject : subjects) {
        auto *choice = makeChoice(tr("Outcome of %1").arg(toQString(subject.name)), this);
        const QIcon icon = roleIcon(subject.role, subject.order);
        choice->addItem(icon, tr("any outcome"), AnswerFilter::kAny);
        choice->addItem(icon, tr("not right"), AnswerFilter::kNotRight);
        choice->addItem(icon, tr("no answer"), AnswerFilter::kNoAnswer);
        for (const Outcome outcome : kOutcomes)
            choice->addItem(icon, QCoreApplication::translate("Outcome", outcomeName(outcome)), 1 << unsigned(outcome));
        connect(choice, &QComboBox::currentIndexChanged, this, [this] {
            m_presets->setCurrentIndex(-1);
            emit changed();
        });
        m_row->insertWidget(m_row->count() - 1, choice);
        m_outcomes.push_back(choice);
    }
    fillPresets();
}

void AnswerFilters::fillPresets()
{
    const QSignalBlocker quiet(m_presets);
    m_presets->clear();
    m_presetClasses.clear();
    const std::vector<uint8_t> any(m_subjects.size(), AnswerFilter::kAny);
    const auto add = [&](const QString &text, std::vector<uint8_t> classes) {
        m_presets->addItem(text);
        m_presetClasses.push_back(std::move(classes));
    };
    add(tr("All answers"), any);
    for (size_t i = 0; i < m_subjects.size(); ++i) {
        if (i == m_reference || m_reference >= m_subjects.size())
            continue;
        const QString reference = toQString(m_subjects[m_reference].name), name = toQString(m_subjects[i].name);
        std::vector<uint8_t> lost = any, gained = any;
        lost[m_reference] = gained[i] = AnswerFilter::kRight;
        lost[i] = gained[m_reference] = AnswerFilter::kNotRight;
        add(tr("%1 right, %2 not").arg(reference, name), std::move(lost));
        add(tr("%2 right, %1 not").arg(reference, name), std::move(gained));
    }
    if (m_subjects.size() > 1)
        add(tr("None is right"), std::vector<uint8_t>(m_subjects.size(), AnswerFilter::kNotRight));
}

void AnswerFilters::choosePreset(int index)
{
    if (index < 0 || size_t(index) >= m_presetClasses.size())
        return;
    setClasses(m_presetClasses[size_t(index)]);
    m_presets->setCurrentIndex(index);
}

void AnswerFilters::setClasses(std::vector<uint8_t> classes)
{
    classes.resize(m_outcomes.size(), AnswerFilter::kAny);
    for (size_t i = 0; i < m_outcomes.size(); ++i) {
        const QSignalBlocker quiet(m_outcomes[i]);
        m_outcomes[i]->setCurrentIndex(std::max(0, m_outcomes[i]->findData(int(classes[i]))));
    }
    m_presets->setCurrentIndex(-1);
    emit changed();
}

void AnswerFilters::setTasks(const std::vector<std::string> &tasks)
{
    const QString chosen = m_tasks->currentData().toString();
    const QSignalBlocker quiet(m_tasks);
    m_tasks->clear();
    m_tasks->addItem(tr("All tasks"), QString());
    for (const std::string &task : tasks)
        m_tasks->addItem(toQString(task), toQString(task));
    m_tasks->setCurrentIndex(std::max(0, m_tasks->findData(chosen)));
    m_tasks->setVisible(!tasks.empty());
}

void AnswerFilters::setCount(qint64 shown, qint64 total)
{
    m_text->setCount(shown, total);
}

AnswerFilter AnswerFilters::filter() const
{
    AnswerFilter filter;
    for (const QComboBox *choice : m_outcomes)
        filter.classes.push_back(uint8_t(choice->currentData().toInt()));
    filter.task = m_tasks->currentData().toString().toStdString();
    filter.text = m_text->text().trimmed().toStdString();
    return filter;
}

void AnswerFilters::focusField()
{
    m_text->focusField();
}

} // namespace assay
