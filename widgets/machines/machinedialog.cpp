// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/machines/machinedialog.h"

#include "widgets/common/checkedfield.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {
namespace {
constexpr int kCharacters = 48;
}

MachineDialog::MachineDialog(QWidget *parent)
    : QDialog(parent), m_name(new CheckedField(tr("Name"), tr("How subjects on it are written: gpu:/models/x"), this)),
      m_command(new CheckedField(tr("Command"), tr("What starts a program there: ssh HOST, docker exec -i BOX, srun, kubectl exec -i POD --"), this)),
      m_worker(new CheckedField(tr("Worker"), tr("The path of assay-worker there; else it is looked for as the shell does."), this))
{
    setWindowTitle(tr("Add a Machine"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *hint = new QLabel(tr("Any machine that a command leads to and that has assay-worker. Nothing is asked for: ssh must get in with a key."), this);
    hint->setWordWrap(true);
    m_name->setPlaceholder(QStringLiteral("gpu"));
    m_command->setPlaceholder(QStringLiteral("ssh me@host"));
    m_command->setMinimumWidth(fontMetrics().averageCharWidth() * kCharacters);
    m_worker->setPlaceholder(QStringLiteral("assay-worker"));
    auto *form = new QFormLayout;
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Command"), m_command);
    form->addRow(tr("&Worker"), m_worker);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &MachineDialog::chosen);
    for (CheckedField *field : {m_name, m_command})
        connect(field, &CheckedField::changed, this, &MachineDialog::check);
    check();
}

Machine MachineDialog::machine() const
{
    return {m_name->text(), QProcess::splitCommand(m_command->text()), m_worker->text()};
}

void MachineDialog::check()
{
    m_name->setProblem({});
    m_add->setEnabled(!m_name->text().isEmpty() && !m_command->text().isEmpty());
}

void MachineDialog::showProblem(const QString &sentence)
{
    m_name->setProblem(sentence);
}

} // namespace assay
