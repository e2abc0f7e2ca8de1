// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchreading.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

/// A switch of versions for the audit log: of which endpoint, from what to what, who, why, and how it is undone. When is now.
class SwitchDialog : public QDialog
{
    Q_OBJECT
public:
    SwitchDialog(const WatchFile &file, QWidget *parent);
    VersionSwitch made() const;

signals:
    void chosen(const assay::VersionSwitch &made);

private:
    QLineEdit *addField(const QString &label, const QString &tip, const QString &text = {});
    void endpointChanged();
    void check();

    std::vector<WatchEndpoint> m_known;
    QComboBox *m_endpoint, *m_to;
    QLineEdit *m_from, *m_who, *m_why, *m_wayBack;
    QPushButton *m_record;
};

} // namespace assay
