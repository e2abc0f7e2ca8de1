// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/endpointdialog.h"

#include "core/service/endpointroute.h"
#include "core/service/endpointsubject.h"
#include "core/service/remoteaddress.h"
#include "core/service/translation.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/settings.h"
#include "widgets/shell/foldbutton.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace assay {
namespace {
constexpr int kCharacters = 60;
}

EndpointDialog::EndpointDialog(QWidget *parent)
    : QDialog(parent), m_form(new QFormLayout), m_address(new QLineEdit(this)), m_model(new QLineEdit(this)), m_key(new QLineEdit(this)), m_problem(new QLabel(this))
{
    setWindowTitle(tr("Add an Endpoint"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *hint = new QLabel(tr("It is asked what it is: questions that change nothing, and nobody else is contacted."), this);
    hint->setWordWrap(true);
    createFields();
    createRoute();
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(2 * m_problem->fontMetrics().height());
    m_problem->setAlignment(Qt::AlignTop);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    m_open = buttons->button(QDialogButtonBox::Open);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addLayout(m_form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &EndpointDialog::storeKey);
    connect(m_address, &QLineEdit::textChanged, this, &EndpointDialog::check);
    for (CheckedField *field : {m_proxy, m_certificates})
        connect(field, &CheckedField::changed, this, &EndpointDialog::check);
    check();
}

void EndpointDialog::createFields()
{
    m_address->setPlaceholderText(QStringLiteral("http://localhost:8000/v1"));
    m_address->setMinimumWidth(m_address->fontMetrics().averageCharWidth() * kCharacters);
    m_model->setPlaceholderText(tr("the first that it lists"));
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setPlaceholderText(tr("none, or the one that is stored already"));
    m_key->setToolTip(tr("Kept in the system's key store under the address's host, nowhere else. Without a key here or there the "
                         "environment variable %1 is taken.")
                          .arg(QLatin1String(kKeyVariable)));
    m_form->addRow(tr("&Address"), m_address);
    m_form->addRow(tr("&Model"), m_model);
    m_form->addRow(tr("&Key"), m_key);
}

void EndpointDialog::createRoute()
{
    m_fold = new FoldButton(tr("Proxy and certificates"), this);
    m_proxy = new CheckedField(tr("Proxy"), tr("For this host alone, and kept with it."), this);
    m_proxy->setPlaceholder(tr("the environment's, such as %1").arg(QStringLiteral("http://proxy:3128")));
    m_certificateLine = new QWidget(this);
    m_certificates = new CheckedField(tr("Certificates"), tr("A PEM file of the authorities to trust for this host, such as a company's own."), m_certificateLine);
    m_certificates->setPlaceholder(tr("the system's"));
    auto *choose = new QPushButton(tr("Choose..."), m_certificateLine);
    choose->setAccessibleName(tr("Choose a file of certificates"));
    choose->setAutoDefault(false);
    auto *line = new QHBoxLayout(m_certificateLine);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_certificates, 1, Qt::AlignTop);
    line->addWidget(choose, 0, Qt::AlignTop);
    m_form->addRow(m_fold);
    m_form->addRow(tr("Proxy"), m_proxy);
    m_form->addRow(tr("Certificates"), m_certificateLine);
    connect(choose, &QPushButton::clicked, this, &EndpointDialog::chooseCertificates);
    connect(m_fold, &QToolButton::toggled, this, &EndpointDialog::foldRoute);
    foldRoute(false);
}

void EndpointDialog::chooseCertificates()
{
    auto *dialog = new QFileDialog(this, tr("Certificates"), settings::kLastFolder.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) { m_certificates->setText(QDir::toNativeSeparators(file)); });
    dialog->open();
}

void EndpointDialog::foldRoute(bool open)
{
    m_form->setRowVisible(m_proxy, open);
    m_form->setRowVisible(m_certificateLine, open);
    if (isVisible())
        QTimer::singleShot(0, this, [this] { resize(width(), layout()->totalHeightForWidth(width())); });
}

QString EndpointDialog::address() const
{
    return m_address->text().trimmed();
}

/// What is kept for the host that stands there now; what was typed instead of it stays.
void EndpointDialog::showRoute()
{
    const Transport kept = storedRoute(address());
    const Transport before = std::exchange(m_shown, kept);
    if (m_proxy->text() != toQString(before.proxy) || m_certificates->text() != toQString(before.caFile))
        return;
    m_proxy->setText(toQString(kept.proxy));
    m_certificates->setText(toQString(kept.caFile));
    if (!kept.proxy.empty() || !kept.caFile.empty())
        m_fold->setChecked(true);
}

bool EndpointDialog::routeIsGood()
{
    const QString proxy = m_proxy->text();
    m_proxy->setProblem(namesUser(proxy)           ? tr("A user or a password is not kept here: set the proxy in the environment (https_proxy).")
                        : !isProxyAddress(proxy) ? tr("An address such as %1 or %2.").arg(QStringLiteral("http://proxy:3128"), QStringLiteral("socks5h://proxy:1080"))
                                                   : QString());
    return isProxyAddress(proxy) && !namesUser(proxy);
}

void EndpointDialog::check()
{
    const auto parsed = parseAddress(address().toStdString());
    if (parsed)
        showRoute();
    m_open->setEnabled(routeIsGood() && parsed.has_value());
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
    storeRoute(address(), m_proxy->text(), m_certificates->text());
    emit chosen(toQString(endpointSubject(address().toStdString(), m_model->text().trimmed().toStdString())));
    accept();
}

} // namespace assay
