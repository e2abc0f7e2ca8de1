// SPDX-License-Identifier: GPL-3.0-or-later
#include "syntheticmodel.h"
#include "workerprocess.h"

#include <QtTest>
#include <cmath>

using namespace assay;
using protocol::Json;

namespace {

constexpr int64_t kHidden = 448, kVocabulary = 425;

/// The successor's logit: what the norm makes of a single one among zeros, epsilon included.
double largestLogit()
{
    return 1 / std::sqrt(1 / double(kHidden) + 1e-5);
}

/// Log-probability of the successor, and of any other token, by the construction of the model.
double successor()
{
    return largestLogit() - std::log(std::exp(largestLogit()) + double(kVocabulary - 1));
}

double other()
{
    return successor() - largestLogit();
}

bool near(double value, double wanted)
{
    return std::abs(value - wanted) < 1e-3;
}

} // namespace

/// Text in and out: a model that counts through the vocabulary of a small tokenizer, in which the printable
/// characters follow each other as in ASCII from ! = 3 on, and 0 is the begin token.
class TestWorkerText : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    WorkerProcess m_worker;
    int64_t m_model = 0;

    Json generate(Json params)
    {
        params["model"] = m_model;
        const auto answer = m_worker.ask(protocol::method::kGenerate, params);
        return answer && !answer->error ? answer->result : Json::object();
    }

    Json score(const char *context, const char *continuation)
    {
        const auto answer = m_worker.ask(
            protocol::method::kScore,
            {{"model", m_model}, {"items", {{{"context", context}, {"continuation", continuation}}}}});
        return answer && !answer->error ? answer->result["scores"][0] : Json::object();
    }

