// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/fidelitylibrary.h"
#include "core/service/fidelityplan.h"
#include "core/service/subjectjob.h"

#include <memory>

namespace assay {

class WorkerBackend;

/// Whether both models are on one machine, so that one worker can hold them.
bool onOneMachine(const std::string &path, const std::string &other);
/// Makes models in the worker of this reference, as long as any job has it.
BackendFactory sharedBeside(const std::shared_ptr<WorkerBackend> &reference, const std::string &modelPath);

/// Why an endpoint is not held against a reference by its distributions (FIDELITY.md).
Error noDivergenceOfEndpoints();

/// Holds a model against its reference: both lie in one worker, which goes through the text chunk by chunk, so that no logits leave it. Where
/// their vocabularies differ the reference writes texts instead, and the job ends as failed with VocabulariesDiffer, its run kept all the same.
class FidelityJob : public SubjectJob
{
    Q_OBJECT
public:
    /// subject: the model that is held against the plan's reference; its backend must be a WorkerBackend.
    /// shared: the reference of several jobs, which is loaded by the first of them and stays until the last has ended; then the factory
    /// makes models beside it (sharedBeside). Without it each job loads its own.
    FidelityJob(SubjectRef subject, FidelityPlan plan, BackendFactory factory, FidelityLibrary *library, std::shared_ptr<WorkerBackend> shared = {},
                QObject *parent = nullptr);
    ~FidelityJob() override;
    /// What was found, once it is over.
    const FidelityRun &found() const;

protected:
    void begin(const RunHeader &header) override;
    QString loadingStage() const override;
    void opened(const LoadSample &sample) override;

private:
    struct Private;
    // fidelityjob.cpp
    void openReference();
    void letGo();
    void askVocabularies();
    void match(const VocabularyIdentity &reference, const VocabularyIdentity &other);
    void cutText();
    void cutLines(const std::vector<int64_t> &prefix);
    void cutAt(const std::vector<int64_t> &prefix, const std::vector<int64_t> &text);
    void compareNext();
    void saveRows(std::function<void()> next);
    void sendRows(int64_t first, std::function<void()> next);
    void compareChunk();
    void compared();
    void endWith(const std::optional<Error> &error);
    // fidelitywriting.cpp
    void write(int64_t count);
    void writeNext();
    void scoreWritten(std::vector<WrittenText> texts);
    std::unique_ptr<Private> d;
};

} // namespace assay
