// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mock/mockendpoint.h"
#include "core/service/endpointbackend.h"
#include "tests/service/jobtesting.h"

#include <map>
#include <set>

/// Evaluations of endpoints, over real sockets.
namespace assay {

inline constexpr int kPatience = 30'000; // ms

inline std::shared_ptr<Suite> wordSuite(int items)
{
    auto suite = std::make_shared<Suite>();
    suite->name = "words";
    suite->fingerprint = "words-print";
    suite->stop.clear();
    suite->maxTokens = 8;
    for (int i = 0; i < items; ++i) {
        SuiteItem item;
        item.id = "w" + std::to_string(i);
        item.prompt = "Say the word, " + std::to_string(i);
        item.answers = {"yes"};
        suite->items.push_back(item);
    }
    return suite;
}

inline MockScript yesScript()
{
    MockScript script;
    script.ttft = 0.01;
    script.gap = 0.001;
    script.pieces = 1;
    script.words = {"yes"};
    return script;
}

inline EndpointTarget targetAt(const std::string &url, const std::string &dialect = "vllm")
{
    EndpointTarget target;
    target.url = url;
    target.dialect = dialect;
    target.model = "mock-model";
    return target;
}

inline std::unique_ptr<EvaluateJob> endpointJob(RunLibrary &library, const EndpointTarget &target, std::shared_ptr<const Suite> suite, const EvaluationPlan &plan = {})
{
    return std::make_unique<EvaluateJob>(SubjectRef{target.url, "mock", "endpoint"}, std::move(suite), plan,
                                         [target] { return std::make_unique<EndpointBackend>(target); }, &library);
}

inline bool waitOver(const EvaluateJob &job)
{
    return QTest::qWaitFor([&job] { return job.isOver(); }, kPatience);
}

/// The rows of the newest run by item and sample; one that is there twice is not among them.
inline std::map<RowKey, ItemResult> rowsOf(const RunLibrary &library)
{
    std::map<RowKey, ItemResult> rows;
    std::set<RowKey> twice;
    for (const ItemResult &row : library.evaluationRuns().front()->items) {
        if (!rows.emplace(RowKey{row.itemId, row.sample}, row).second)
            twice.insert({row.itemId, row.sample});
    }
    for (const RowKey &key : twice)
        rows.erase(key);
    return rows;
}

} // namespace assay
