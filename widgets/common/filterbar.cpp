// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filterbar.h"

#include "widgets/common/svgicon.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

namespace assay {
namespace {
constexpr int kPauseMilliseconds = 300;
constexpr int kWidestProblem = 420;
}

FilterBar::FilterBar(const QString &placeholder, QWidget *parent)
    : QWidget(parent), m_field(new QLineEdit(this)), m_problem(new QLabel(this)), m_count(new QLabel(this))
{
    m_field->setPlaceholderText(placeholder);
    m_field->setAccessibleName(placeholder);
    m_field->setClearButtonEnabled(true);
    m_field->setAcceptDrops(false); // a dropped folder is for the window
    m_field->addAction(themedIcon("search"), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_count->setAccessibleName(tr("Number of matches"));
    setFocusProxy(m_field);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_count);
    m_problem->setAccessibleName(tr("What is wrong with the filter"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMilliseconds);
    connect(m_field, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &FilterBar::tell);
}

QString FilterBar::text() const
{
    return m_field->text();
}

void FilterBar::setText(const QString &text)
{
    m_field->setText(text);
    tell();
}

void FilterBar::setCount(qint64 shown, qint64 total)
{
    const QLocale locale;
    m_count->setText(shown == total ? locale.toString(total)
                                    : tr("%1 of %2").arg(locale.toString(shown), locale.toString(total)));
}

void FilterBar::setProblem(const QString &sentence)
{
    // Long ones are of long words, which are in the field anyway.
    m_problem->setText(m_problem->fontMetrics().elidedText(sentence, Qt::ElideMiddle, kWidestProblem));
    m_problem->setToolTip(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    m_field->setAccessibleDescription(sentence);
}

void FilterBar::addControl(QWidget *control)
{
    layout()->addWidget(control);
}

void FilterBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FilterBar::tell()
{
    m_pause.stop();
    const QString now = m_field->text().trimmed();
    if (now == m_told)
        return;
    m_told = now;
    emit filterChanged(now);
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        if (m_field->text().isEmpty())
            return false;
        setText({});
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        tell();
        emit leftDown();
        return true;
    default:
        return false;
    }
}

} // namespace assay
