// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/workspace.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTabWidget;

namespace assay {

class Acknowledgements;
class ElidedLabel;
class EndpointView;
class FactTile;
class InspectTab;
class FilesTab;
class FindingsTab;
class StatePage;
class SubjectChecks;
class TensorPanel;

/// What one subject is: figures, facts, config, layers, tokenizer, findings, files; of an endpoint what it tells. While it is
/// loading or could not be read, it says so.
class InspectPage : public QWidget
{
    Q_OBJECT
public:
    InspectPage(Workspace *workspace, SubjectChecks *checks, Acknowledgements *acknowledgements,
                QWidget *parent = nullptr);
    void setSubject(int id); ///< 0: none
    void setRuns(const RunLibrary *runs); ///< measured memory comes from there
    int subject() const { return m_id; }
    void focusFilter();                      ///< of the tab that is seen, else of the layers
    void showTab(const QString &objectName); ///< "overview", "config", "layers", "tokenizer", ...

signals:
    void openRequested();

private:
    void createHeader();
    void createTabs();
    void addTab(InspectTab *tab, const char *objectName, const QString &title);
    void refresh();
    void showReady(const Subject &subject);
    void countFindings();
    void answerButton();
    void showProgress();
    void showFetched();
    void showChecks();
    InspectTab *currentTab() const;

    Workspace *m_workspace;
    SubjectChecks *m_checks;
    Acknowledgements *m_acknowledgements;
    QStackedWidget *m_stack;
    StatePage *m_state;
    QWidget *m_content;
    QScrollArea *m_scroll = nullptr; ///< around it
    QLabel *m_role = nullptr;
    ElidedLabel *m_name = nullptr;
    ElidedLabel *m_path = nullptr;
    QLabel *m_fetched = nullptr; ///< of a subject on a server
    QPushButton *m_cancel = nullptr; ///< of reading again
    QTimer m_fetching;
    std::array<FactTile *, 6> m_tiles{};
    TensorPanel *m_tensor = nullptr;
    FindingsTab *m_findings = nullptr;
    FilesTab *m_files = nullptr;
    QTabWidget *m_tabs = nullptr;
    EndpointView *m_endpoint = nullptr; ///< in the tabs' place
    std::shared_ptr<const Inspection> m_shown;
    int m_id = 0;
};

} // namespace assay
