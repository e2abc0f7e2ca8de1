// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/worker/outbox.h"
#include "app/worker/requestqueue.h"
#include "core/engine/engine.h"
#include "core/format/baserows.h"
#include "core/format/fileset.h"
#include "core/model/sentencepooling.h"
#include "core/engine/scriptmodule.h"
#include "core/tokenizer/tokenizer.h"

#include <chrono>
#include <map>

namespace assay::worker {

/// Executes requests one after the other and answers each exactly once. Holds the loaded models.
class Session
{
public:
    Session(Outbox &outbox, int threads);

    void execute(const Request &request);
    /// The request `shutdown` was executed.
    bool finished() const { return m_finished; }

private:
    using Answer = Result<protocol::Json>;
    struct Method
    {
        const char *name;
        Answer (Session::*run)(const Request &);
    };
    struct Model
    {
        std::unique_ptr<engine::Engine> engine;
        Result<std::shared_ptr<const Tokenizer>> tokenizer;
        std::optional<SentencePooling> pooling;
    };
    static const std::vector<Method> &methods();

    Answer hello(const Request &request);
    Answer load(const Request &request);
    Answer unload(const Request &request);
    Answer tokenize(const Request &request);
    Answer generate(const Request &request);
    Answer generateBatch(const Request &request);
    Answer score(const Request &request);
    Answer encode(const Request &request);
    Answer classify(const Request &request);
    Answer fill(const Request &request);
    Answer classifyImages(const Request &request);
    Answer vocabulary(const Request &request);
    Answer fidelity(const Request &request);
    Answer baseRows(const Request &request);
    Answer useRows(const Request &request);
    Answer logits(const Request &request);
    Answer measure(const Request &request);
    Answer memory(const Request &request);
    Answer machine(const Request &request);
    Answer files(const Request &request);
    Answer read(const Request &request);
    Answer shutdown(const Request &request);

    Result<std::vector<protocol::GenerateResult>> generateRows(const Request &request, int64_t handle,
                                                               const std::vector<protocol::GenerateItem> &items);
    /// The tokens of an item's continuation, when there are any.
    void sendTokens(const Request &request, int64_t item, const engine::ContinuationScore &score,
                    const Tokenizer *tokenizer);

    /// states: [tokens, width] of one item; empty when they were not asked for
    void sendStates(const Request &request, int64_t item, std::span<const float> states, int64_t width);

    Answer loadScript(const Request &request, const protocol::LoadRequest &wanted, const std::filesystem::path &archive);
    Answer measureScript(const Request &request, const protocol::MeasureRequest &wanted, const engine::ScriptModule &script);

    Result<const FileSet *> filesAt(const std::string &path);
    Result<const ByteSource *> sourceOf(const FileSet &files, const std::string &name);

    /// WrongTask for a TorchScript module.
    Result<Model *> model(int64_t handle);
    Result<Model *> modelOf(const Request &request);
    /// Sends progress of a stage, a few times a second at most.
    engine::Progress progressOf(const Request &request, const char *stage);

    Outbox &m_outbox;
    int m_threads;
    std::map<int64_t, Model> m_models;
    std::map<int64_t, std::unique_ptr<engine::ScriptModule>> m_scripts; ///< handles of both are different
    int64_t m_nextModel = 1;
    std::string m_filesPath;
    std::shared_ptr<const FileSet> m_files; ///< of m_filesPath
    std::map<std::string, std::shared_ptr<const ByteSource>> m_sources; ///< those of m_files that were read
    BaseLayout m_rowLayout; ///< of m_rows
    std::string m_rows;     ///< of a base file, for the next request about fidelity
    bool m_finished = false;
};

} // namespace assay::worker
