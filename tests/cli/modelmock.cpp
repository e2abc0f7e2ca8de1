// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/modelmock.h"

#include "core/service/workerbackend.h"

#include <QEventLoop>
#include <QThread>
#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

template <class T> struct Answer
{
    std::mutex mutex;
    std::condition_variable wake;
    std::optional<Result<T>> result;

    void set(Result<T> got)
    {
        const std::lock_guard lock(mutex);
        result = std::move(got);
        wake.notify_all();
    }
    Result<T> wait()
    {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return result.has_value(); });
        return std::move(*result);
    }
};

} // namespace

/// The worker's backend lives in a thread with an event loop; whoever asks it waits.
struct ModelMock::Model
{
    explicit Model(const QString &path)
    {
        thread.start();
        context.moveToThread(&thread);
        run([this, path] { backend = std::make_unique<WorkerBackend>(WorkerCommand{QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker"), {}}, path.toStdString()); });
    }
    ~Model()
    {
        run([this] { backend.reset(); });
        thread.quit();
        thread.wait();
    }

    template <class Work> void run(Work work) { QMetaObject::invokeMethod(&context, work, Qt::BlockingQueuedConnection); }

    bool open()
    {
        const auto answer = std::make_shared<Answer<LoadSample>>();
        run([&] { backend->open("cpu", "auto", {}, [answer](Result<LoadSample> loaded) { answer->set(std::move(loaded)); }); });
        return answer->wait().has_value();
    }

    std::vector<MockToken> answerTo(const MockAsked &asked)
    {
        const nlohmann::json body = nlohmann::json::parse(asked.body, nullptr, false);
        protocol::GenerateItem item;
        item.prompt = asked.last;
        item.maxTokens = body.value("max_tokens", body.value("max_completion_tokens", int64_t(16)));
        item.temperature = body.value("temperature", 1.0);
        item.seed = std::hash<std::string>()(asked.last + body.value("model", std::string())) % 1'000'000 + 7919 * uint64_t(++times[asked.last]);
        const auto answer = std::make_shared<Answer<protocol::GenerateBatchResult>>();
        auto pieces = std::make_shared<std::vector<MockToken>>();
        run([&] {
            backend->generateBatch({item}, [pieces](const protocol::GenerateChunk &chunk) { pieces->push_back({chunk.text, int64_t(pieces->size()), -0.1}); },
                                   [answer](Result<protocol::GenerateBatchResult> done) { answer->set(std::move(done)); });
        });
        const auto done = answer->wait();
        std::string told;
        for (const MockToken &piece : *pieces)
            told += piece.text;
        // What the worker holds back until an answer's end comes with the result alone.
        if (done && done->rows.front().text.size() > told.size())
            pieces->push_back({done->rows.front().text.substr(told.size()), 0, -0.1});
        return std::move(*pieces);
    }

    QThread thread;
    QObject context;
    std::unique_ptr<WorkerBackend> backend;
    std::map<std::string, int> times; ///< how often each prompt was asked
};

ModelMock::ModelMock(const QString &model, MockScript script) : m_endpoint(std::move(script)), m_model(std::make_unique<Model>(model)) {}

ModelMock::~ModelMock()
{
    m_endpoint.stop();
}

bool ModelMock::start()
{
    MockHooks hooks;
    hooks.answer = [this](const MockAsked &asked) { return m_model->answerTo(asked); };
    m_endpoint.setHooks(std::move(hooks));
    return m_model->open() && m_endpoint.start().has_value();
}
