// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/verifyjob.h"

#include "core/service/background.h"
#include "core/service/slowthreads.h"
#include "core/service/translation.h"
#include "core/service/verify/verificationlibrary.h"

namespace assay {
namespace {
constexpr int kLookMilliseconds = 100;
}

void VerifyProgress::set(const Told &stage, double done, double total)
{
    const std::lock_guard lock(m_mutex);
    m_state = {stage, done, total};
}

VerifyProgress::State VerifyProgress::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

VerifyJob::VerifyJob(const QString &subject, std::string path, VerifyWork work, VerificationLibrary *library, QObject *parent)
    : Job(tr("Verification"), subject, parent), m_path(std::move(path)), m_work(std::move(work)), m_library(library)
{
    m_look.setInterval(kLookMilliseconds);
    connect(&m_look, &QTimer::timeout, this, [this] {
        const VerifyProgress::State now = m_progress->state();
        setProgress(toQString(now.stage.sentence(qtTranslate())), now.done, now.total);
    });
}

VerifyJob::~VerifyJob()
{
    m_stop.request_stop();
}

void VerifyJob::run()
{
    m_look.start();
    inBackground(this, [work = m_work, progress = m_progress, stop = m_stop.get_token()] { return work(*progress, stop); },
                 [this](Result<Verification> &&result) { took(std::move(result)); }, &slowThreads());
}

void VerifyJob::abort()
{
    m_stop.request_stop();
}

void VerifyJob::took(Result<Verification> result)
{
    m_look.stop();
    if (!result)
        return end(result.error().code == ErrorCode::Cancelled ? JobState::Cancelled : JobState::Failed, result.error());
    m_found = std::move(*result);
    m_runId = toQString(m_found->id);
    if (m_library)
        m_library->add(*m_found);
    addLog(toQString(m_found->verdict.sentence.sentence(qtTranslate())));
    end(m_found->interrupted && m_stop.stop_requested() ? JobState::Cancelled : JobState::Finished);
}

} // namespace assay
