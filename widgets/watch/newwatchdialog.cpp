// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/watch/newwatchdialog.h"

#include "core/compare/identity/watchtables.h"
#include "core/identify/watch/watchediting.h"
#include "core/service/translation.h"
#include "widgets/common/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <cmath>

namespace assay {
namespace {

constexpr int kCharacters = 56;
constexpr int64_t kHour = 3600, kDay = 86'400;
constexpr std::array<int64_t, 6> kEvery{900, kHour, 6 * kHour, 12 * kHour, kDay, 7 * kDay};

/// A number of a field that may be empty; NaN where it is no number.
std::optional<double> numberOf(const QLineEdit &field)
{
    const QString text = field.text().trimmed();
    if (text.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const double value = QLocale::c().toDouble(text, &isNumber);
    return isNumber ? value : std::nan("");
}

/// A percentage as a share.
std::optional<double> shareOf(const QLineEdit &field)
{
    const auto value = numberOf(field);
    return value ? std::optional(*value / 100) : std::nullopt;
}

} // namespace

NewWatchDialog::NewWatchDialog(QWidget *parent) : QDialog(parent), m_note(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Watch an Endpoint"));
    auto *form = new QFormLayout(this);
    m_name = addField(form, tr("&Name"), tr("Of the watch; alerts tell it"));
    m_url = addField(form, tr("&Address"), tr("The endpoint's, as in Add an Endpoint"), QStringLiteral("https://api.example.com/v1"));
    m_model = addField(form, tr("&Model"), tr("As the endpoint calls it"));
    m_key = addField(form, tr("&Key is in"), tr("The environment variable that holds the key: the key itself is never written down"), QStringLiteral("SELLER_KEY"));
    addChecks(form);
    addLimits(form);
    m_webhook = addField(form, tr("&Webhook"), tr("Where alerts are sent to, besides this window and the system tray; empty: nowhere"), QStringLiteral("https://"));
    addFile(form);
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_note->setAlignment(Qt::AlignTop);
    form->addRow(m_note);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_create = buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(QFileInfo(QDir::fromNativeSeparators(m_file->text().trimmed())).absoluteFilePath().toStdString(), watch());
        close();
    });
    check();
}

QLineEdit *NewWatchDialog::addField(QFormLayout *form, const QString &label, const QString &tip, const QString &placeholder)
{
    auto *field = new QLineEdit(this);
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setToolTip(tip);
    field->setPlaceholderText(placeholder);
    field->setMinimumWidth(fontMetrics().averageCharWidth() * kCharacters);
    connect(field, &QLineEdit::textChanged, this, &NewWatchDialog::check);
    form->addRow(label, field);
    return field;
}

void NewWatchDialog::addChecks(QFormLayout *form)
{
    const QString tips[] = {tr("Log-probabilities of one token: finds other weights and precisions early; the endpoint must tell them"),
                            tr("Inputs to which one token has two likely answers: needs no log-probabilities, and once up to some thousand calls to look for them"),
                            tr("How many tokens the endpoint counts of fixed texts: finds another tokenizer at once"), tr("Times and failures of streams; agreed limits need it")};
    for (size_t i = 0; i < m_checks.size(); ++i) {
        auto *row = new QHBoxLayout;
        const QString title = toQString(checkTitle(WatchCheck(i), qtTranslate()));
        auto *wanted = new QCheckBox(title, this);
        wanted->setToolTip(tips[i]);
        wanted->setChecked(WatchCheck(i) != WatchCheck::Border);
        auto *every = new QComboBox(this);
        every->setAccessibleName(tr("How often: %1").arg(title));
        for (const int64_t seconds : kEvery)
            every->addItem(tr("every %1").arg(toQString(everyText(seconds, qtTranslate()))), qlonglong(seconds));
        every->setCurrentIndex(every->findData(qlonglong(WatchCheck(i) == WatchCheck::Latency ? kHour : kDay)));
        every->setEnabled(wanted->isChecked());
        row->addWidget(wanted, 1);
        row->addWidget(every);
        form->addRow(i == 0 ? tr("Checks") : QString(), row);
        connect(wanted, &QCheckBox::toggled, every, &QWidget::setEnabled);
        connect(wanted, &QCheckBox::toggled, this, &NewWatchDialog::check);
        connect(every, &QComboBox::currentIndexChanged, this, &NewWatchDialog::check);
        m_checks[i] = {wanted, every};
    }
}

