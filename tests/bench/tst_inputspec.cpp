// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/inputspec.h"
#include "core/bench/metrics.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay;
using Kind = InputSpec::Kind;

namespace {

MeasureSample pass(int64_t index, double seconds)
{
    MeasureSample sample;
    sample.index = index;
    sample.batch = 8;
    sample.inputs = "f32[8,3,32,32]";
    sample.total = seconds;
    sample.output = "f32[8,10]";
    return sample;
}

} // namespace

class TestInputSpec : public QObject
{
    Q_OBJECT
private slots:
    void reads()
    {
        const auto picture = parseInput("f32[1,3,224,224]");
        QVERIFY(picture.has_value());
        QVERIFY(picture->kind == Kind::Tensor && picture->type == InputType::F32);
        QCOMPARE(picture->shape, (std::vector<int64_t>{1, 3, 224, 224}));
        QCOMPARE(picture->elements(), uint64_t(150528));
        QCOMPARE(picture->bytes(), uint64_t(602112));
        const auto ids = parseInput(" i64[ 2, 128 ] < 30522 ");
        QVERIFY(ids.has_value());
        QCOMPARE(ids->below, int64_t(30522));
        QCOMPARE(ids->bytes(), uint64_t(2048));
        QCOMPARE(parseInput("i64[1]")->below, int64_t(2));
        QCOMPARE(parseInput("u8[4]")->below, int64_t(256));
        QCOMPARE(parseInput("f16[]")->elements(), uint64_t(1));
        QCOMPARE(parseInput("int=-7")->integer, int64_t(-7));
        QCOMPARE(parseInput("float=0.25")->real, 0.25);
        QVERIFY(parseInput("bool=true")->truth && !parseInput("bool=false")->truth);
        QVERIFY(parseInput("none")->kind == Kind::None);
        const auto list = parseInput("[f32[3,8,8],bf16[3,9,7]]");
        QVERIFY(list && list->kind == Kind::List && list->items.size() == 2);
        QCOMPARE(list->bytes(), uint64_t(768 + 378));
    }

