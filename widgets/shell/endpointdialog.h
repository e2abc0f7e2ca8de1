// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/keys.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

/// Asks for an endpoint: address, model where it has several, key. The key goes to the system's key store, and the endpoint is
/// opened once it is there.
class EndpointDialog : public QDialog
{
    Q_OBJECT
public:
    explicit EndpointDialog(QWidget *parent = nullptr);

signals:
    void chosen(const QString &subject); ///< "http://host:8000/v1#model"

private:
    void check();
    void storeKey();
    void finish();
    QString address() const;
    KeyStore m_keys;
    QLineEdit *m_address;
    QLineEdit *m_model;
    QLineEdit *m_key;
    QLabel *m_problem;
    QPushButton *m_open = nullptr;
};

} // namespace assay
