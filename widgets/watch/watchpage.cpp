// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/watch/watchpage.h"

#include "core/identify/watch/watchediting.h"
#include "core/service/translation.h"
#include "core/service/verify/watchdesk.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/settings.h"
#include "widgets/common/statepage.h"
#include "widgets/common/theme.h"
#include "widgets/watch/baselinedialog.h"
#include "widgets/watch/newwatchdialog.h"
#include "widgets/watch/switchdialog.h"
#include "widgets/watch/watchmodel.h"
#include "widgets/watch/watchview.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay {
namespace {
constexpr int kWidestColumn = 300, kMostRows = 6;
}

WatchPage::WatchPage(WatchDesk *desk, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_model(new WatchModel(desk, this)), m_list(makeTreeView(tr("Watches"), false, this)),
      m_state(new StatePage(this)), m_view(new WatchView(this)), m_line(new QLabel(this))
{
    setAccessibleName(tr("Watch"));
    m_list->setModel(m_model);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_line->setObjectName(QStringLiteral("stateLine"));
    m_line->setWordWrap(true);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_line->setFocusPolicy(Qt::NoFocus);
    m_line->setContentsMargins(12, 2, 12, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    auto *holder = new QHBoxLayout;
    holder->setContentsMargins(12, 0, 12, 4);
    holder->addWidget(m_list);
    layout->addLayout(holder);
    layout->addWidget(m_line);
    auto *below = new QWidget(this);
    m_stack = new QStackedLayout(below);
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_view);
    layout->addWidget(below, 1);
    connect(m_state, &StatePage::buttonClicked, this, [this] {
        if (m_desk->watches().empty())
            newWatch();
        else
            readAgain();
    });
    connect(m_view, &WatchView::pictureFailed, this, &WatchPage::pictureFailed);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (!index.isValid())
            return;
        m_chosen = m_model->pathAt(index.row());
        showChosen();
    });
    connect(desk, &WatchDesk::listChanged, this, &WatchPage::refresh);
    connect(desk, &WatchDesk::changed, this, [this](const QString &path) {
        m_model->rowChanged(path.toStdString());
        showList();
        if (path.toStdString() == m_chosen)
            showChosen();
    });
    refresh();
}

QWidget *WatchPage::buildBar()
{
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 6, 12, 6);
    const auto button = [&](const QString &text, const QString &tip, void (WatchPage::*act)()) {
        auto *made = new QPushButton(text, bar);
        made->setToolTip(tip);
        layout->addWidget(made);
        connect(made, &QPushButton::clicked, this, act);
        return made;
    };
    m_run = button(tr("Run"), {}, &WatchPage::runOrPause);
    button(tr("New watch..."), tr("Makes a watch file: an endpoint, what is checked, how often, what is agreed"), &WatchPage::newWatch);
    button(tr("Open..."), tr("A watch file that is there, as assay monitor runs it"), &WatchPage::openWatch);
    m_more = new QToolButton(bar);
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setMenu(new QMenu(m_more));
    m_switch = addAction(tr("Record a switch of versions..."), tr("Who, why, and the way back: into the audit log"), &WatchPage::recordSwitch);
    m_baseline = addAction(tr("Begin a new baseline..."), tr("What is usual is learned anew"), &WatchPage::newBaseline);
    m_report = addAction(tr("Report..."), tr("This watch as PDF, HTML, Markdown, CSV or JSON"), &WatchPage::askReport);
    addAction(tr("Read again"), tr("What another program wrote meanwhile"), &WatchPage::readAgain);
    addAction(tr("Close"), tr("Takes the watch off the list and ends its checks here; nothing on the disk changes"), &WatchPage::closeWatch);
    layout->addWidget(m_more);
    layout->addStretch(1);
    return bar;
}

QAction *WatchPage::addAction(const QString &text, const QString &tip, void (WatchPage::*act)())
{
    QAction *action = m_more->menu()->addAction(text);
    action->setToolTip(tip);
    connect(action, &QAction::triggered, this, act);
    return action;
}

const OpenWatch *WatchPage::current() const
{
    return m_desk->find(m_chosen);
}

std::shared_ptr<const WatchReading> WatchPage::reading() const
{
    const OpenWatch *watch = current();
    return watch ? watch->reading : nullptr;
}

void WatchPage::choose(const std::string &path)
{
    m_chosen = path;
    m_list->setCurrentIndex(m_model->index(m_model->rowOf(path), 0));
    showChosen();
}

void WatchPage::refresh()
{
    std::string chosen = m_desk->find(m_wanted) ? std::exchange(m_wanted, {}) : m_chosen;
    m_model->listChanged();
    const auto &watches = m_desk->watches();
    const bool more = int(watches.size()) > 0;
    m_list->setVisible(more);
    showList();
    if (!more)
        m_chosen.clear();
    else
        choose(m_desk->find(chosen) ? chosen : watches.back()->path);
    showChosen();
}

