// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace assay {

class CommandRegistry;

/// Every command with its keys, searchable.
class ShortcutList : public QDialog
{
    Q_OBJECT
public:
    ShortcutList(const CommandRegistry &commands, QWidget *parent);
};

} // namespace assay
