// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

/// Asks for the address of a model on a server; says at once what is wrong with it.
class AddressDialog : public QDialog
{
    Q_OBJECT
public:
    explicit AddressDialog(QWidget *parent = nullptr);

signals:
    void chosen(const QString &address);

private:
    void check();
    QLineEdit *m_address;
    QLabel *m_problem;
    QPushButton *m_open;
};

} // namespace assay