    void isWrittenInOneWay_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *text, const char *written) { QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(written); };
        row("f32[1, 3]", "f32[1,3]");
        row("i64[1]<2", "i64[1]");
        row("u8[2]<256", "u8[2]");
        row("i32[2]<2147483648", "i32[2]<2147483648");
        row("float=1e3", "float=1000");
        row("[f64[],i8[2]<127]", "[f64[],i8[2]<127]");
        row("f32[1],bool[2]", "f32[1], bool[2]");
    }
    void isWrittenInOneWay()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        const auto inputs = parseInputs({text.toStdString()});
        QVERIFY(inputs.has_value());
        QCOMPARE(QString::fromStdString(inputsText(*inputs)), written);
        QVERIFY(*parseInputs({written.toStdString()}) == *inputs);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *text, const char *reason) { QTest::newRow(text) << QString::fromLatin1(reason); };
        row("", "it is empty");
        row("f31[1]", "its type is none of");
        row("F32[1]", "its type is none of");
        row("f32", "in brackets");
        row("f32]1[", "its type is none of");
        row("f32[1,", "in brackets");
        row("f32[1,,2]", "whole numbers");
        row("f32[1.5]", "whole numbers");
        row("f32[+3]", "whole numbers");
        row("f32[0]", "1 or more");
        row("f32[2,-1]", "1 or more");
        row("f32[99999999999999999999]", "whole numbers");
        row("f32[9000000000000000000]", "larger than 4 GiB");
        row("f32[65536,65536]", "larger than 4 GiB");
        row("u8[4294967297]", "larger than 4 GiB");
        row("f32[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "16 dimensions");
        row("f32[1]<5", "only whole numbers");
        row("bool[1]<2", "only whole numbers");
        row("i64[1]<0", "does not fit its type");
        row("i8[1]<129", "does not fit its type");
        row("i64[1]30522", "only a limit can follow");
        row("i64[1]<", "only a limit can follow");
        row("int=1.5", "whole number should follow");
        row("float=nan", "number should follow");
        row("bool=yes", "true or false");
        row("text=hello", "only int=, float= and bool=");
        row("[f32[1]x", "a list ends");
        row("[f32[1]", "in brackets");
        row("[int=3]", "its type is none of");
    }
    void refuses()
    {
        QFETCH(QString, reason);
        const auto input = parseInput(QTest::currentDataTag());
        QVERIFY(!input.has_value());
        QCOMPARE(input.error().code, ErrorCode::InputInvalid);
        const QString sentence = QString::fromStdString(input.error().sentence());
        QVERIFY2(sentence.contains(reason), qPrintable(sentence));
    }

    void refusesTooMuchTogether()
    {
        QVERIFY(parseInputs({"f32[16384,32768]", "f32[16384,32768]"}).has_value());
        const auto large = parseInputs({"f32[16384,32768]", "f32[16384,32768]", "u8[1]"});
        QVERIFY(!large && large.error().code == ErrorCode::InputInvalid);
        const std::vector<std::string> many(kMostInputs, "f32[1]");
        QVERIFY(parseInputs(many).has_value());
        QVERIFY(!parseInputs({inputsText(*parseInputs(many)), "f32[1]"}));
    }

    void tellsTheBatch()
    {
        QCOMPARE(batchOf(*parseInputs({"int=3,f32[],i64[8,128],f32[2]"})), int64_t(8));
        QCOMPARE(batchOf(*parseInputs({"[f32[3,8,8],f32[3,9,7],f32[3,1,1]]"})), int64_t(3));
        QCOMPARE(batchOf(*parseInputs({"float=1"})), int64_t(1));
    }

    void aPlanHasOnePointOfDeclaredInputs()
    {
        BenchPlan plan;
        plan.passes = true;
        plan.inputs = {"f32[8, 3,32,32]", "i64[8]<10"};
        const BenchPoint expected{0, 0, 8, "f32[8,3,32,32], i64[8]<10"};
        QVERIFY(pointsOf(plan) == std::vector<BenchPoint>{expected});
        QVERIFY(expected.isPass());
        const auto again = benchPlanFromJson(nlohmann::json::parse(toJson(plan).dump()));
        QVERIFY(again && *again == plan);
        plan.inputs = {"nonsense"};
        QVERIFY(pointsOf(plan).empty());
        // Tokens go in where no inputs are declared, and none come out.
        plan.inputs.clear();
        plan.promptTokens = {16, 32};
        QVERIFY(pointsOf(plan) == (std::vector<BenchPoint>{{16, 0, 1}, {32, 0, 1}}));
    }

    void passesHaveTheirOwnMetrics()
    {
        BenchRun run;
        for (int i = 0; i < 60; ++i)
            run.samples.push_back(pass(i, 0.010 + 0.0001 * i));
        run.samples.front().warmup = true;
        const std::vector<MetricValue> values = summarize(run, pointOf(run.samples.front()));
        const MetricValue *time = findValue(values, "pass_time"), *late = findValue(values, "pass_time.p95"),
                          *speed = findValue(values, "input_speed");
        QVERIFY(time && late && speed);
        QCOMPARE(time->estimate.value, 0.013);
        QVERIFY(late->estimate.value > 0.0155 && late->estimate.value < 0.016);
        QCOMPARE(speed->estimate.value, 8 / 0.013);
        QCOMPARE(formatValue(Unit::InputsPerSecond, 812), std::string("812 inputs/s"));
        for (const char *id : {"ttft", "tpot", "e2e", "throughput", "prefill_speed", "decode_speed", "pass_token_speed"})
            QVERIFY2(!findValue(values, id), id);
        // Generation knows nothing of passes.
        MeasureSample &last = run.samples.back();
        last.outputTokens = 4;
        last.firstToken = 0.001;
        const std::vector<MetricValue> generated = summarize(run, pointOf(last));
        QVERIFY(findValue(generated, "ttft") && findValue(generated, "e2e"));
        QVERIFY(!findValue(generated, "pass_time") && !findValue(generated, "input_speed"));
    }

    void samplesComeBack()
    {
        MeasureSample sample = pass(3, 0.5);
        sample.notFinite = 2;
        const auto again = measureSampleFromJson(nlohmann::json::parse(toJson(sample).dump()));
        QVERIFY(again.has_value());
        QCOMPARE(again->inputs, sample.inputs);
        QCOMPARE(again->output, sample.output);
        QCOMPARE(again->notFinite, uint64_t(2));
        QVERIFY(pointOf(*again) == pointOf(sample));
    }
};

QTEST_APPLESS_MAIN(TestInputSpec)
#include "tst_inputspec.moc"
