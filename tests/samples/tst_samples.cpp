// SPDX-License-Identifier: GPL-3.0-or-later
// The committed suites and models: every answer is worked out anew here, from the prompt alone.
#include "app/trainer/tasks.h"
#include "core/evaluate/suite.h"
#include "core/format/modeldirectory.h"
#include "core/model/modelconfig.h"
#include "core/tokenizer/tokenizer.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

using namespace assay;

namespace {

const std::filesystem::path kResources = std::filesystem::path(ASSAY_SOURCE_DIR) / "resources";

/// What stands between the two marks of a prompt.
std::string between(const std::string &prompt, const std::string &before, char after)
{
    return prompt.substr(before.size(), prompt.rfind(after) - before.size());
}

std::string withoutBlanks(std::string text)
{
    std::erase(text, ' ');
    return text;
}

std::string sum(const std::string &problem)
{
    const size_t plus = problem.find('+');
    return std::to_string(std::stoll(problem.substr(0, plus)) + std::stoll(problem.substr(plus + 1)));
}

std::string sorted(const std::string &problem)
{
    std::istringstream words(problem);
    std::multiset<std::string> letters{std::istream_iterator<std::string>(words), {}};
    std::string text;
    for (const std::string &letter : letters)
        text += (text.empty() ? "" : " ") + letter;
    return text;
}

/// Takes matching pairs away until nothing changes.
std::string balanced(std::string brackets)
{
    for (size_t before = std::string::npos; before != brackets.size();) {
        before = brackets.size();
        for (const char *pair : {"()", "[]", "{}"}) {
            if (const size_t at = brackets.find(pair); at != std::string::npos)
                brackets.erase(at, 2);
        }
    }
    return brackets.empty() ? "yes" : "no";
}

std::string recalled(const std::string &prompt)
{
    const std::string key = prompt.substr(prompt.rfind(' '));
    return prompt.substr(prompt.find(key) + key.size(), 1);
}

/// The problem in a prompt, and its solution.
struct Solved
{
    std::string content, answer;
};
Solved solve(const std::string &prompt)
{
    Solved solved;
    if (prompt.starts_with("add"))
        solved = {withoutBlanks(between(prompt, "add", ':')), sum(between(prompt, "add", ':'))};
    else if (prompt.starts_with("sort"))
        solved = {between(prompt, "sort", ':'), sorted(between(prompt, "sort", ':'))};
    else if (prompt.starts_with("check "))
        solved = {between(prompt, "check ", ':'), balanced(between(prompt, "check ", ':'))};
    else if (prompt.starts_with("get"))
        solved = {between(prompt, "get", '?'), recalled(prompt)};
    return solved;
}

} // namespace

class TestSamples : public QObject
{
    Q_OBJECT

private slots:
    void suites_data();
    void suites();
    void reasoningMixesAll();
    void depthsAreEvenlySpread();
    void models_data();
    void models();
    void familyIsSmall();
    void workedStepsEndInTheAnswer();
};

void TestSamples::suites_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("atLeast");
    for (const char *name : {"addition", "sorting", "brackets", "recall", "recall-choice"})
        QTest::newRow(name) << name << 100;
    QTest::newRow("reasoning") << "reasoning" << 400;
    QTest::newRow("recall-depth") << "recall-depth" << 300;
}

void TestSamples::suites()
{
    QFETCH(QString, name);
    QFETCH(int, atLeast);
    const auto suite = readSuite(kResources / "suites" / (name.toStdString() + ".jsonl"));
    QVERIFY2(suite, suite ? "" : suite.error().sentence().c_str());
    QVERIFY(int(suite->items.size()) >= atLeast);
    const auto tokenizer = Tokenizer::open(kResources / "samples/full");
    QVERIFY(tokenizer);
    std::map<double, int> difficulties;
    std::set<std::string> prompts;
    for (const SuiteItem &item : suite->items) {
        const Solved solved = solve(item.prompt);
        QCOMPARE(QString::fromStdString(item.answer()), QString::fromStdString(solved.answer));
        QVERIFY2(trainer::isTestContent(solved.content), item.id.c_str());
        QVERIFY2(prompts.insert(item.prompt).second, item.id.c_str());
        QCOMPARE(item.axes.at("context"), double((*tokenizer)->encode(item.prompt, true).size()));
        ++difficulties[item.axes.at("difficulty")];
    }
    QVERIFY(difficulties.size() >= 5);
    for (const auto &[difficulty, count] : difficulties)
        QCOMPARE(count, difficulties.begin()->second);
}

