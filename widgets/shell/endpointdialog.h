// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/keys.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

class CheckedField;
class FoldButton;

/// Asks for an endpoint: address, model where it has several, key, and folded how it is reached. The key goes to the system's key
/// store, proxy and certificates to the settings (endpointroute.h), and the endpoint is opened once they are there.
class EndpointDialog : public QDialog
{
    Q_OBJECT
public:
    explicit EndpointDialog(QWidget *parent = nullptr);

signals:
    void chosen(const QString &subject); ///< "http://host:8000/v1#model"

private:
    void createFields();
    void createRoute();
    void chooseCertificates();
    void showRoute();
    bool routeIsGood();
    void foldRoute(bool open);
    void check();
    void storeKey();
    void finish();
    QString address() const;
    KeyStore m_keys;
    QFormLayout *m_form;
    QLineEdit *m_address;
    QLineEdit *m_model;
    QLineEdit *m_key;
    FoldButton *m_fold = nullptr;
    CheckedField *m_proxy = nullptr;
    CheckedField *m_certificates = nullptr;
    QWidget *m_certificateLine = nullptr;
    Transport m_shown; ///< what is kept for the host
    QLabel *m_problem;
    QPushButton *m_open = nullptr;
};

} // namespace assay
