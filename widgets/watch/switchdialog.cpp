// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/watch/switchdialog.h"

#include "core/service/translation.h"
#include "core/service/verify/monitor.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace assay {
namespace {
constexpr int kCharacters = 56;
}

SwitchDialog::SwitchDialog(const WatchFile &file, QWidget *parent)
    : QDialog(parent), m_known(file.endpoints), m_endpoint(new QComboBox(this)), m_to(new QComboBox(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Record a Switch of Versions"));
    auto *form = new QFormLayout(this);
    for (const WatchEndpoint &endpoint : m_known)
        m_endpoint->addItem(toQString(endpoint.name));
    m_endpoint->setAccessibleName(tr("Endpoint"));
    form->addRow(tr("&Endpoint"), m_endpoint);
    m_from = addField(tr("&From"), tr("The version before"));
    m_to->setEditable(true);
    m_to->setAccessibleName(tr("To"));
    m_to->setToolTip(tr("The version from now on; where the watch file has limits of it, these hold from now on"));
    for (const auto &[version, limits] : file.sla)
        m_to->addItem(toQString(version));
    m_to->setCurrentText({});
    form->addRow(tr("&To"), m_to);
    m_who = addField(tr("&Who"), tr("Who decided it"), toQString(whoIsHere()));
    m_why = addField(tr("Wh&y"), tr("The reason, as somebody will want to read it in a year"));
    m_wayBack = addField(tr("Way &back"), tr("How it is undone"));
    auto *hint = new QLabel(tr("It is written into the audit log with the time, and cannot be changed afterwards."), this);
    hint->setWordWrap(true);
    form->addRow(hint);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_record = buttons->addButton(tr("Record"), QDialogButtonBox::AcceptRole);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(made());
        close();
    });
    connect(m_endpoint, &QComboBox::currentIndexChanged, this, &SwitchDialog::endpointChanged);
    connect(m_to, &QComboBox::currentTextChanged, this, &SwitchDialog::check);
    for (QLineEdit *field : {m_from, m_who, m_why, m_wayBack})
        connect(field, &QLineEdit::textChanged, this, &SwitchDialog::check);
    endpointChanged();
    check();
}

QLineEdit *SwitchDialog::addField(const QString &label, const QString &tip, const QString &text)
{
    auto *field = new QLineEdit(text, this);
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setToolTip(tip);
    field->setMinimumWidth(fontMetrics().averageCharWidth() * kCharacters);
    static_cast<QFormLayout *>(layout())->addRow(label, field);
    return field;
}

void SwitchDialog::endpointChanged()
{
    const auto row = size_t(std::max(m_endpoint->currentIndex(), 0));
    if (row < m_known.size())
        m_from->setText(toQString(m_known[row].version));
}

VersionSwitch SwitchDialog::made() const
{
    VersionSwitch out;
    out.who = m_who->text().trimmed().toStdString();
    out.endpoint = m_endpoint->currentText().toStdString();
    out.from = m_from->text().trimmed().toStdString();
    out.to = m_to->currentText().trimmed().toStdString();
    out.why = m_why->text().trimmed().toStdString();
    out.wayBack = m_wayBack->text().trimmed().toStdString();
    return out;
}

void SwitchDialog::check()
{
    const VersionSwitch now = made();
    m_record->setEnabled(!now.who.empty() && !now.from.empty() && !now.to.empty() && now.from != now.to && !now.why.empty() && !now.wayBack.empty());
}

} // namespace assay
