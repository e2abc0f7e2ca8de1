// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace assay {

class CommandRegistry;

/// What stands in the window before anything is open: the choices, and nothing else.
class FirstRunPage : public QWidget
{
    Q_OBJECT
public:
    FirstRunPage(const CommandRegistry &commands, QWidget *parent = nullptr);
};

} // namespace assay
