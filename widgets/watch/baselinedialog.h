// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchfile.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace assay {

/// Asks for a new baseline: of all checks or of one, and why.
class BaselineDialog : public QDialog
{
    Q_OBJECT
public:
    BaselineDialog(const WatchFile &file, QWidget *parent);

signals:
    /// endpoint: empty where all are meant.
    void chosen(const std::string &why, const std::string &endpoint, std::optional<assay::WatchCheck> check);

private:
    struct Choice
    {
        std::string endpoint;
        std::optional<WatchCheck> check;
    };
    std::vector<Choice> m_choices;
    QComboBox *m_of;
    QLineEdit *m_why;
    QPushButton *m_record;
};

} // namespace assay
