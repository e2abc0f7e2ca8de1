// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace assay {

/// Checked: what few need is shown, too.
class FoldButton : public QToolButton
{
    Q_OBJECT
public:
    FoldButton(const QString &text, QWidget *parent);
};

} // namespace assay
