// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/messagebar.h"

#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace assay {
namespace {

constexpr int kMostRows = 3;
constexpr const char *kKey = "messageKey";
constexpr const char *kText = "messageText";

QToolButton *makeToolButton(const char *icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

MessageBar::MessageBar(QWidget *parent) : QWidget(parent), m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(2);
    setAccessibleName(tr("Messages"));
    setVisible(false);
}

void MessageBar::show(const Message &message)
{
    if (!message.key.isEmpty())
        dismiss(message.key);
    while (m_rows->count() >= kMostRows)
        delete m_rows->itemAt(0)->widget();
    m_rows->addWidget(makeRow(message));
    setVisible(true);
}

void MessageBar::dismiss(const QString &key)
{
    for (int i = m_rows->count() - 1; i >= 0; --i) {
        QWidget *row = m_rows->itemAt(i)->widget();
        if (row->property(kKey).toString() == key)
            delete row;
    }
    setVisible(m_rows->count() > 0);
}

int MessageBar::count() const
{
    return m_rows->count();
}

QStringList MessageBar::texts() const
{
    QStringList texts;
    for (int i = 0; i < m_rows->count(); ++i)
        texts << m_rows->itemAt(i)->widget()->property(kText).toString();
    return texts;
}

QFrame *MessageBar::makeRow(const Message &message)
{
    auto *row = new QFrame(this);
    row->setFrameShape(QFrame::StyledPanel);
    row->setProperty(kKey, message.key);
    row->setProperty(kText, message.text);
    const QColor color = severityColor(message.severity, palette());
    auto *sign = new QLabel(row);
    sign->setPixmap(coloredIcon(severityName(message.severity), color).pixmap(16, 16));
    auto *text = new QLabel(message.text, row);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(message.text);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    if (message.action) {
        auto *button = new QPushButton(message.actionText, row);
        connect(button, &QPushButton::clicked, row, message.action);
        layout->addWidget(button);
    }
    auto *copy = makeToolButton("copy", tr("Copy details"), row);
    connect(copy, &QToolButton::clicked, row,
            [details = message.details.isEmpty() ? message.text : message.details] {
                QGuiApplication::clipboard()->setText(details);
            });
    layout->addWidget(copy);
    auto *close = makeToolButton("close", tr("Dismiss"), row);
    connect(close, &QToolButton::clicked, row, [this, row] {
        m_rows->removeWidget(row);
        row->deleteLater();
        setVisible(m_rows->count() > 0);
    });
    layout->addWidget(close);
    return row;
}

} // namespace assay
