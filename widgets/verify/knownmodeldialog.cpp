// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/knownmodeldialog.h"

#include "core/base/units.h"
#include "core/service/background.h"
#include "core/service/translation.h"
#include "core/service/verify/knownmodels.h"
#include "widgets/common/checkedfield.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kCharacters = 60, kMostTitle = 200;

/// A name that can be a file's: "Qwen 2.5 (mine)" becomes "qwen-2.5-mine".
QString plainName(const QString &text)
{
    static const QRegularExpression kOther(QStringLiteral("[^a-z0-9._]+")), kEnds(QStringLiteral("^[-._]+|[-._]+$"));
    return text.toLower().replace(kOther, QStringLiteral("-")).remove(kEnds).left(100);
}

} // namespace

KnownModelDialog::KnownModelDialog(std::shared_ptr<const Inspection> inspection, const QString &subject, QWidget *parent)
    : GrowingDialog(parent), m_profiles(knownProfiles()),
      m_name(new CheckedField(tr("Name"), tr("Letters, digits, dots, dashes"), this)), m_title(new QLineEdit(subject, this)), m_note(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keep as Known Model"));
    m_title->setAccessibleName(tr("Title"));
    m_title->setMaxLength(kMostTitle);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setMinimumWidth(fontMetrics().averageCharWidth() * kCharacters);
    auto *form = new QFormLayout;
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Title"), m_title);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_note);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_keep = buttons->addButton(tr("Keep"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this, &KnownModelDialog::keep);
    layout->addWidget(buttons);
    connect(m_name, &CheckedField::changed, this, &KnownModelDialog::check);
    m_name->setText(plainName(subject));
    check();
    // A hundred thousand names of tensors take their time.
    inBackground(this, [held = std::move(inspection)] { return profileOf(*held, {}, {}); }, [this](Profile &&profile) {
        m_profile = std::move(profile);
        m_ready = true;
        check();
    });
}

QString KnownModelDialog::note() const
{
    return m_note->text();
}

/// What is kept, and whose place it takes.
void KnownModelDialog::check()
{
    m_name->setProblem({});
    m_keep->setEnabled(m_ready && !m_name->text().isEmpty());
    if (!m_ready)
        return m_note->setText(tr("Reading the names of the tensors..."));
    QString text = tr("Kept are %1 facts and %2 patterns of tensors' names and shapes; no weights.")
                       .arg(toQString(groupedDigits(int64_t(m_profile.facts.fields.size()))), toQString(groupedDigits(int64_t(m_profile.structure.size()))));
    const auto same = std::ranges::find_if(m_profiles, [&](const Profile &one) { return toQString(one.id) == m_name->text(); });
    if (same != m_profiles.end())
        text += u' ' + tr("It takes the place of the known model %1.").arg(toQString(same->title));
    m_note->setText(text);
}

void KnownModelDialog::keep()
{
    m_profile.id = m_profile.facts.name = m_name->text().toStdString();
    m_profile.title = m_title->text().trimmed().toStdString();
    const auto file = addProfile(m_profile);
    if (!file)
        return m_name->setProblem(errorText(file.error()));
    emit kept(m_name->text());
    close();
}

} // namespace assay
