// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/trainer/batches.h"

#include "app/trainer/bpetrainer.h"

#include <algorithm>
#include <cmath>

namespace assay::trainer {

Batches::Batches(const Settings &settings, std::shared_ptr<const Tokenizer> tokenizer, uint64_t seed)
    : m_settings(settings), m_tokenizer(std::move(tokenizer)), m_random(seed)
{
}

Batch Batches::training(Task task, double reach)
{
    const TaskSettings &settings = m_settings.tasks.at(task);
    const int difficulty = drawDifficulty(settings, reach);
    const int questions = 1 + m_random.below(settings.questions);
    std::vector<Sequence> sequences;
    int64_t tokens = 0;
    while (tokens < settings.tokens || sequences.size() < 2) {
        const Problem problem = makeProblem(task, difficulty, false, m_random);
        sequences.push_back(sequence(manyQuestions(problem, questions, m_random), settings.promptWeight));
        tokens += int64_t(sequences.back().ids.size());
    }
    return padded(sequences);
}

Batch Batches::testing(Task task, int difficulty, int count)
{
    std::vector<Sequence> sequences;
    for (int i = 0; i < count; ++i) {
        const Problem problem = makeProblem(task, difficulty, true, m_random);
        sequences.push_back(sequence({problem.prompt, problem.completion}, 0.0));
    }
    return padded(sequences);
}

Batches::Sequence Batches::sequence(const std::vector<std::string> &parts, double promptWeight) const
{
    Sequence result;
    for (size_t i = 0; i < parts.size(); ++i) {
        const bool completion = i % 2 == 1;
        for (int64_t id : m_tokenizer->encode(parts[i], i == 0)) {
            result.ids.push_back(id);
            result.weights.push_back(completion ? 1.0f : float(promptWeight));
        }
    }
    result.ids.push_back(kEndToken);
    result.weights.push_back(1.0f);
    return result;
}

int Batches::drawDifficulty(const TaskSettings &task, double reach)
{
    if (reach >= 1.0 && m_random.chance(task.rareShare))
        return task.rare[0] + m_random.below(task.rare[1] - task.rare[0] + 1);
    const int width = int(std::lround(double(task.usual[1] - task.usual[0]) * std::min(reach, 1.0)));
    return task.usual[0] + m_random.below(width + 1);
}

Batch Batches::padded(const std::vector<Sequence> &sequences)
{
    Batch batch;
    batch.rows = int64_t(sequences.size());
    for (const Sequence &sequence : sequences)
        batch.columns = std::max(batch.columns, int64_t(sequence.ids.size()));
    for (const Sequence &sequence : sequences) {
        const size_t padding = size_t(batch.columns) - sequence.ids.size();
        batch.ids.insert(batch.ids.end(), sequence.ids.begin(), sequence.ids.end());
        batch.ids.insert(batch.ids.end(), padding, kPadToken);
        batch.weights.insert(batch.weights.end(), sequence.weights.begin(), sequence.weights.end());
        batch.weights.insert(batch.weights.end(), padding, 0.0f);
    }
    return batch;
}

} // namespace assay::trainer
