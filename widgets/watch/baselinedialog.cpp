// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/watch/baselinedialog.h"

#include "core/compare/identity/watchtables.h"
#include "core/service/translation.h"

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

BaselineDialog::BaselineDialog(const WatchFile &file, QWidget *parent) : QDialog(parent), m_of(new QComboBox(this)), m_why(new QLineEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Begin a New Baseline"));
    auto *form = new QFormLayout(this);
    auto *hint = new QLabel(tr("The checks learn anew what is usual, and compare nothing with what came before. Who asked for it and why is written into the audit log."), this);
    hint->setWordWrap(true);
    form->addRow(hint);
    const auto add = [this](const QString &text, Choice choice) {
        m_of->addItem(text);
        m_choices.push_back(std::move(choice));
    };
    add(tr("all checks"), {});
    for (const WatchEndpoint &endpoint : file.endpoints) {
        for (const WatchCheck check : endpoint.checks)
            add(QStringLiteral("%1, %2").arg(toQString(endpoint.name), toQString(checkTitle(check, qtTranslate()))), {endpoint.name, check});
    }
    m_of->setAccessibleName(tr("Of which checks"));
    form->addRow(tr("&Of"), m_of);
    m_why->setAccessibleName(tr("Why"));
    m_why->setToolTip(tr("For example: a new version was announced and is wanted"));
    m_why->setMinimumWidth(fontMetrics().averageCharWidth() * kCharacters);
    form->addRow(tr("&Why"), m_why);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_record = buttons->addButton(tr("Begin"), QDialogButtonBox::AcceptRole);
    m_record->setEnabled(false);
    form->addRow(buttons);
    connect(m_why, &QLineEdit::textChanged, this, [this](const QString &text) { m_record->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const Choice &choice = m_choices[size_t(std::max(m_of->currentIndex(), 0))];
        emit chosen(m_why->text().trimmed().toStdString(), choice.endpoint, choice.check);
        close();
    });
}

} // namespace assay
