// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/endpoint/loadrunner.h"
#include "core/protocol/imagemessages.h"
#include "core/protocol/messages.h"
#include "core/service/echoscoring.h"

#include <QObject>
#include <functional>

namespace assay {

/// One interface over models and endpoints (DESIGN.md, section 5). Asynchronous; every call ends with exactly
/// one Done, and cancel() ends the running one with ErrorCode::Cancelled.
class Backend : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    template <class T>
    using Done = std::function<void(Result<T>)>;
    using ProgressFn = std::function<void(const protocol::Progress &)>;

    struct Capabilities
    {
        bool tokenize = false, generate = false, score = false, logits = false, measure = false;
        bool images = false; ///< classifyImages()
        bool many = false; ///< generateMany()
    };
    struct Tokens
    {
        std::vector<int64_t> ids;
        std::vector<std::string> pieces;
    };
    using ChunkFn = std::function<void(const protocol::GenerateChunk &)>;
    using SampleFn = std::function<void(const MeasureSample &)>;
    using TokensFn = std::function<void(const protocol::ScoreTokens &)>;
    using RowsFn = std::function<void(int64_t first, int64_t rows, const std::vector<float> &values)>;

    /// Makes the subject ready (starts the worker, loads the model); gives what loading cost.
    virtual void open(const std::string &device, const std::string &dtype, ProgressFn progress, Done<LoadSample> done) = 0;
    /// Whether what open() loads is to be out of the page cache before. Nothing where a backend reads no files.
    virtual void setCold(bool) {}
    /// Frees the model; the worker stays.
    virtual void close(Done<bool> done) = 0;
    virtual Capabilities capabilities() const = 0; ///< after open
    virtual Environment environment() const = 0;   ///< after open
    virtual void tokenize(const std::string &text, bool special, Done<Tokens> done) = 0;
    virtual void generate(protocol::GenerateRequest request, ChunkFn chunk, Done<protocol::GenerateResult> done) = 0;
    /// Several prompts of any lengths together; a chunk names its row.
    virtual void generateBatch(std::vector<protocol::GenerateItem> rows, ChunkFn chunk, Done<protocol::GenerateBatchResult> done) = 0;
    /// Questions of a server, so many of them under way at any time until none is left; those of which nothing came are
    /// asked again as the plan says. UnknownMethod where a subject answers one after the other.
    struct Many
    {
        int64_t count = 0, inFlight = 1, retries = 0;
        double seconds = 0; ///< nothing more is asked after this time; 0: no limit
        MakeRequest make;   ///< of an index below count; on the client's threads
        std::function<void(RequestRecord &&)> took; ///< every try, on the backend's thread
    };
    virtual void generateMany(Many many, Done<bool> done);
    virtual void score(std::vector<protocol::ScoreItem> items, Done<protocol::ScoreResult> done) = 0;
    /// The same, and tells of each token of the continuations, with so many of the likeliest at its position.
    virtual void scoreTokens(std::vector<protocol::ScoreItem> items, int64_t top, TokensFn tokens,
                             Done<protocol::ScoreResult> done) = 0;
    /// Of endpoints: whether prompts are echoed with log-probabilities (one request), and the likelihoods of texts by that.
    /// UnknownMethod where a subject has other ways.
    virtual void findEcho(Done<EchoProbe> done);
    virtual void scoreByEcho(std::vector<EchoItem> items, const EchoLimits &limits, Done<std::vector<EchoAnswer>> done);
    virtual void logits(const std::vector<int64_t> &ids, bool cache, RowsFn rows, Done<bool> done) = 0;
    virtual void measure(protocol::MeasureRequest request, SampleFn sample, Done<bool> done) = 0;
    /// Measures what the device that the subject is on can do; a second or two, and after open. UnknownMethod where nothing can
    /// be measured.
    virtual void limits(Done<MachineLimits> done);
    /// What images are taken for. UnknownMethod where a subject takes none.
    virtual void classifyImages(protocol::ClassifyImagesRequest request, Done<protocol::ClassifyImagesResult> done);
    virtual void cancel() = 0;
signals:
    void logLine(const QString &line);
    void waitsFor(const QString &what); ///< while it is being opened; translated
};

} // namespace assay
