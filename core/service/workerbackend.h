// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/encodermessages.h"
#include "core/protocol/fidelitymessages.h"
#include "core/protocol/imagemessages.h"
#include "core/service/backend.h"
#include "core/service/workerclient.h"

#include <QPointer>
#include <memory>

namespace assay {

/// What FidelityResult packs, unpacked: one each of the positions.
struct FidelityValues
{
    std::vector<float> divergence, nllReference, nllOther, softened;
    std::vector<uint8_t> sameTop;
    double seconds = 0;
};

/// A model directory behind a worker of its own, so that a crash and the process's peak memory are this
/// subject's alone.
class WorkerBackend : public Backend
{
    Q_OBJECT
public:
    WorkerBackend(WorkerCommand command, std::string modelPath, QObject *parent = nullptr);
    /// A further model in the worker of another backend, which this one starts where it does not run: what compares two models has both
    /// there. When this one goes its model does, the other's stays.
    WorkerBackend(WorkerBackend &beside, std::string modelPath);
    ~WorkerBackend() override; ///< what is still asked gets Cancelled first; the worker is killed
    bool isLoaded() const;     ///< in a worker that still answers
    void endWorker();          ///< of a request that nobody waits for any more; the model has to be opened anew

    void open(const std::string &device, const std::string &dtype, ProgressFn progress,
              Done<LoadSample> done) override;
    void setCold(bool cold) override { m_cold = cold; }
    void close(Done<bool> done) override;
    Capabilities capabilities() const override;
    Environment environment() const override;
    void tokenize(const std::string &text, bool special, Done<Tokens> done) override;
    void generate(protocol::GenerateRequest request, ChunkFn chunk,
                  Done<protocol::GenerateResult> done) override;
    void generateBatch(std::vector<protocol::GenerateItem> rows, ChunkFn chunk,
                       Done<protocol::GenerateBatchResult> done) override;
    void score(std::vector<protocol::ScoreItem> items, Done<protocol::ScoreResult> done) override;
    void scoreTokens(std::vector<protocol::ScoreItem> items, int64_t top, TokensFn tokens,
                     Done<protocol::ScoreResult> done) override;
    // Encoders, classifiers and masked language models; the request's model is filled in.
    void encode(protocol::EncodeRequest request, Done<protocol::EncodeResult> done);
    void classify(protocol::ClassifyRequest request, Done<protocol::ClassifyResult> done);
    void fill(protocol::FillRequest request, Done<protocol::FillResult> done);
    // TorchScript modules that take images for classes; likewise.
    void classifyImages(protocol::ClassifyImagesRequest request, Done<protocol::ClassifyImagesResult> done) override;
    void logits(const std::vector<int64_t> &ids, bool cache, RowsFn rows, Done<bool> done) override;
    void measure(protocol::MeasureRequest request, SampleFn sample, Done<bool> done) override;
    void limits(Done<MachineLimits> done) override;
    // Distributions of next tokens (fidelitymessages.h); the request's model is filled in, and the reference where one is given.
    void vocabulary(Done<protocol::VocabularyResult> done);
    void fidelity(protocol::FidelityRequest request, const WorkerBackend *reference, Done<FidelityValues> done);
    using BytesFn = std::function<void(const std::vector<std::byte> &bytes)>;
    void baseRows(protocol::BaseRowsRequest request, BytesFn rows, Done<protocol::BaseRowsResult> done);
    void useRows(const protocol::UseRowsRequest &request, Done<bool> done);
    void cancel() override;
    qint64 workerProcessId() const;
    const protocol::LoadResult &loaded() const { return m_loaded; }

private:
    void startWorker(std::function<void(Result<bool>)> then);
    void load(ProgressFn progress, Done<LoadSample> done);
    /// Sends a request; its answer goes through parse to done. Without a loaded model: UnknownModel.
    template <class T, class Parse>
    void ask(const char *method, const protocol::Json &params, Done<T> done, Parse parse,
             WorkerClient::Notify notify = {});
    /// A request about items, to be answered with as many.
    template <class Answer, class Request> void askOfItems(const char *method, Request request, Done<Answer> done);
    WorkerClient::Notify chunksTo(ChunkFn chunk, size_t rows);
    void askScores(protocol::ScoreRequest request, Done<protocol::ScoreResult> done, WorkerClient::Notify notify);
    /// A notification that cannot be read: nothing that the worker says can be trusted any more.
    void distrust(const Error &error);

    WorkerCommand m_command;
    std::string m_modelPath;
    WorkerBackend *owner() { return m_isBeside ? m_beside.data() : this; } ///< of the worker; null: it has gone
    WorkerClient *client() const { return !m_isBeside ? m_client.get() : m_beside ? m_beside->m_client.get() : nullptr; }

    const bool m_isBeside = false;
    QPointer<WorkerBackend> m_beside; ///< whose worker it is
    QPointer<WorkerClient> m_loadedBy; ///< models of a worker that has gone are no more
    std::unique_ptr<WorkerClient> m_client;
    std::function<void(Result<bool>)> m_starting; ///< set until the worker is ready or has failed
    protocol::LoadResult m_loaded;
    std::string m_device, m_dtype;
    bool m_cold = false;
    int64_t m_running = 0;
};

} // namespace assay
