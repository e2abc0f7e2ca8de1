// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestrecord.h"
#include "core/endpoint/target.h"
#include "core/service/backend.h"
#include "core/service/keys.h"
#include "core/service/mailbox.h"

#include <memory>
#include <thread>

namespace assay {

/// Of an endpoint nothing is known but where it is: host and system are the client's, worker is the dialect.
Environment endpointEnvironment(const EndpointTarget &target);

/// A model behind an API, for suites. It can continue texts, and where it echoes prompts with log-probabilities give their
/// likelihoods: it gives no logits and no tokens, and its load is measured by LoadJob, which keeps what a MeasureSample cannot hold.
/// Chunks are told when the answer is there, each with the moment at which it came.
class EndpointBackend : public Backend
{
    Q_OBJECT
public:
    explicit EndpointBackend(EndpointTarget target, QObject *parent = nullptr);
    ~EndpointBackend() override; ///< what is still asked gets Cancelled first

    /// The key is asked for when it is opened, as LoadJob does it.
    void askKey(KeyAsker asker) { m_askKey = std::move(asker); }
    /// Nothing is loaded, and the endpoint is asked nothing: the sample is empty.
    void open(const std::string &device, const std::string &dtype, ProgressFn progress, Done<LoadSample> done) override;
    void close(Done<bool> done) override;
    Capabilities capabilities() const override { return {.generate = true, .many = true}; }
    Environment environment() const override { return endpointEnvironment(m_target); }
    void tokenize(const std::string &text, bool special, Done<Tokens> done) override;
    /// Errors: BadParameters for what no endpoint can be asked (token ids, other samplers than temperature); those of
    /// errorOf() (loadsession.h).
    void generate(protocol::GenerateRequest request, ChunkFn chunk, Done<protocol::GenerateResult> done) override;
    /// All rows at once.
    void generateBatch(std::vector<protocol::GenerateItem> rows, ChunkFn chunk, Done<protocol::GenerateBatchResult> done) override;
    void generateMany(Many many, Done<bool> done) override;
    void score(std::vector<protocol::ScoreItem> items, Done<protocol::ScoreResult> done) override;
    void scoreTokens(std::vector<protocol::ScoreItem> items, int64_t top, TokensFn tokens, Done<protocol::ScoreResult> done) override;
    void findEcho(Done<EchoProbe> done) override;
    void scoreByEcho(std::vector<EchoItem> items, const EchoLimits &limits, Done<std::vector<EchoAnswer>> done) override;
    void logits(const std::vector<int64_t> &ids, bool cache, RowsFn rows, Done<bool> done) override;
    void measure(protocol::MeasureRequest request, SampleFn sample, Done<bool> done) override;
    void cancel() override;

private:
    struct Asked;
    struct Asking;
    struct Echoing;
    /// Work on a thread of its own, whose result comes back to this one; cancel() tells it to stop.
    template <class T> void elsewhere(std::function<T(const std::stop_token &)> work, Done<T> done);
    void answered(const std::shared_ptr<Asked> &asked);
    template <class T> void refuse(const char *what, Done<T> done);

    EndpointTarget m_target;
    KeyAsker m_askKey;
    std::unique_ptr<QObject> m_asking; ///< while the key is asked for
    Done<LoadSample> m_opening;
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<Asked> m_asked; ///< null: nothing is under way
    std::shared_ptr<Asking> m_many; ///< likewise
    std::shared_ptr<Echoing> m_echoing; ///< likewise
    std::jthread m_thread;
};

/// What a record is as the result of a generation: the answer's text, without reasoning, up to the first stop text.
protocol::GenerateResult resultOf(const RequestRecord &record, const std::vector<std::string> &stop = {});

} // namespace assay