void TestSamples::reasoningMixesAll()
{
    const auto suite = readSuite(kResources / "suites/reasoning.jsonl");
    QVERIFY(suite);
    std::set<std::string> tasks;
    std::set<Asking> askings;
    for (const SuiteItem &item : suite->items) {
        tasks.insert(item.task);
        askings.insert(item.asking);
    }
    QCOMPARE(tasks, (std::set<std::string>{"addition", "brackets", "recall", "sorting"}));
    QCOMPARE(askings.size(), size_t(2));
}

/// What is asked for stands where the item says, and every length has as many of every depth: a surface without holes.
void TestSamples::depthsAreEvenlySpread()
{
    const auto suite = readSuite(kResources / "suites/recall-depth.jsonl");
    QVERIFY(suite);
    std::map<std::pair<double, double>, int> cells;
    for (const SuiteItem &item : suite->items) {
        const std::string list = between(item.prompt, "get", '?'), key = item.prompt.substr(item.prompt.rfind(' '));
        const auto pairs = double(std::ranges::count(list, '=')), before = double(std::count(list.begin(), list.begin() + ptrdiff_t(list.find(key)), '='));
        QCOMPARE(pairs, item.axes.at("difficulty"));
        QVERIFY(std::abs(before / (pairs - 1) * 100 - item.axes.at("depth")) <= 50 / (pairs - 1) + 1e-9);
        ++cells[{item.axes.at("difficulty"), item.axes.at("depth")}];
    }
    QCOMPARE(cells.size(), size_t(30));
    for (const auto &[place, count] : cells)
        QCOMPARE(count, cells.begin()->second);
}

void TestSamples::models_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"full", "distilled", "base"})
        QTest::newRow(name) << name;
}

void TestSamples::models()
{
    QFETCH(QString, name);
    const auto model = openModelDirectory(kResources / "samples" / name.toStdString());
    QVERIFY2(model, model ? "" : model.error().sentence().c_str());
    QVERIFY(model->findings.empty() && model->checkpoint.findings.empty());
    QVERIFY(model->configText && model->generationConfigText);
    const auto config = parseModelConfig(*model->configText);
    QVERIFY(config);
    QCOMPARE(config->architecture(), std::string("LlamaForCausalLM"));
    const auto tokenizer = Tokenizer::open(model->path);
    QVERIFY(tokenizer);
    QCOMPARE(config->vocabularySize.value_or(0), (*tokenizer)->vocabularySize());
    for (const TensorRecord &tensor : model->checkpoint.tensors)
        QVERIFY(tensor.dtype == Dtype::BF16);
}

void TestSamples::familyIsSmall()
{
    uint64_t bytes = 0, full = 0, distilled = 0, base = 0;
    for (const auto &[name, size] : {std::pair("full", &full), std::pair("distilled", &distilled), std::pair("base", &base)}) {
        const auto model = openModelDirectory(kResources / "samples" / name);
        QVERIFY(model);
        *size = model->checkpoint.tensorBytes();
        bytes += *size;
    }
    QVERIFY(bytes < 12'000'000);
    QCOMPARE(distilled, base);
    QVERIFY(full > 4 * distilled);
}

void TestSamples::workedStepsEndInTheAnswer()
{
    trainer::Random random(7);
    for (int digits = 1; digits <= 8; ++digits) {
        for (bool test : {false, true}) {
            const trainer::Problem problem = trainer::makeProblem(trainer::Task::Addition, digits, test, random);
            QCOMPARE(trainer::isTestContent(problem.content), test);
            QCOMPARE(problem.answer, sum(problem.content));
            QVERIFY(problem.completion.ends_with(">" + problem.answer));
        }
    }
    // Worked by hand: 5+8=13, 4+7+1=12. One of the two parts has it.
    bool found = false;
    for (int draw = 0; draw < 200'000 && !found; ++draw) {
        const trainer::Problem problem = trainer::makeProblem(trainer::Task::Addition, 2, draw % 2 == 1, random);
        found = problem.content == "45+78";
        if (found)
            QCOMPARE(problem.completion, std::string("5+8+0=1,3;4+7+1=1,23;>123"));
    }
    QVERIFY(found);
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
