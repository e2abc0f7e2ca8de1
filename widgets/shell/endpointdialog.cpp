// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/endpointdialog.h"

#include "core/service/endpointsubject.h"
#include "core/service/remoteaddress.h"
#include "core/service/translation.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {
namespace {
constexpr int kCharacters = 60;
}

EndpointDialog::EndpointDialog(QWidget *parent)
    : QDialog(parent), m_address(new QLineEdit(this)), m_model(new QLineEdit(this)), m_key(new QLineEdit(this)), m_problem(new QLabel(this))
{
    setWindowTitle(tr("Add an Endpoint"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *hint = new QLabel(tr("It is asked what it is: questions that change nothing, and nobody else is contacted."), this);
    hint->setWordWrap(true);
    m_address->setPlaceholderText(QStringLiteral("http://localhost:8000/v1"));
    m_address->setMinimumWidth(m_address->fontMetrics().averageCharWidth() * kCharacters);
    m_model->setPlaceholderText(tr("the first that it lists"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(tr("none, or the one that is stored already"));
    m_key->setToolTip(tr("Kept in the system's key store under the address's host, nowhere else. Without a key here or there the "
                         "environment variable %1 is taken.")
                          .arg(QLatin1String(kKeyVariable)));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(2 * m_problem->fontMetrics().height());
    m_problem->setAlignment(Qt::AlignTop);
    auto *form = new QFormLayout;
    form->addRow(tr("&Address"), m_address);
    form->addRow(tr("&Model"), m_model);
    form->addRow(tr("&Key"), m_key);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    m_open = buttons->button(QDialogButtonBox::Open);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &EndpointDialog::storeKey);
    connect(m_address, &QLineEdit::textChanged, this, &EndpointDialog::check);
    check();
}

QString EndpointDialog::address() const
{
    return m_address->text().trimmed();
}

void EndpointDialog::check()
{
    const auto parsed = parseAddress(address().toStdString());
    m_open->setEnabled(parsed.has_value());
    m_problem->setText(address().isEmpty() || parsed ? QString() : errorText(parsed.error()));
}

void EndpointDialog::storeKey()
{
    if (m_key->text().isEmpty())
        return finish();
    m_open->setEnabled(false);
    m_problem->setText(tr("Storing the key..."));
    m_keys.write(address(), Secret(m_key->text().trimmed().toStdString()), [this](const Result<void> &stored) {
        m_open->setEnabled(true);
        if (stored)
            finish();
        else
            m_problem->setText(errorText(stored.error()));
    });
}

void EndpointDialog::finish()
{
    emit chosen(toQString(endpointSubject(address().toStdString(), m_model->text().trimmed().toStdString())));
    accept();
}

} // namespace assay
