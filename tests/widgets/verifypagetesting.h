// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobqueue.h"
#include "core/service/runlibrary.h"
#include "core/service/workspace.h"
#include "widgets/verify/verifypage.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeView>

/// What tests of the Verify page and of its dialog share.
namespace assay::samples {

inline QStringList row(const QTreeView &view, int at)
{
    QStringList out;
    for (int column = 0; column < view.model()->columnCount(); ++column)
        out << view.model()->index(at, column).data().toString();
    return out;
}

inline QStringList labelsOf(const QWidget &widget)
{
    QStringList out;
    for (const QLabel *label : widget.findChildren<QLabel *>())
        out << label->text();
    return out;
}

inline QPushButton *buttonNamed(const QWidget &parent, const QString &text)
{
    for (QPushButton *button : parent.findChildren<QPushButton *>()) {
        if (button->text() == text && !button->isHidden())
            return button;
    }
    return nullptr;
}

template <class T> T *named(const QWidget &parent, const char *name)
{
    for (T *widget : parent.findChildren<T *>()) {
        if (widget->accessibleName() == QLatin1String(name))
            return widget;
    }
    return nullptr;
}

/// Services without a store, and the page over them.
struct PageUnderTest
{
    Workspace workspace;
    RunLibrary runs{QString()};
    JobQueue jobs;
    VerifyPage page{&workspace, &runs, &jobs};
    PageUnderTest()
    {
        page.resize(1050, 720);
        page.show();
    }
};

} // namespace assay::samples
