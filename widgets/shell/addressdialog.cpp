// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/addressdialog.h"

#include "core/service/remoteaddress.h"
#include "core/service/translation.h"
#include "widgets/common/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {
namespace {
constexpr int kCharacters = 72;
}

AddressDialog::AddressDialog(QWidget *parent)
    : QDialog(parent), m_address(new QLineEdit(this)), m_problem(new QLabel(this))
{
    setWindowTitle(tr("Open an Address"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *hint = new QLabel(tr("A model's folder or file on a web server, or its page on a hub. Only headers are "
                               "fetched, a small part of the weights."),
                            this);
    hint->setWordWrap(true);
    m_address->setPlaceholderText(QStringLiteral("https://"));
    m_address->setAccessibleName(tr("Address of the model"));
    m_address->setMinimumWidth(m_address->fontMetrics().averageCharWidth() * kCharacters);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(2 * m_problem->fontMetrics().height());
    m_problem->setAlignment(Qt::AlignTop);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel, this);
    m_open = buttons->button(QDialogButtonBox::Open);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(m_address);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(m_address->text().trimmed());
        accept();
    });
    connect(m_address, &QLineEdit::textChanged, this, &AddressDialog::check);
    const QString copied = QGuiApplication::clipboard()->text().trimmed();
    if (copied.startsWith(QLatin1String("http://")) || copied.startsWith(QLatin1String("https://")))
        m_address->setText(copied.section(u'\n', 0, 0));
    m_address->selectAll();
    check();
}

void AddressDialog::check()
{
    const std::string address = m_address->text().trimmed().toStdString();
    const auto parsed = parseAddress(address);
    m_open->setEnabled(parsed.has_value());
    m_problem->setText(address.empty() || parsed ? QString() : errorText(parsed.error()));
}

} // namespace assay
