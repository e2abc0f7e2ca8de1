// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/accuracy/answertable.h"
#include "widgets/compare/comparisonview.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;

namespace assay {

class FilterBar;

/// Which answers are listed: what became of each subject's, the task, a text; and the choices that are asked for most in one place.
class AnswerFilters : public QWidget
{
    Q_OBJECT
public:
    explicit AnswerFilters(QWidget *parent = nullptr);
    void setSubjects(const std::vector<ComparedColumn> &subjects, size_t reference);
    void setTasks(const std::vector<std::string> &tasks);
    void setCount(qint64 shown, qint64 total);
    AnswerFilter filter() const;
    void setClasses(std::vector<uint8_t> classes); ///< one a subject
    void focusField();
    QComboBox *presets() const { return m_presets; }

signals:
    void changed();
    void leftDown();

private:
    void fillPresets();
    void choosePreset(int index);

    std::vector<ComparedColumn> m_subjects;
    size_t m_reference = 0;
    QHBoxLayout *m_row;
    QComboBox *m_presets, *m_tasks;
    std::vector<QComboBox *> m_outcomes; ///< one a subject
    std::vector<std::vector<uint8_t>> m_presetClasses;
    FilterBar *m_text;
};

} // namespace assay
