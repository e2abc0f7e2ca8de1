// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QCheckBox;
class QSpinBox;

namespace assay {

/// Which variants of each model are measured besides it: rounded to INT8 or pruned, in memory alone.
class WhatIfBoxes : public QWidget
{
    Q_OBJECT
public:
    explicit WhatIfBoxes(QWidget *parent = nullptr);
    /// As MeasureChoice::whatIfs has them.
    std::vector<std::string> chosen() const;

signals:
    void changed();

private:
    QCheckBox *addBox(const QString &text, const QString &tip);

    QCheckBox *m_int8, *m_share, *m_groups;
    QSpinBox *m_percent;
};

} // namespace assay
