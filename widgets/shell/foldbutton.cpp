// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/foldbutton.h"

namespace assay {

FoldButton::FoldButton(const QString &text, QWidget *parent) : QToolButton(parent)
{
    setText(text);
    setCheckable(true);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setArrowType(Qt::RightArrow);
    connect(this, &QToolButton::toggled, this, [this](bool open) { setArrowType(open ? Qt::DownArrow : Qt::RightArrow); });
}

} // namespace assay