/// As high as its rows: what was found needs the room.
void WatchPage::showList()
{
    const int row = std::max(m_list->sizeHintForRow(0), fontMetrics().height() + 6);
    widenColumns(m_list, kWidestColumn);
    const int bar = m_list->header()->length() > m_list->viewport()->width() ? m_list->horizontalScrollBar()->sizeHint().height() : 0;
    m_list->setFixedHeight(m_list->header()->sizeHint().height() + std::clamp(m_model->rowCount(), 1, kMostRows) * row + 2 * m_list->frameWidth() + 2 + bar);
}

void WatchPage::showChosen()
{
    showButtons();
    const OpenWatch *watch = current();
    if (!watch) {
        m_shown = nullptr;
        m_line->hide();
        m_stack->setCurrentWidget(m_state);
        m_state->showEmpty(tr("Watch an endpoint over time: is it still what it was, and does it keep what was agreed? No reference is needed: it is compared with itself."),
                           tr("New watch..."));
        return;
    }
    const QString why = watchStateDetail(*watch);
    const bool told = watch->told && watch->runs();
    m_line->setText(!why.isEmpty() ? why : told ? toQString(watch->told->sentence(qtTranslate())) : QString());
    m_line->setVisible(watch->reading && !m_line->text().isEmpty());
    QPalette inked = palette();
    if (!why.isEmpty())
        inked.setColor(QPalette::WindowText, severityColor(Severity::Problem, inked));
    m_line->setPalette(inked);
    if (watch->reading) {
        if (m_shown != watch->reading)
            m_view->setReading(watch->reading);
        m_shown = watch->reading;
        m_stack->setCurrentWidget(m_view);
        return;
    }
    m_stack->setCurrentWidget(m_state);
    if (watch->error)
        m_state->showFailed(tr("This watch cannot be read"), why, tr("Read again"));
    else
        m_state->showLoading(tr("Reading %1").arg(toQString(watch->name())));
}

void WatchPage::showButtons()
{
    const OpenWatch *watch = current();
    const bool readable = watch && watch->reading && !watch->error;
    m_run->setVisible(watch);
    m_more->setVisible(watch);
    for (QAction *action : {m_switch, m_baseline, m_report})
        action->setVisible(readable);
    if (!watch)
        return;
    const bool runs = watch->runs() || watch->goesOn;
    m_run->setText(runs ? tr("Pause") : tr("Run"));
    m_run->setEnabled(watch->state() != WatchRunner::State::Stopping && (runs || readable));
    m_run->setToolTip(runs       ? tr("Ends the checks; one that is under way is made again later")
                      : readable ? tr("Makes the checks that are due, now and later: about %1 calls a day").arg(std::llround(callsADay(watch->reading->file)))
                                 : QString());
}

void WatchPage::runOrPause()
{
    const OpenWatch *watch = current();
    if (!watch)
        return;
    if (watch->runs() || watch->goesOn)
        m_desk->pause(m_chosen);
    else
        m_desk->run(m_chosen);
    showButtons();
}

void WatchPage::readAgain()
{
    m_desk->read(m_chosen);
}

void WatchPage::closeWatch()
{
    m_desk->close(m_chosen);
}

void WatchPage::askReport()
{
    emit reportRequested();
}

void WatchPage::suggest(const QString &url, const QString &model)
{
    m_url = url;
    m_suggestedModel = model;
}

void WatchPage::newWatch()
{
    auto *dialog = new NewWatchDialog(this);
    if (!m_url.isEmpty())
        dialog->setEndpoint(m_url, m_suggestedModel);
    connect(dialog, &NewWatchDialog::chosen, this, [this](const std::string &path, const WatchFile &watch) {
        m_wanted = path;
        m_desk->create(path, watch);
    });
    dialog->open();
}

void WatchPage::openWatch()
{
    auto *dialog = new QFileDialog(this, tr("Open a watch"), settings::kLastFolder.get(), tr("Watch files (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        settings::kLastFolder.set(QFileInfo(file).path());
        m_wanted = QFileInfo(file).absoluteFilePath().toStdString();
        if (m_desk->find(m_wanted))
            choose(std::exchange(m_wanted, {}));
        else
            m_desk->open(m_wanted);
    });
    dialog->open();
}

void WatchPage::recordSwitch()
{
    const auto now = reading();
    if (!now)
        return;
    auto *dialog = new SwitchDialog(now->file, this);
    connect(dialog, &SwitchDialog::chosen, this, [this, path = m_chosen](const VersionSwitch &made) { m_desk->recordSwitch(path, made); });
    dialog->open();
}

void WatchPage::newBaseline()
{
    const auto now = reading();
    if (!now)
        return;
    auto *dialog = new BaselineDialog(now->file, this);
    connect(dialog, &BaselineDialog::chosen, this, [this, path = m_chosen](const std::string &why, const std::string &endpoint, std::optional<WatchCheck> check) {
        m_desk->renewBaseline(path, why, endpoint, check);
    });
    dialog->open();
}

void WatchPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    emit looked();
}

void WatchPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showList();
}

void WatchPage::focusFilter()
{
    m_view->focusFilter();
}

QString WatchPage::state() const
{
    return m_stack->currentWidget() == m_state ? m_state->sentence() : m_line->text();
}

} // namespace assay
