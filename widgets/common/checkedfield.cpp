// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/checkedfield.h"

#include "widgets/common/theme.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace assay {

CheckedField::CheckedField(const QString &accessibleName, const QString &tip, QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_problem(new QLabel(this))
{
    m_edit->setAccessibleName(accessibleName);
    m_edit->setToolTip(tip);
    m_edit->setAcceptDrops(false); // a dropped folder is for the window
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    setFocusProxy(m_edit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    connect(m_edit, &QLineEdit::textChanged, this, &CheckedField::changed);
    colour();
}

QString CheckedField::text() const
{
    return m_edit->text().trimmed();
}

void CheckedField::setText(const QString &text)
{
    m_edit->setText(text);
}

void CheckedField::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
}

void CheckedField::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    m_edit->setAccessibleDescription(sentence);
    fitProblem();
}

/// The height that all its lines need, since no layout asks for it.
void CheckedField::fitProblem()
{
    m_problem->setMinimumHeight(m_problem->isHidden() ? 0 : m_problem->heightForWidth(width()));
}

void CheckedField::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitProblem();
}

void CheckedField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::ThemeChange)
        colour();
}

void CheckedField::colour()
{
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, severityColor(Severity::Problem, colours));
    m_problem->setPalette(colours);
}

} // namespace assay