void NewWatchDialog::addLimits(QFormLayout *form)
{
    m_version = addField(form, tr("&Version"), tr("What you buy now; its agreed limits follow. Empty: no limits"), QStringLiteral("2026-01"));
    auto *grid = new QGridLayout;
    const auto add = [&](const QString &label, const QString &tip) {
        auto *field = new QLineEdit(this);
        field->setAccessibleName(label);
        field->setToolTip(tip);
        const int place = grid->count() / 2;
        grid->addWidget(new QLabel(label, this), place / 2, place % 2 * 2);
        grid->addWidget(field, place / 2, place % 2 * 2 + 1);
        connect(field, &QLineEdit::textChanged, this, &NewWatchDialog::check);
        return field;
    };
    m_ttft = add(tr("first token, s"), tr("Seconds to the first token that 95 % of requests must meet"));
    m_tpot = add(tr("per token, s"), tr("Seconds for each further token that 95 % of requests must meet"));
    m_errors = add(tr("failures, %"), tr("Per cent of requests that may fail"));
    m_availability = add(tr("available, %"), tr("Per cent of checks at which the endpoint must answer"));
    form->addRow(tr("Agreed limits"), grid);
}

void NewWatchDialog::addFile(QFormLayout *form)
{
    auto *row = new QHBoxLayout;
    m_file = new QLineEdit(this);
    m_file->setAccessibleName(tr("File"));
    m_file->setToolTip(tr("Where the watch is kept. Beside it come its history, its baseline and its audit log: a folder of its own is best"));
    auto *choose = new QPushButton(tr("Choose..."), this);
    row->addWidget(m_file, 1);
    row->addWidget(choose);
    form->addRow(tr("File"), row);
    connect(m_file, &QLineEdit::textChanged, this, &NewWatchDialog::check);
    connect(choose, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Where the watch is kept"), settings::kLastFolder.get(), tr("JSON (*.json)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("json"));
        dialog->selectFile(QStringLiteral("watch.json"));
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
            settings::kLastFolder.set(QFileInfo(file).path());
            setFile(file);
        });
        dialog->open();
    });
}

void NewWatchDialog::setEndpoint(const QString &url, const QString &model)
{
    m_url->setText(url);
    m_model->setText(model);
    m_name->setText(model);
}

void NewWatchDialog::setFile(const QString &path)
{
    m_file->setText(QDir::toNativeSeparators(path));
}

WatchFile NewWatchDialog::watch() const
{
    WatchFile file;
    const auto textOf = [](const QLineEdit *field) { return field->text().trimmed().toStdString(); };
    file.name = textOf(m_name);
    WatchEndpoint endpoint;
    endpoint.name = file.name.empty() ? textOf(m_model) : file.name;
    endpoint.url = textOf(m_url);
    endpoint.model = textOf(m_model);
    endpoint.keyVariable = textOf(m_key);
    endpoint.version = textOf(m_version);
    for (size_t i = 0; i < m_checks.size(); ++i) {
        if (!m_checks[i].wanted->isChecked())
            continue;
        endpoint.checks.push_back(WatchCheck(i));
        file.every[WatchCheck(i)] = m_checks[i].every->currentData().toLongLong();
    }
    if (!endpoint.version.empty()) {
        SlaLimits &limits = file.sla[endpoint.version];
        limits.ttft = numberOf(*m_ttft);
        limits.tpot = numberOf(*m_tpot);
        limits.errors = shareOf(*m_errors);
        limits.availability = shareOf(*m_availability);
    }
    file.endpoints.push_back(std::move(endpoint));
    file.alerts.webhook = textOf(m_webhook);
    return file;
}

/// What keeps it from being made: a sentence, empty where fields are still to be filled in.
std::optional<QString> NewWatchDialog::problem() const
{
    const auto empty = [](const QLineEdit *field) { return field->text().trimmed().isEmpty(); };
    if (empty(m_url) || empty(m_model) || empty(m_file))
        return QString();
    const auto bad = [](const QLineEdit *field) {
        const auto value = numberOf(*field);
        return value && !(*value > 0);
    };
    for (const QLineEdit *field : {m_ttft, m_tpot, m_errors, m_availability}) {
        if (bad(field))
            return tr("%1: a number above 0, as 0.5").arg(field->accessibleName());
    }
    const bool anyLimit = !empty(m_ttft) || !empty(m_tpot) || !empty(m_errors) || !empty(m_availability);
    if (anyLimit && empty(m_version))
        return tr("Limits are of a version: name it.");
    const WatchFile file = watch();
    if (anyLimit && !m_checks[size_t(WatchCheck::Latency)].wanted->isChecked())
        return tr("Limits need the check of latency.");
    if (const auto sound = readWatchFile(watchFileText(file), QFileInfo(m_file->text()).fileName().toStdString()); !sound)
        return errorText(sound.error());
    return std::nullopt;
}

void NewWatchDialog::check()
{
    if (!m_create) // fields are still being added
        return;
    const auto wrong = problem();
    m_create->setEnabled(!wrong);
    const WatchFile file = watch();
    QString note = wrong.value_or(QString());
    if (note.isEmpty() && !file.endpoints.front().checks.empty())
        note = tr("About %1 calls a day once it has learned. Nothing is asked before Run.").arg(std::llround(callsADay(file)));
    m_note->setText(note);
}

QString NewWatchDialog::note() const
{
    return m_note->text();
}

} // namespace assay
