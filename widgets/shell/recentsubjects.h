// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace assay {

/// Puts a path first in the remembered list of 20.
void rememberSubject(const QString &path);

/// The submenu of subjects opened before; what is no longer there is greyed.
class RecentMenu : public QMenu
{
    Q_OBJECT
public:
    explicit RecentMenu(QWidget *parent);

signals:
    void chosen(const QString &path);

private:
    void fill();
};

} // namespace assay
