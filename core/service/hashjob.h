// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/verification.h"
#include "core/model/facts.h"
#include "core/service/job.h"
#include "core/service/mailbox.h"

#include <thread>

namespace assay {

/// Hashes a subject's files on another thread and holds them against what caches and lists declare. What was done
/// before it is cancelled is kept. A model on a server ends it at once: BadUsage.
class HashJob : public Job
{
    Q_OBJECT
public:
    HashJob(std::shared_ptr<const Inspection> inspection, const QString &subjectName, QObject *parent = nullptr);
    ~HashJob() override; ///< stops the thread's work
    /// One for each file, in the order of filesToVerify(); Unchecked until its turn.
    const std::vector<FileVerification> &results() const { return m_results; }
    /// Why a subject's files cannot be hashed; nothing when they can.
    static std::optional<Error> refusal(const Inspection &inspection);

signals:
    void fileChecked(int index); ///< into results()

protected:
    void run() override;
    void abort() override;

private:
    void take(int index, FileVerification result);
    std::shared_ptr<const Inspection> m_inspection;
    std::vector<FileVerification> m_results;
    std::shared_ptr<Mailbox> m_mailbox;
    std::jthread m_thread; ///< is asked to stop and waited for when it goes: a piece of a file
};

} // namespace assay
