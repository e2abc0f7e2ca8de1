// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"
#include "core/service/job.h"

#include <QTimer>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace assay {

class VerificationLibrary;

/// How far a verification is; set from whatever thread does the work.
class VerifyProgress
{
public:
    void set(const Told &stage, double done, double total);
    struct State
    {
        Told stage;
        double done = 0, total = 0;
    };
    State state() const;

private:
    mutable std::mutex m_mutex;
    State m_state;
};

/// Checks a subject on a thread that may wait: gives what was found, as far as it came (Verification::interrupted) when it was told to
/// stop; an error only where nothing was found at all.
using VerifyWork = std::function<Result<Verification>(VerifyProgress &progress, std::stop_token stop)>;

/// One verification in the queue. What it found goes to the library, also of one that was broken off.
class VerifyJob : public Job
{
    Q_OBJECT
public:
    VerifyJob(const QString &subject, std::string path, VerifyWork work, VerificationLibrary *library, QObject *parent = nullptr);
    ~VerifyJob() override;
    const std::string &path() const { return m_path; } ///< of the subject
    const std::optional<Verification> &found() const { return m_found; }

protected:
    void run() override;
    void abort() override;

private:
    void took(Result<Verification> result);
    std::string m_path;
    VerifyWork m_work;
    VerificationLibrary *m_library;
    std::shared_ptr<VerifyProgress> m_progress = std::make_shared<VerifyProgress>();
    std::stop_source m_stop;
    QTimer m_look;
    std::optional<Verification> m_found;
};

} // namespace assay
