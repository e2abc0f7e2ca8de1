// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QFormLayout;

namespace assay {

/// What the user may choose; every choice acts at once.
class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SettingsDialog(QWidget *parent);

private:
    void createLanguage(QFormLayout *form);
    void createColors(QFormLayout *form);
    void createWorker(QFormLayout *form);
    void createSession(QFormLayout *form);
    void createAlerts(QFormLayout *form);
};

} // namespace assay
