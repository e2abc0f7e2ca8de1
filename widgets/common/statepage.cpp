// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statepage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

StatePage::StatePage(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_sentence(new QLabel(this)),
      m_busy(new QProgressBar(this)), m_progress(new QLabel(this)), m_button(new QPushButton(this))
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setAlignment(Qt::AlignCenter);
    for (QLabel *label : {m_title, m_sentence, m_progress}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setFocusPolicy(Qt::NoFocus);
    }
    m_sentence->setAlignment(Qt::AlignCenter);
    m_progress->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_progress->setMinimumHeight(2 * fontMetrics().lineSpacing()); // so that the button stays where it is
    m_busy->setRange(0, 0);
    m_busy->setFixedWidth(fontMetrics().averageCharWidth() * 40);
    m_busy->setAccessibleName(tr("Loading"));
    connect(m_button, &QPushButton::clicked, this, &StatePage::buttonClicked);
    auto *column = new QVBoxLayout;
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addWidget(m_busy, 0, Qt::AlignHCenter);
    column->addWidget(m_progress);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    centerColumn(this, column, 100);
}

void centerColumn(QWidget *page, QLayout *column, int characters)
{
    // Not by alignment: an aligned item loses the height that its wrapped text needs.
    auto *holder = new QWidget(page);
    holder->setLayout(column);
    holder->setMaximumWidth(page->fontMetrics().averageCharWidth() * characters);
    holder->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(holder, 100);
    across->addStretch(1);
    auto *down = new QVBoxLayout(page);
    down->addStretch(2);
    down->addLayout(across);
    down->addStretch(3);
}

void StatePage::showEmpty(const QString &sentence, const QString &button)
{
    fill({}, sentence, button, false);
}

void StatePage::showLoading(const QString &sentence, const QString &button)
{
    fill({}, sentence, button, true);
}

void StatePage::setProgress(const QString &line)
{
    m_progress->setText(line);
    m_progress->setVisible(!line.isEmpty());
}

void StatePage::showFailed(const QString &title, const QString &sentence, const QString &button)
{
    fill(title, sentence, button, false);
}

QString StatePage::sentence() const
{
    return m_sentence->text();
}

void StatePage::fill(const QString &title, const QString &sentence, const QString &button, bool busy)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_sentence->setText(sentence);
    m_busy->setVisible(busy);
    setProgress({});
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(title.isEmpty() ? sentence : title + QStringLiteral(": ") + sentence);
}

} // namespace assay
