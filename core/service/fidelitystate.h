// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/basefile.h"
#include "core/service/fidelityjob.h"
#include "core/service/workerbackend.h"

#include <optional>

namespace assay {

struct FidelityJob::Private
{
    FidelityPlan plan;
    QPointer<FidelityLibrary> library;
    FidelityRun run;
    WorkerBackend *other = nullptr;           ///< the job's backend
    std::shared_ptr<WorkerBackend> reference; ///< in the same worker; null with a base file
    bool shared = false;                      ///< with other jobs
    std::optional<BaseFile> base;
    std::optional<BaseWriter> writer;
    std::optional<Error> writing;             ///< why the base file could not be written
    std::vector<int64_t> tokens;              ///< of all chunks
    std::optional<int64_t> begin;             ///< that stands before texts
    int64_t context = 0, chunks = 0, chunk = 0;
    std::vector<std::vector<int64_t>> lines;  ///< where the plan asks for them: the tokens of each, the begin token before them
    std::vector<std::string> waiting;         ///< lines that have no tokens yet, the next one last
    std::vector<std::string> prompts;         ///< that are still to be written on from, the next one last

    int64_t first() const { return plan.lines ? 0 : context / 2; } ///< of a chunk's positions
    int64_t positions() const { return context - 1 - first(); }
    std::vector<int64_t> idsOf(int64_t chunk) const;
    BaseLayout layout() const;
};

} // namespace assay
