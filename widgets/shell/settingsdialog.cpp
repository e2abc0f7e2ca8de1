// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/settingsdialog.h"

#include "core/service/workerclient.h"
#include "widgets/common/settings.h"
#include "widgets/common/theme.h"
#include "widgets/shell/language.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace assay {

SettingsDialog::SettingsDialog(QWidget *parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    auto *form = new QFormLayout;
    createLanguage(form);
    createColors(form);
    createWorker(form);
    createSession(form);
    createAlerts(form);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
}

void SettingsDialog::createLanguage(QFormLayout *form)
{
    auto *choice = new QComboBox(this);
    choice->setAccessibleName(tr("Language"));
    choice->addItem(tr("As the system"), QString());
    for (const Language &language : languages())
        choice->addItem(QString::fromUtf8(language.name), QLatin1String(language.code));
    choice->setCurrentIndex(std::max(choice->findData(settings::kLanguage.get()), 0));
    connect(choice, &QComboBox::activated, this, [choice] {
        settings::kLanguage.set(choice->currentData().toString());
        applyLanguage(choice->currentData().toString());
    });
    form->addRow(tr("Language"), choice);
}

void SettingsDialog::createColors(QFormLayout *form)
{
    auto *choice = new QComboBox(this);
    choice->setAccessibleName(tr("Colours"));
    choice->addItem(tr("As the system"), QLatin1String(colorSchemeName(ColorScheme::System)));
    choice->addItem(tr("Light"), QLatin1String(colorSchemeName(ColorScheme::Light)));
    choice->addItem(tr("Dark"), QLatin1String(colorSchemeName(ColorScheme::Dark)));
    choice->setCurrentIndex(std::max(choice->findData(settings::kColorScheme.get()), 0));
    connect(choice, &QComboBox::activated, this, [choice] {
        settings::kColorScheme.set(choice->currentData().toString());
        applyColorScheme(colorSchemeFromName(choice->currentData().toString()));
    });
    form->addRow(tr("Colours"), choice);
}

void SettingsDialog::createWorker(QFormLayout *form)
{
    const WorkerCommand local = WorkerCommand::local();
    auto *field = new QLineEdit(settings::kWorkerCommand.get(), this);
    field->setAccessibleName(tr("Worker command"));
    field->setPlaceholderText((QStringList(local.program) + local.arguments).join(u' '));
    field->setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    connect(field, &QLineEdit::editingFinished, this,
            [field] { settings::kWorkerCommand.set(field->text().trimmed()); });
    form->addRow(tr("Worker command"), field);
    auto *hint = new QLabel(tr("Measures on this machine when empty. On another: ssh HOST assay-worker. It "
                               "holds for jobs that are "
                               "started from now on; the models must lie under the same paths there."),
                            this);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(QString(), hint);
}

void SettingsDialog::createSession(QFormLayout *form)
{
    auto *restore = new QCheckBox(tr("Open the subjects of the last time at the start"), this);
    restore->setChecked(settings::kRestoreSession.get());
    connect(restore, &QCheckBox::toggled, this, [](bool on) { settings::kRestoreSession.set(on); });
    form->addRow(tr("Session"), restore);
}

void SettingsDialog::createAlerts(QFormLayout *form)
{
    auto *tray = new QCheckBox(tr("Tell in the system tray, too, where the desktop has one"), this);
    tray->setChecked(settings::kTrayAlerts.get());
    connect(tray, &QCheckBox::toggled, this, [](bool on) { settings::kTrayAlerts.set(on); });
    form->addRow(tr("Alarms of watches"), tray);
}

} // namespace assay
