// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/claimform.h"

#include "core/service/translation.h"
#include "widgets/common/checkedfield.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>

namespace assay {
namespace {

constexpr int kMostName = 200, kMostText = 4000; // what the reader takes, were it all ASCII; beyond that the reading says so

QComboBox *editableCombo(const QString &name, const QString &tip, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setAccessibleName(name);
    box->setToolTip(tip);
    box->lineEdit()->setMaxLength(kMostName);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

QLineEdit *lineOf(const QString &name, const QString &tip, int most, QWidget *parent)
{
    auto *line = new QLineEdit(parent);
    line->setAccessibleName(name);
    line->setToolTip(tip);
    line->setMaxLength(most);
    return line;
}

} // namespace

ClaimForm::ClaimForm(QWidget *parent)
    : QWidget(parent), m_field(editableCombo(tr("Field"), tr("As config.json calls it where it has a name; response.X for a field X of answers"), this)),
      m_unit(editableCombo(tr("Unit"), tr("Of the value, where the value does not have it itself"), this)),
      m_version(editableCombo(tr("Version"), tr("Which of the sheet's models it is about; empty: the subject"), this)),
      m_claimed(new CheckedField(tr("Claimed"), tr("61, 671B, 0.85, 5 to 10, yes, a word; [\"a\", \"b\"] for several, {\"full\": 61, \"distilled\": 28} by version"), this)),
      m_hardware(lineOf(tr("Hardware"), tr("What the figure was measured on, such as 8 x H200"), kMostName, this)),
      m_note(lineOf(tr("Note"), tr("Shown with the claim; nothing is made of it"), kMostText, this)), m_group(new QLabel(this)), m_reading(new QLabel(this))
{
    for (const ClaimField &field : claimFields()) {
        m_field->addItem(QLatin1String(field.id));
        m_field->setItemData(m_field->count() - 1, toQString(qtTranslate()("Claim", field.label)), Qt::ToolTipRole);
    }
    m_field->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_field->completer()->setFilterMode(Qt::MatchContains);
    for (QComboBox *box : {m_unit, m_version})
        box->setCompleter(nullptr); // "g" is not yet "GB"
    m_claimed->edit()->setMaxLength(kMostText);
    for (QLabel *label : {m_group, m_reading}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_reading->setObjectName(QStringLiteral("reading"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(3, 2);
    const auto add = [&](int row, int column, const QString &text, QWidget *field) {
        auto *label = new QLabel(text, this);
        label->setBuddy(field);
        grid->addWidget(label, row, column, Qt::AlignTop);
        grid->addWidget(field, row, column + 1, Qt::AlignTop);
    };
    add(0, 0, tr("&Field"), m_field);
    grid->addWidget(m_group, 0, 2, 1, 2);
    add(1, 0, tr("&Claimed"), m_claimed);
    add(1, 2, tr("&Unit"), m_unit);
    grid->addWidget(m_reading, 2, 1, 1, 3);
    add(3, 0, tr("Ve&rsion"), m_version);
    add(3, 2, tr("&Hardware"), m_hardware);
    auto *note = new QLabel(tr("N&ote"), this);
    note->setBuddy(m_note);
    grid->addWidget(note, 4, 0);
    grid->addWidget(m_note, 4, 1, 1, 3);
    for (QComboBox *box : {m_field, m_unit, m_version})
        connect(box, &QComboBox::editTextChanged, this, &ClaimForm::tell);
    connect(m_claimed, &CheckedField::changed, this, &ClaimForm::tell);
    for (QLineEdit *line : {m_hardware, m_note})
        connect(line, &QLineEdit::textEdited, this, &ClaimForm::tell);
    setClaim(std::nullopt);
}

void ClaimForm::setClaim(const std::optional<Claim> &claim)
{
    const QScopedValueRollback filling(m_filling, true);
    setEnabled(claim.has_value());
    m_claim = claim.value_or(Claim());
    m_field->setEditText(toQString(m_claim.field));
    m_claimed->setText(toQString(claimedToText(m_claim.claimed)));
    m_version->setEditText(toQString(m_claim.version));
    m_hardware->setText(toQString(m_claim.hardware));
    m_note->setText(toQString(m_claim.note));
    for (QLineEdit *line : {m_claimed->edit(), m_hardware, m_note})
        line->setCursorPosition(0);
    fillUnits();
    if (!claim)
        setReading({});
}

void ClaimForm::setReading(const ClaimReading &reading)
{
    m_claimed->setProblem(toQString(reading.problem.sentence(qtTranslate())));
    m_reading->setText(toQString(reading.reading.sentence(qtTranslate())));
}

void ClaimForm::setVersions(const QStringList &names)
{
    if (std::exchange(m_versions, names) == names)
        return; // the cursor stays where somebody types
    const QScopedValueRollback filling(m_filling, true);
    const QString now = m_version->currentText();
    m_version->clear();
    m_version->addItem(QString());
    m_version->addItems(names);
    m_version->setEditText(now);
}

/// The units of the field, and where it is in the sheet.
void ClaimForm::fillUnits()
{
    const QScopedValueRollback filling(m_filling, true);
    const ClaimField *field = findClaimField(m_claim.field);
    m_group->setText(field ? QStringLiteral("%1: %2").arg(toQString(qtTranslate()("Claim", field->group)), toQString(qtTranslate()("Claim", field->label))) : QString());
    m_unit->clear();
    m_unit->addItem(QString());
    if (field) {
        for (const std::string &unit : unitsOf(*field))
            m_unit->addItem(toQString(unit));
    }
    m_unit->setEditText(toQString(m_claim.unit));
}

void ClaimForm::tell()
{
    if (m_filling || !isEnabled())
        return;
    const std::string field = m_field->currentText().trimmed().toStdString();
    const bool other = field != m_claim.field;
    m_claim.field = field;
    m_claim.claimed = claimedFromText(m_claimed->text().toStdString());
    m_claim.unit = m_unit->currentText().trimmed().toStdString();
    m_claim.version = m_version->currentText().trimmed().toStdString();
    m_claim.hardware = m_hardware->text().trimmed().toStdString();
    m_claim.note = m_note->text().trimmed().toStdString();
    if (other)
        fillUnits();
    emit changed(m_claim);
}

void ClaimForm::focusValue()
{
    (m_claim.field.empty() ? static_cast<QWidget *>(m_field) : m_claimed->edit())->setFocus();
}

} // namespace assay
