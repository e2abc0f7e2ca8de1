// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QListView;

namespace assay {

class Acknowledgements;
class CommandRegistry;
class JobQueue;
class SubjectModel;
class Workspace;

/// The list of subjects on the left, with the commands that act on the chosen ones.
class SubjectPanel : public QWidget
{
    Q_OBJECT
public:
    SubjectPanel(Workspace *workspace, JobQueue *jobs, Acknowledgements *acknowledgements, CommandRegistry *commands,
                 QWidget *parent = nullptr);
    int currentSubject() const;                ///< 0 when there is none
    std::vector<int> selectedSubjects() const; ///< in the list's order
    void select(int id);

signals:
    void currentChanged(int id);
    void selectionChanged();
    void closedSubjects(const QStringList &names); ///< for the message with its undo

private:
    void createView();
    void createCommands();
    void updateCommands();
    void popUp(const QPoint &position);
    void closeSelected();
    void copyPaths() const;
    void showFolders() const;

    Workspace *m_workspace;
    CommandRegistry *m_commands;
    SubjectModel *m_model;
    QListView *m_view;
};

} // namespace assay
