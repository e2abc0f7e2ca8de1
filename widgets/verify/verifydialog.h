// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/profile.h"
#include "core/service/verify/endpointplan.h"
#include "core/service/verify/verifylocal.h"
#include "widgets/verify/growingdialog.h"

#include <QTimer>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace assay {

class JobQueue;
class ReferenceBox;
class RunLibrary;
class SpendingCaps;
class Workspace;
struct Subject;

/// What a subject is claimed to be, what it is held against and how much is asked; says before the start what is asked at most, of whom, and
/// what it costs. Queues a VerifyJob; what it finds goes to the run library's verifications().
class VerifyDialog : public GrowingDialog
{
    Q_OBJECT
public:
    VerifyDialog(const Workspace &workspace, int subject, JobQueue &jobs, RunLibrary &runs, QWidget *parent);
    QString note() const; ///< what is asked, or why it cannot start
    ReferenceBox *reference() const { return m_reference; }
    SpendingCaps *caps() const { return m_caps; }

signals:
    void started();
    void failed(const assay::Error &error); ///< a file cannot be read, the key store cannot be used

private:
    QWidget *withChooser(QLineEdit *field, const QString &title);
    QWidget *buildButtons();
    QWidget *buildClaims();
    void buildForm();
    void fillSubjects(int chosen);
    void fillClaims(const QString &chosen);
    void editSheet();
    void subjectChanged();
    void claimChanged();
    void sizeChanged();
    void changed();
    void lookAtReference();
    void check();
    void start();
    void startFiles(const Subject &subject);
    void startEndpoint(const Subject &subject);
    void askKeys(EndpointVerificationPlan plan, const QString &address, const QString &referenceAddress, const QString &name, const std::string &path);
    bool asksReference() const; ///< an endpoint's, of a size that asks it
    const Subject *subject() const;
    VerificationSize size() const;
    EndpointVerificationPlan endpointPlan(const Subject &subject) const;
    QString costText(const EndpointVerificationPlan &plan) const;

    const Workspace &m_workspace;
    JobQueue &m_jobs;
    RunLibrary &m_runs;
    std::vector<Profile> m_profiles;
    std::optional<ClaimSheet> m_sheet; ///< nothing while what was chosen cannot be read
    std::optional<Error> m_problem;    ///< of the sheet or of the reference
    std::optional<EndpointReference> m_opened; ///< what was chosen, looked at
    TokenTable m_table;
    QComboBox *m_subjects, *m_claims, *m_versions, *m_sizes;
    QLineEdit *m_manifest, *m_tokenizers;
    ReferenceBox *m_reference;
    SpendingCaps *m_caps;
    QLabel *m_note;
    QFormLayout *m_form;
    QPushButton *m_start = nullptr;
    QTimer m_look;
    int m_looks = 0;        ///< only what the last one found counts
    bool m_looking = false; ///< at the reference
};

} // namespace assay
