// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/hashjob.h"

#include "core/service/translation.h"

namespace assay {
namespace {

constexpr uint64_t kTellEvery = 32 << 20; // bytes between two reports: 20 to 60 a second

} // namespace

HashJob::HashJob(std::shared_ptr<const Inspection> inspection, const QString &subjectName, QObject *parent)
    : Job(tr("File hashes"), subjectName, parent), m_inspection(std::move(inspection)),
      m_mailbox(std::make_shared<Mailbox>(this))
{
    for (const std::string &name : filesToVerify(m_inspection->directory)) {
        const FileEntry *entry = m_inspection->directory.files->find(name);
        FileVerification file;
        file.name = name;
        file.source = entry && entry->expected ? entry->expected->source : std::string();
        m_results.push_back(std::move(file));
    }
}

HashJob::~HashJob()
{
    m_mailbox->close();
}

std::optional<Error> HashJob::refusal(const Inspection &inspection)
{
    if (!inspection.directory.files->remote())
        return std::nullopt;
    return Error{ErrorCode::BadUsage, {ASSAY_TEXT("Reason", "The files of a server are not fetched to be hashed: download the model first")}, {}};
}

void HashJob::run()
{
    if (const auto refused = refusal(*m_inspection)) {
        end(JobState::Failed, refused);
        return;
    }
    std::vector<std::string> names;
    double total = 0;
    for (const FileVerification &file : m_results) {
        names.push_back(file.name);
        const FileEntry *entry = m_inspection->directory.files->find(file.name);
        total += entry && entry->bytes ? double(*entry->bytes) : 0;
    }
    setProgress(QString(), 0, total);
    // Not the pool's default threads: opening subjects must not wait behind terabytes.
    m_thread = std::jthread([this, names, total, files = m_inspection->directory.files, mailbox = m_mailbox](const std::stop_token &stop) {
        uint64_t done = 0, told = 0;
        for (size_t i = 0; i < names.size() && !stop.stop_requested(); ++i) {
            const auto progress = [&](uint64_t bytes) {
                done += bytes;
                if (done - told < kTellEvery)
                    return;
                told = done;
                mailbox->post([this, name = names[i], now = done, total] { setProgress(toQString(name), double(now), total); });
            };
            FileVerification result = verifyFile(*files, names[i], stop, progress);
            mailbox->post([this, i, result = std::move(result)] { take(int(i), result); });
        }
        mailbox->post([this, cancelled = stop.stop_requested()] {
            if (cancelled)
                end(JobState::Cancelled, Error{ErrorCode::Cancelled, {}, {}});
            else
                end(JobState::Finished);
        });
    });
}

void HashJob::take(int index, FileVerification result)
{
    m_results[size_t(index)] = std::move(result);
    emit fileChecked(index);
}

void HashJob::abort()
{
    m_thread.request_stop();
}

} // namespace assay
