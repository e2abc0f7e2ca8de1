// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/backend.h"
#include "core/service/workerclient.h"

#include <memory>

namespace assay {

/// A model directory behind a worker of its own, so that a crash and the process's peak memory are this subject's alone.
class WorkerBackend : public Backend
{
    Q_OBJECT
public:
    WorkerBackend(WorkerCommand command, std::string modelPath, QObject *parent = nullptr);
    ~WorkerBackend() override;

    void open(const std::string &device, const std::string &dtype, ProgressFn progress, Done<LoadSample> done) override;
    void close(Done<bool> done) override;
    Capabilities capabilities() const override;
    Environment environment() const override;
    void tokenize(const std::string &text, bool special, Done<Tokens> done) override;
    void generate(protocol::GenerateRequest request, ChunkFn chunk, Done<protocol::GenerateResult> done) override;
    void score(std::vector<protocol::ScoreItem> items, Done<protocol::ScoreResult> done) override;
    void logits(const std::vector<int64_t> &ids, bool cache, RowsFn rows, Done<bool> done) override;
    void measure(protocol::MeasureRequest request, SampleFn sample, Done<bool> done) override;
    void cancel() override;
    qint64 workerProcessId() const;
    const protocol::LoadResult &loaded() const { return m_loaded; }

private:
    WorkerCommand m_command;
    std::string m_modelPath;
    std::unique_ptr<WorkerClient> m_client;
    protocol::LoadResult m_loaded;
    std::string m_device, m_dtype;
    int64_t m_running = 0;
};

} // namespace assay