private slots:
    void initTestCase()
    {
        Json config = synthetic::llama(1, kHidden, kVocabulary);
        config["bos_token_id"] = 0;
        config["eos_token_id"] = 96; // "~"
        config["max_position_embeddings"] = 512;
        QVERIFY(synthetic::writeCounter(m_folder.path().toStdString(), config));
        QVERIFY(QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/tokenizer/small.tokenizer.json"),
                            m_folder.filePath(QStringLiteral("tokenizer.json"))));
        m_model = m_worker.load(m_folder.path());
        QVERIFY(m_model > 0);
        QVERIFY(m_worker.lastLoad()["tokenizer"].get<bool>());
    }

    /// What the prompts of a measurement are made of: the model's kind and its tokenizer decide, and the samples say it.
    void measuredPrompts()
    {
        const auto madeOf = [this](int64_t model, const char *asked) {
            const auto answer = m_worker.ask(protocol::method::kMeasure, {{"model", model}, {"prompts", asked}, {"promptTokens", 40}, {"outputTokens", 2},
                                                                          {"batch", 2}, {"depth", 8}, {"runs", 1}, {"warmup", 0}});
            if (!answer || answer->error)
                return answer && answer->error ? answer->error->code == ErrorCode::TokenizerMissing ? "no tokenizer" : "another error" : "silence";
            const std::string prompts = answer->result["samples"][0].value("prompts", "");
            return prompts == "text" ? "text" : prompts == "random" ? "random" : "not told";
        };
        QCOMPARE(madeOf(m_model, "auto"), "random"); // dense
        QCOMPARE(madeOf(m_model, "text"), "text");
        QTemporaryDir folder;
        for (const char *name : {"config.json", "model.safetensors"})
            QVERIFY(QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/models/mixtral-top2/") + QLatin1String(name), folder.filePath(QLatin1String(name))));
        const int64_t without = m_worker.load(folder.path());
        QCOMPARE(madeOf(without, "auto"), "random");
        QCOMPARE(madeOf(without, "text"), "no tokenizer");
        // Its 257 tokens: the letters, the blank as ByteLevel writes it, the full stop and the line's end.
        Json vocabulary = {{"\u0120", 0}, {".", 1}, {"\u010a", 2}};
        for (char letter = 'a'; letter <= 'z'; ++letter) {
            vocabulary[std::string(1, letter)] = vocabulary.size();
            vocabulary[std::string(1, char(letter - 'a' + 'A'))] = vocabulary.size();
        }
        const Json level = {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", true}};
        const Json tokenizer = {{"version", "1.0"}, {"added_tokens", Json::array()}, {"pre_tokenizer", level}, {"decoder", level},
                                {"model", {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", Json::array()}}}};
        QFile file(folder.filePath(QStringLiteral("tokenizer.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(tokenizer.dump())) > 0);
        file.close();
        const int64_t experts = m_worker.load(folder.path());
        QCOMPARE(madeOf(experts, "auto"), "text");
        QCOMPARE(madeOf(experts, "random"), "random");
    }

    void tokenize()
    {
        const auto answer = m_worker.ask(protocol::method::kTokenize, {{"model", m_model}, {"text", "!"}});
        QCOMPARE(answer->result["ids"].get<std::vector<int64_t>>(), std::vector<int64_t>({0, 3}));
        QCOMPARE(answer->result["tokens"].get<std::vector<std::string>>(),
                 std::vector<std::string>({"<|begin|>", "!"}));
    }

    void generatedText()
    {
        const Json answer = generate({{"prompt", "!"}, {"maxTokens", 5}});
        QCOMPARE(answer["text"].get<std::string>(), std::string("\"#$%&"));
        QCOMPARE(answer["finish"].get<std::string>(), std::string("length"));
        QCOMPARE(answer["promptTokens"].get<int>(), 2);
        std::string streamed;
        double last = 0;
        for (const protocol::Message &message : m_worker.notifications()) {
            streamed += message.params["text"].get<std::string>();
            QVERIFY(message.params["at"].get<double>() >= last);
            last = message.params["at"].get<double>();
        }
        QCOMPARE(streamed, answer["text"].get<std::string>());
        QCOMPARE(m_worker.notifications().size(), size_t(5));
        QCOMPARE(answer["lastToken"].get<double>(), last);
        QCOMPARE(generate({{"prompt", "!"}, {"maxTokens", 1}, {"special", false}})["promptTokens"].get<int>(),
                 1);
    }

    void stopStrings()
    {
        const Json answer = generate({{"prompt", "!"}, {"maxTokens", 50}, {"stop", {"%&", "zzz"}}});
        QCOMPARE(answer["text"].get<std::string>(), std::string("\"#$"));
        QCOMPARE(answer["finish"].get<std::string>(), std::string("stop"));
    }

    void stopTokensHaveNoText()
    {
        const Json answer = generate({{"prompt", "!"}, {"maxTokens", 50}, {"stopTokens", {7}}});
        QCOMPARE(answer["ids"].get<std::vector<int64_t>>(), std::vector<int64_t>({4, 5, 6, 7}));
        QCOMPARE(answer["text"].get<std::string>(), std::string("\"#$"));
        QCOMPARE(answer["finish"].get<std::string>(), std::string("stop"));
    }

    void whatLookedLikeAStopIsStreamedAtTheEnd()
    {
        const Json answer = generate({{"prompt", "!"}, {"maxTokens", 3}, {"stop", {"$%&"}}});
        QCOMPARE(answer["text"].get<std::string>(), std::string("\"#$"));
        std::string streamed;
        for (const protocol::Message &message : m_worker.notifications())
            streamed += message.params["text"].get<std::string>();
        QCOMPARE(streamed, std::string("\"#$"));
    }

    void stopTextsThatMakeNoSenseAreRefused()
    {
        for (const Json &stop : {Json::array({""}), Json::array({"a", ""}), Json::array({std::string(1001, 'a')}),
                                 Json(std::vector<std::string>(101, "a"))}) {
            const auto answer = m_worker.ask(protocol::method::kGenerate, {{"model", m_model}, {"prompt", "!"}, {"stop", stop}});
            QVERIFY(answer && answer->error);
            QCOMPARE(answer->error->code, ErrorCode::BadParameters);
            QCOMPARE(answer->error->arguments[0], std::string("stop"));
        }
        QCOMPARE(generate({{"prompt", "!"}, {"maxTokens", 2}, {"stop", {std::string(1000, 'a')}}})["ids"].size(), size_t(2));
    }

    void anEmptyPromptIsTheBeginToken()
    {
        // Its successor is 1; without it there is nothing to go on from.
        QCOMPARE(generate({{"prompt", ""}, {"maxTokens", 1}})["ids"].get<std::vector<int64_t>>(), std::vector<int64_t>({1}));
        const auto answer = m_worker.ask(protocol::method::kGenerate, {{"model", m_model}, {"prompt", ""}, {"special", false}});
        QVERIFY(answer && answer->error);
        QCOMPARE(answer->error->code, ErrorCode::BadParameters);
    }

    void tokensAreSpelled()
    {
        generate({{"prompt", "!"}, {"maxTokens", 1}, {"top", 2}});
        const Json token = m_worker.notifications().front().params["tokens"][0];
        QCOMPARE(token["piece"].get<std::string>(), std::string("\""));
        QCOMPARE(token["top"][0]["piece"].get<std::string>(), std::string("\""));
        QVERIFY(near(token["logProbability"].get<double>(), successor()));
        QCOMPARE(token["rank"].get<int>(), 1);
        // One other is told of; the tail is the rest of the vocabulary.
        QVERIFY(std::abs(token["tail"].get<double>() / (double(kVocabulary - 2) * std::exp(other())) - 1) < 1e-3);
    }

    void endTokens()
    {
        const Json ended = generate({{"prompt", "z"}, {"maxTokens", 50}});
        QCOMPARE(ended["finish"].get<std::string>(), std::string("stop"));
        QCOMPARE(ended["ids"].get<std::vector<int64_t>>(), std::vector<int64_t>({93, 94, 95, 96}));
        QCOMPARE(generate({{"prompt", "z"}, {"maxTokens", 9}, {"ignoreEos", true}})["ids"].size(), size_t(9));
    }

    void aSampleFollowsTheTemperature()
    {
        // At temperature 1 the successor has all but 3e-7 of the probability, at 1000 next to none.
        QCOMPARE(
            generate({{"prompt", "!"}, {"maxTokens", 5}, {"temperature", 1.0}})["text"].get<std::string>(),
            std::string("\"#$%&"));
        const Json hot =
            generate({{"prompt", "!"}, {"maxTokens", 5}, {"temperature", 1000.0}, {"ignoreEos", true}});
        QVERIFY(hot["ids"].get<std::vector<int64_t>>() != std::vector<int64_t>({4, 5, 6, 7, 8}));
    }

    void scores()
    {
        const Json expected = score("!", "\"#");
        QVERIFY(near(expected["logLikelihood"].get<double>(), 2 * successor()));
        QCOMPARE(expected["tokens"].get<int>(), 2);
        QVERIFY(expected["greedy"].get<bool>());
        QVERIFY(!expected["truncated"].get<bool>());
        const Json surprising = score("!", "$");
        QVERIFY(near(surprising["logLikelihood"].get<double>(), other()));
        QVERIFY(!surprising["greedy"].get<bool>());
        const Json mixed = score("!", "\"$");
        QVERIFY(near(mixed["logLikelihood"].get<double>(), successor() + other()));
        QVERIFY(!mixed["greedy"].get<bool>());
    }

    // Lengths of the text, for the normalised accuracies: code points and bytes.
    void scoresCountTheirText()
    {
        const Json accented = score("!", "\xc3\xa9\xe4\xb8\xad");
        QCOMPARE(accented["characters"].get<int>(), 2);
        QCOMPARE(accented["bytes"].get<int>(), 5);
    }

    // lm-eval moves spaces at the end of the context to the continuation.
    void spacesAtTheEndOfTheContextBelongToTheContinuation()
    {
        const Json moved = score("! ", "x"), written = score("!", " x");
        QCOMPARE(moved["tokens"].get<int>(), written["tokens"].get<int>());
        QCOMPARE(moved["logLikelihood"].get<double>(), written["logLikelihood"].get<double>());
    }

    void anEmptyContextIsTheBeginToken()
    {
        // The begin token is 0, whose successor is 1, not "!".
        QVERIFY(near(score("", "!")["logLikelihood"].get<double>(), other()));
        QVERIFY(near(score("", "!\"")["logLikelihood"].get<double>(), other() + successor()));
    }

    void aContextThatIsTooLongIsCutFromTheLeft()
    {
        const std::string context = std::string(2'000, '#') + '!';
        const Json cut = score(context.c_str(), "\"");
        QVERIFY(cut["truncated"].get<bool>());
        QVERIFY(near(cut["logLikelihood"].get<double>(), successor()));
    }

    void nothingToScoreIsRefused()
    {
        const auto answer =
            m_worker.ask(protocol::method::kScore,
                         {{"model", m_model}, {"items", {{{"context", "!"}, {"continuation", ""}}}}});
        QVERIFY(answer && answer->error);
        QCOMPARE(answer->error->code, ErrorCode::BadParameters);
    }
};

QTEST_GUILESS_MAIN(TestWorkerText)
#include "tst_workertext.moc"
