// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/whatifboxes.h"

#include "core/model/weightvariant.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QSpinBox>

namespace assay {
namespace {

constexpr int kUsualPercent = 50;

} // namespace

WhatIfBoxes::WhatIfBoxes(QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this); // two by two: with large text one row of all is wider than a screen
    grid->setContentsMargins(0, 0, 0, 0);
    const QString memory = tr("It exists in memory alone and is a column of its own.");
    m_int8 = addBox(tr("INT8"), tr("The matrices rounded row by row to 8 bits, on the CPU. %1").arg(memory));
    m_share = addBox(tr("pruned"), tr("The smallest numbers of each matrix set to zero; they are multiplied all the same. %1").arg(memory));
    m_percent = new QSpinBox(this);
    m_percent->setRange(1, 99);
    m_percent->setValue(kUsualPercent);
    m_percent->setSuffix(tr(" %"));
    m_percent->setAccessibleName(tr("Share that is pruned"));
    m_percent->setEnabled(false);
    m_groups = addBox(tr("2:4 pruned"), tr("Two of four numbers that follow each other in a row set to zero. %1").arg(memory));
    grid->addWidget(m_int8, 0, 0);
    grid->addWidget(m_groups, 0, 1);
    grid->addWidget(m_share, 1, 0);
    grid->addWidget(m_percent, 1, 1);
    grid->setColumnStretch(2, 1);
    connect(m_share, &QCheckBox::toggled, m_percent, &QSpinBox::setEnabled);
    connect(m_percent, &QSpinBox::valueChanged, this, &WhatIfBoxes::changed);
}

QCheckBox *WhatIfBoxes::addBox(const QString &text, const QString &tip)
{
    auto *box = new QCheckBox(text, this);
    box->setToolTip(tip);
    connect(box, &QCheckBox::toggled, this, &WhatIfBoxes::changed);
    return box;
}

std::vector<std::string> WhatIfBoxes::chosen() const
{
    std::vector<std::string> out;
    if (m_int8->isChecked())
        out.push_back("int8");
    if (m_share->isChecked())
        out.push_back(weightVariantId({"auto", Pruning{m_percent->value(), 0, 0}}));
    if (m_groups->isChecked())
        out.push_back(weightVariantId({"auto", Pruning{0, 2, 4}}));
    return out;
}

} // namespace assay
