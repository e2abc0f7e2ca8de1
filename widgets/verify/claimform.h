// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/claimediting.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace assay {

class CheckedField;

/// One claim of a sheet, field by field; what is wrong with its value stands below it while it is typed.
class ClaimForm : public QWidget
{
    Q_OBJECT
public:
    explicit ClaimForm(QWidget *parent = nullptr);
    void setClaim(const std::optional<Claim> &claim); ///< nothing: no claim is chosen
    void setReading(const ClaimReading &reading);
    void setVersions(const QStringList &names); ///< that the sheet tells apart
    void focusValue();

signals:
    void changed(const assay::Claim &claim); ///< by the user

private:
    void tell();
    void fillUnits();
    Claim m_claim;
    QComboBox *m_field, *m_unit, *m_version;
    CheckedField *m_claimed;
    QLineEdit *m_hardware, *m_note;
    QLabel *m_group, *m_reading;
    QStringList m_versions;
    bool m_filling = false;
};

} // namespace assay
