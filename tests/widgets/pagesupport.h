// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/widgets/windowsupport.h"
#include "widgets/inspect/inspectpage.h"
#include "widgets/shell/mainwindow.h"

#include <QPushButton>

namespace assay {

/// The button with this text below the widget.
inline QPushButton *buttonOf(const QWidget *widget, const QString &text)
{
    for (QPushButton *button : widget->findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

/// Shows a tab of the first subject that was opened.
template <class Tab> Tab *showTab(WindowUnderTest &test, const char *name)
{
    test.window->resize(1280, 800);
    test.window->show();
    auto *page = test.window->findChild<InspectPage *>();
    page->showTab(QLatin1String(name));
    return page->findChild<Tab *>();
}

} // namespace assay
