// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/profile.h"
#include "core/service/verify/endpointplan.h"
#include "core/service/verify/verifylocal.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace assay {

class JobQueue;
class RunLibrary;
class Workspace;
struct Subject;

/// What a subject is claimed to be, what it is held against and how much is asked; says before the start what an endpoint is asked for at
/// most. Queues a VerifyJob; what it finds goes to the run library's verifications().
class VerifyDialog : public QDialog
{
    Q_OBJECT
public:
    VerifyDialog(const Workspace &workspace, int subject, JobQueue &jobs, RunLibrary &runs, QWidget *parent);

signals:
    void started();
    void failed(const assay::Error &error); ///< a file cannot be read, the key store cannot be used

private:
    QWidget *withChooser(QLineEdit *field, const QString &title);
    QWidget *buildButtons();
    void addFileRows(QFormLayout *form);
    void addEndpointRows(QFormLayout *form);
    void fillSubjects(int chosen);
    void fillClaims();
    void subjectChanged();
    void claimChanged();
    void check();
    void start();
    void startFiles(const Subject &subject);
    void startEndpoint(const Subject &subject);
    const Subject *subject() const;
    EndpointVerificationPlan endpointPlan(const Subject &subject) const;

    const Workspace &m_workspace;
    JobQueue &m_jobs;
    RunLibrary &m_runs;
    std::vector<Profile> m_profiles;
    std::optional<ClaimSheet> m_sheet; ///< nothing while what was chosen cannot be read
    TokenTable m_table;
    QComboBox *m_subjects, *m_claims, *m_versions, *m_references, *m_sizes;
    QLineEdit *m_manifest, *m_tokenizers;
    QSpinBox *m_requests;
    QLabel *m_note;
    QFormLayout *m_form;
    QPushButton *m_start = nullptr;
};

} // namespace assay
