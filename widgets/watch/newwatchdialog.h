// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchfile.h"

#include <QDialog>

#include <array>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

/// Makes a watch file of one endpoint: which checks how often, what is agreed, who is told. Says how many calls a day that is; what is
/// wrong with a field is said before there is a file. Everything else the file's documentation names can be written into it later.
class NewWatchDialog : public QDialog
{
    Q_OBJECT
public:
    explicit NewWatchDialog(QWidget *parent);
    void setEndpoint(const QString &url, const QString &model);
    void setFile(const QString &path);
    WatchFile watch() const;
    QString note() const;

signals:
    void chosen(const std::string &path, const assay::WatchFile &watch);

private:
    struct Check
    {
        QCheckBox *wanted;
        QComboBox *every;
    };
    QLineEdit *addField(QFormLayout *form, const QString &label, const QString &tip, const QString &placeholder = {});
    void addChecks(QFormLayout *form);
    void addLimits(QFormLayout *form);
    void addFile(QFormLayout *form);
    std::optional<QString> problem() const;
    void check();

    std::array<Check, size_t(WatchCheck::Count_)> m_checks{};
    QLineEdit *m_name, *m_url, *m_model, *m_key, *m_version = nullptr, *m_ttft = nullptr, *m_tpot = nullptr, *m_errors = nullptr, *m_availability = nullptr, *m_webhook = nullptr, *m_file = nullptr;
    QLabel *m_note;
    QPushButton *m_create = nullptr;
};

} // namespace assay
