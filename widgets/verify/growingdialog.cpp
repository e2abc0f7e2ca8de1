// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/growingdialog.h"

#include <QEvent>
#include <QLayout>

#include <algorithm>

namespace assay {

bool GrowingDialog::event(QEvent *event)
{
    const bool done = QDialog::event(event);
    const bool asked = event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show;
    if (asked && isVisible() && layout()) {
        const int lines = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : 0;
        const int needed = std::max(lines, layout()->totalMinimumSize().height());
        if (needed > height())
            resize(width(), needed);
    }
    return done;
}

} // namespace assay
