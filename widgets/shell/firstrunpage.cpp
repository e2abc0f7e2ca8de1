// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/firstrunpage.h"

#include "widgets/common/statepage.h"
#include "widgets/common/svgicon.h"
#include "widgets/shell/commandregistry.h"

#include <QCommandLinkButton>
#include <QLabel>
#include <QVBoxLayout>

namespace assay {
namespace {
constexpr int kLogo = 64;
}

FirstRunPage::FirstRunPage(const CommandRegistry &commands, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Start"));
    auto *logo = new QLabel(this);
    logo->setPixmap(assayIcon().pixmap(kLogo, kLogo));
    logo->setAlignment(Qt::AlignCenter);
    auto *title = new QLabel(tr("See what a model is, what it costs to run, and how it compares."), this);
    title->setWordWrap(true);
    title->setAlignment(Qt::AlignCenter);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    title->setFont(font);
    auto *hint = new QLabel(tr("Or drop folders, files or addresses of models anywhere on this window."), this);
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignCenter);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto *choices = new QVBoxLayout;
    for (QWidget *widget : {logo, title})
        choices->addWidget(widget);
    choices->addSpacing(12);
    for (const char *id : {"open", "open.endpoint", "open.sample"}) {
        QAction *action = commands.action(id);
        auto *button = new QCommandLinkButton(action->text(), action->statusTip(), this);
        button->setIcon(action->icon());
        button->setAccessibleName(action->text());
        connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
        choices->addWidget(button);
    }
    choices->addSpacing(8);
    choices->addWidget(hint);
    centerColumn(this, choices, 90);
}

} // namespace assay
