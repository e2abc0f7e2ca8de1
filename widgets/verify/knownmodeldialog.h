// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/profile.h"
#include "widgets/verify/growingdialog.h"

#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

class CheckedField;
struct Inspection;

/// Keeps an opened model's facts and the names and shapes of its tensors as a known model: others are held against it from then on.
class KnownModelDialog : public GrowingDialog
{
    Q_OBJECT
public:
    KnownModelDialog(std::shared_ptr<const Inspection> inspection, const QString &subject, QWidget *parent);
    CheckedField *name() const { return m_name; }
    QString note() const;

signals:
    void kept(const QString &name);

private:
    void check();
    void keep();
    std::vector<Profile> m_profiles;
    Profile m_profile;
    CheckedField *m_name;
    QLineEdit *m_title;
    QLabel *m_note;
    QPushButton *m_keep = nullptr;
    bool m_ready = false;
};

} // namespace assay
