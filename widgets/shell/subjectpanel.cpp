// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/subjectpanel.h"

#include "core/service/subjectfiles.h"
#include "core/service/workspace.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/subjectdelegate.h"
#include "widgets/shell/subjectmodel.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr std::pair<const char *, Role> kRoleCommands[] = {{"role.base", Role::Base},
                                                           {"role.full", Role::Full},
                                                           {"role.distilled", Role::Distilled},
                                                           {"role.other", Role::Other}};
constexpr const char *kSelectionCommands[] = {"role.base",      "role.full",      "role.distilled",
                                              "role.other",     "subject.difference", "subject.rename",
                                              "subject.reload", "subject.folder", "subject.path",
                                              "subject.close"};
// A line stands above these in the context menu.
constexpr std::string_view kSeparated[] = {"subject.difference", "subject.rename", "subject.close"};

} // namespace

namespace {

/// What the file manager shows: the folder, of a file the one it lies in.
QUrl urlOf(const QString &path)
{
    const QFileInfo info(path);
    return QUrl::fromLocalFile(info.isFile() ? info.absolutePath() : path);
}

} // namespace

SubjectPanel::SubjectPanel(Workspace *workspace, JobQueue *jobs, Acknowledgements *acknowledgements,
                           CommandRegistry *commands, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_commands(commands),
      m_model(new SubjectModel(workspace, jobs, acknowledgements, this)), m_view(new QListView(this))
{
    setAccessibleName(tr("Subjects"));
    createView();
    createCommands();
    auto *heading = new QLabel(tr("Subjects"), this);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    heading->setContentsMargins(8, 6, 0, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
}

void SubjectPanel::createView()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new SubjectDelegate(m_view));
    m_view->setAccessibleName(tr("Subjects"));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this, &SubjectPanel::popUp);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { emit currentChanged(currentSubject()); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateCommands();
        emit selectionChanged();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first) {
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_model->index(first));
    });
}

void SubjectPanel::createCommands()
{
    for (const auto &[id, role] : kRoleCommands) {
        m_commands->setHandler(id, this, [this, chosen = role] {
            for (const int subject : selectedSubjects())
                m_workspace->setRole(subject, chosen);
        });
    }
    m_commands->setHandler("subject.rename", this, [this] { m_view->edit(m_view->currentIndex()); });
    m_commands->setHandler("subject.reload", this, [this] {
        for (const int subject : selectedSubjects())
            m_workspace->reload(subject);
    });
    m_commands->setHandler("subject.folder", this, [this] { showFolders(); });
    m_commands->setHandler("subject.path", this, [this] { copyPaths(); });
    m_commands->setHandler("subject.close", this, [this] { closeSelected(); });
    updateCommands();
}

void SubjectPanel::updateCommands()
{
    const bool any = m_view->selectionModel()->hasSelection();
    for (const char *id : kSelectionCommands)
        m_commands->setEnabled(id, any);
    const std::vector<int> chosen = selectedSubjects();
    const bool away = std::ranges::any_of(chosen, [this](int id) {
        const Subject *subject = m_workspace->find(id);
        return !subject || isRemoteSubject(subject->path.toStdString());
    });
    m_commands->setEnabled("subject.folder", any && !away); // an address or another machine has none here
}

int SubjectPanel::currentSubject() const
{
    return m_view->currentIndex().data(SubjectModel::IdRole).toInt();
}

std::vector<int> SubjectPanel::selectedSubjects() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<int> ids;
    for (const QModelIndex &row : rows)
        ids.push_back(row.data(SubjectModel::IdRole).toInt());
    return ids;
}

void SubjectPanel::select(int id)
{
    const QModelIndex index = m_model->indexOf(id);
    if (index.isValid())
        m_view->setCurrentIndex(index);
}

void SubjectPanel::popUp(const QPoint &position)
{
    if (!m_view->indexAt(position).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char *id : kSelectionCommands) {
        QAction *action = m_commands->action(id);
        if (std::string_view(id) == "subject.folder" && !action->isEnabled())
            continue;
        if (std::find(std::begin(kSeparated), std::end(kSeparated), id) != std::end(kSeparated))
            menu->addSeparator();
        menu->addAction(action);
    }
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void SubjectPanel::closeSelected()
{
    QStringList names;
    for (const int id : selectedSubjects()) {
        if (const Subject *subject = m_workspace->find(id))
            names << subject->name;
        m_workspace->close(id);
    }
    if (!names.isEmpty())
        emit closedSubjects(names);
}

void SubjectPanel::copyPaths() const
{
    QStringList paths;
    for (const int id : selectedSubjects()) {
        if (const Subject *subject = m_workspace->find(id))
            paths << subject->path;
    }
    QGuiApplication::clipboard()->setText(paths.join(u'\n'));
}

void SubjectPanel::showFolders() const
{
    for (const int id : selectedSubjects()) {
        if (const Subject *subject = m_workspace->find(id))
            QDesktopServices::openUrl(urlOf(subject->path));
    }
}

} // namespace assay
