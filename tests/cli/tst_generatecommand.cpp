// SPDX-License-Identifier: GPL-3.0-or-later
// `assay generate` on the sample family: several prompts, samples, stops and probabilities.
#include "tests/cli/runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <cmath>

namespace {

Ran generate(const QStringList &arguments)
{
    const QString model = QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/full");
    return runAssay(QStringList{QStringLiteral("generate"), model, QStringLiteral("--max-tokens"), QStringLiteral("8")} + arguments);
}

QJsonObject objectOf(const QStringList &arguments)
{
    return QJsonDocument::fromJson(generate(arguments + QStringList{QStringLiteral("--json")}).out).object();
}

const QStringList kFirst = {QStringLiteral("--prompt"), QStringLiteral("add 47 + 85")};
const QStringList kSecond = {QStringLiteral("--prompt"), QStringLiteral("a")};

} // namespace

class TestGenerateCommand : public QObject
{
    Q_OBJECT
private slots:
    void severalPromptsAreWhatTheyAreAlone()
    {
        const QJsonArray results = objectOf(kFirst + kSecond)[QStringLiteral("results")].toArray();
        QCOMPARE(results.size(), 2);
        for (int i = 0; i < 2; ++i) {
            const QJsonObject alone = objectOf(i == 0 ? kFirst : kSecond);
            const QJsonObject result = results[i].toObject();
            QVERIFY(!alone[QStringLiteral("ids")].toArray().isEmpty());
            QCOMPARE(result[QStringLiteral("ids")], alone[QStringLiteral("ids")]);
            QCOMPARE(result[QStringLiteral("text")], alone[QStringLiteral("text")]);
            QCOMPARE(result[QStringLiteral("prompt")].toInt(), i + 1);
        }
        const Ran text = generate(kFirst + kSecond);
        QCOMPARE(text.exitCode, 0);
        QVERIFY(text.out.contains("prompt 2, answer 1:"));
    }

    void answersHaveTheirSeeds()
    {
        const QStringList sampled = kFirst + QStringList{QStringLiteral("--temperature"), QStringLiteral("2"), QStringLiteral("--top-p"),
                                                         QStringLiteral("0.99")};
        const auto seed = [](int number) { return QStringList{QStringLiteral("--seed"), QString::number(number)}; };
        const QJsonArray results = objectOf(sampled + seed(5) + QStringList{QStringLiteral("--n"), QStringLiteral("2")})[QStringLiteral("results")].toArray();
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[1].toObject()[QStringLiteral("seed")].toInt(), 6);
        QCOMPARE(results[1].toObject()[QStringLiteral("ids")], objectOf(sampled + seed(6))[QStringLiteral("ids")]);
    }

    void probabilitiesMakeOne()
    {
        const QJsonArray tokens = objectOf(kFirst + QStringList{QStringLiteral("--logprobs"), QStringLiteral("3")})[QStringLiteral("tokens")].toArray();
        QVERIFY(!tokens.isEmpty());
        for (const QJsonValue &value : tokens) {
            const QJsonObject token = value.toObject();
            QCOMPARE(token[QStringLiteral("rank")].toInt(), 1);
            const QJsonArray top = token[QStringLiteral("top")].toArray();
            QCOMPARE(top.size(), 3);
            QCOMPARE(top[0].toObject()[QStringLiteral("id")], token[QStringLiteral("id")]);
            double sum = token[QStringLiteral("tail")].toDouble();
            for (const QJsonValue &one : top)
                sum += std::exp(one.toObject()[QStringLiteral("logprob")].toDouble());
            QVERIFY(std::abs(sum - 1) <= 1e-12);
        }
        const Ran text = generate(kFirst + QStringList{QStringLiteral("--logprobs"), QStringLiteral("2")});
        QVERIFY(text.out.contains("log-probability"));
    }

    void stopsEndTheText()
    {
        const QString whole = objectOf(kFirst)[QStringLiteral("text")].toString();
        QVERIFY(whole.size() >= 2);
        const QJsonObject stopped = objectOf(kFirst + QStringList{QStringLiteral("--stop"), whole.mid(1, 1)});
        QCOMPARE(stopped[QStringLiteral("text")].toString(), whole.left(whole.indexOf(whole[1])));
        QCOMPARE(stopped[QStringLiteral("finish")].toString(), QStringLiteral("stop"));
    }
};

QTEST_GUILESS_MAIN(TestGenerateCommand)
#include "tst_generatecommand.moc"
