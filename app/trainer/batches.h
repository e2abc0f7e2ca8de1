// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/trainer/settings.h"
#include "core/tokenizer/tokenizer.h"

#include <memory>

namespace assay::trainer {

/// Sequences of one task and one difficulty, padded at the end to one length. Row-major [rows, columns].
struct Batch
{
    int64_t rows = 0;
    int64_t columns = 0;
    std::vector<int64_t> ids;
    std::vector<float> weights; ///< of each token as a target; padding and most prompts have 0
};

/// Draws training batches, and test batches to watch the training with.
class Batches
{
public:
    Batches(const Settings &settings, std::shared_ptr<const Tokenizer> tokenizer, uint64_t seed);

    /// reach in [0, 1]: how much of the usual range of difficulties is open (the curriculum).
    Batch training(Task task, double reach);
    /// So many problems of one difficulty from the test part; only completions weigh.
    Batch testing(Task task, int difficulty, int count);

private:
    struct Sequence
    {
        std::vector<int64_t> ids;
        std::vector<float> weights;
    };
    /// Prompt and completion in turns; closed by the end token.
    Sequence sequence(const std::vector<std::string> &parts, double promptWeight) const;
    int drawDifficulty(const TaskSettings &task, double reach);
    static Batch padded(const std::vector<Sequence> &sequences);

    const Settings &m_settings;
    std::shared_ptr<const Tokenizer> m_tokenizer;
    Random m_random;
};

} // namespace assay::trainer
