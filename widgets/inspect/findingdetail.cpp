// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/findingdetail.h"

#include "core/service/translation.h"
#include "widgets/common/settings.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {
namespace {

QLabel *makeText(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLineEdit *makeField(const QString &name, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setPlaceholderText(name);
    field->setAccessibleName(name);
    return field;
}

} // namespace

FindingDetail::FindingDetail(QWidget *parent)
    : QWidget(parent), m_sentence(makeText(this)), m_rest(makeText(this)), m_state(makeText(this)),
      m_by(makeField(tr("Your name"), this)), m_note(makeField(tr("Note"), this)), m_button(new QPushButton(this))
{
    setAccessibleName(tr("The chosen finding"));
    QFont bold = m_sentence->font();
    bold.setBold(true);
    m_sentence->setFont(bold);
    m_by->setObjectName(QStringLiteral("by"));
    m_note->setObjectName(QStringLiteral("note"));
    m_by->setMaximumWidth(fontMetrics().averageCharWidth() * 28);
    auto *form = new QHBoxLayout;
    form->addWidget(m_state, 1);
    form->addWidget(m_by, 1);
    form->addWidget(m_note, 2);
    form->addWidget(m_button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_sentence);
    layout->addWidget(m_rest);
    layout->addLayout(form);
    connect(m_by, &QLineEdit::textChanged, this, &FindingDetail::updateButton);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_known) {
            emit withdrawn();
            return;
        }
        settings::kReviewer.set(m_by->text().trimmed());
        emit acknowledged(m_by->text().trimmed(), m_note->text().trimmed());
    });
    for (QLineEdit *field : {m_by, m_note})
        connect(field, &QLineEdit::returnPressed, m_button, &QPushButton::click);
    showRow(nullptr, false);
}

void FindingDetail::showRow(const FindingModel::Row *row, bool canAcknowledge)
{
    setVisible(row != nullptr);
    if (!row)
        return;
    m_sentence->setText(toQString(validUtf8(row->finding.sentence(qtTranslate()))));
    QStringList lines{QCoreApplication::translate("Finding", definitionOf(row->finding.code).why)};
    if (!row->finding.evidence.empty())
        lines << tr("Evidence: %1").arg(toQString(validUtf8(row->finding.shownEvidence(qtTranslate()))));
    if (!row->finding.where.empty())
        lines << tr("Where: %1").arg(shownPlace(row->finding));
    m_rest->setText(lines.join(u'\n'));
    m_known = row->acknowledgement.has_value();
    if (m_known) {
        const QDateTime when = QDateTime::fromString(row->acknowledgement->when, Qt::ISODate).toLocalTime();
        const QString text = tr("Acknowledged by %1, %2")
                                 .arg(row->acknowledgement->by, QLocale().toString(when, QLocale::ShortFormat));
        const QString &note = row->acknowledgement->note;
        m_state->setText(note.isEmpty() ? text : QStringLiteral("%1: %2").arg(text, note));
    }
    m_state->setVisible(m_known);
    for (QLineEdit *field : {m_by, m_note})
        field->setVisible(!m_known && canAcknowledge);
    m_button->setVisible(canAcknowledge);
    m_by->setText(settings::kReviewer.get());
    m_note->clear();
    updateButton();
}

void FindingDetail::updateButton()
{
    m_button->setText(m_known ? tr("Withdraw") : tr("Acknowledge"));
    m_button->setEnabled(m_known || !m_by->text().trimmed().isEmpty());
    m_button->setToolTip(m_button->isEnabled() ? QString() : tr("Say first who acknowledges it"));
}

} // namespace assay
