// SPDX-License-Identifier: GPL-3.0-or-later
// TorchScript modules that makescripts writes, run by scriptpass and computed once more here in plain loops.
#include "tests/engine/scriptweights.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

using namespace assay::scripts;
using Json = nlohmann::json;

namespace {

struct Numbers
{
    std::vector<int64_t> shape;
    std::vector<double> values;
};

Numbers numbersIn(const Json &tensor)
{
    Numbers out;
    for (const Json &size : tensor["shape"])
        out.shape.push_back(size.get<int64_t>());
    for (const Json &value : tensor["values"])
        out.values.push_back(value.is_null() ? NAN : value.get<double>());
    return out;
}

/// A convolution of 3 x 3 with a border of zeros, ReLU, the mean over the picture, and a matrix: [batch, kClasses].
std::vector<double> network(const Numbers &x)
{
    const auto kernel = numbers(kChannelsOut * kChannelsIn * 9, 0), shift = numbers(kChannelsOut, 1),
               weight = numbers(kClasses * kChannelsOut, 2), bias = numbers(kClasses, 3);
    const int64_t batch = x.shape[0], height = x.shape[2], width = x.shape[3];
    std::vector<double> out;
    for (int64_t b = 0; b < batch; ++b) {
        std::vector<double> means(kChannelsOut, 0);
        for (int64_t o = 0; o < kChannelsOut; ++o) {
            for (int64_t row = 0; row < height; ++row) {
                for (int64_t column = 0; column < width; ++column) {
                    double sum = shift[size_t(o)];
                    for (int64_t c = 0; c < kChannelsIn; ++c) {
                        for (int64_t i = 0; i < 9; ++i) {
                            const int64_t y = row + i / 3 - 1, z = column + i % 3 - 1;
                            if (y >= 0 && y < height && z >= 0 && z < width)
                                sum += double(kernel[size_t((o * kChannelsIn + c) * 9 + i)])
                                       * x.values[size_t(((b * kChannelsIn + c) * height + y) * width + z)];
                        }
                    }
                    means[size_t(o)] += std::max(sum, 0.0) / double(height * width);
                }
            }
        }
        for (int64_t k = 0; k < kClasses; ++k) {
            double sum = bias[size_t(k)];
            for (int64_t o = 0; o < kChannelsOut; ++o)
                sum += double(weight[size_t(k * kChannelsOut + o)]) * means[size_t(o)];
            out.push_back(sum);
        }
    }
    return out;
}

double largestDifference(const std::vector<double> &one, const std::vector<double> &other)
{
    double largest = one.size() == other.size() ? 0 : INFINITY;
    for (size_t i = 0; i < std::min(one.size(), other.size()); ++i)
        largest = std::max(largest, std::abs(one[i] - other[i]));
    return largest;
}

} // namespace

class TestScriptModules : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Json pass(const QString &module, const QStringList &inputs, const char *dtype = "auto", int seed = 7)
    {
        QProcess process;
        process.start(QStringLiteral(ASSAY_BINARY_DIR "/tests/scriptpass"),
                      QStringList{m_folder.filePath(module + QStringLiteral(".pt")), QString::fromLatin1(dtype), QString::number(seed)}
                          + inputs);
        if (!process.waitForFinished(-1) || process.exitStatus() != QProcess::NormalExit)
            return Json::object();
        const Json out = Json::parse(process.readAllStandardOutput().toStdString(), nullptr, false);
        return out.is_object() ? out : Json::object();
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(QProcess::execute(QStringLiteral(ASSAY_BINARY_DIR "/tests/makescripts"), {m_folder.path()}), 0);
    }

    void computesWhatTheModuleSays()
    {
        const Json got = pass(QStringLiteral("network"), {QStringLiteral("f32[2,3,6,5]")});
        QVERIFY2(got.contains("outputs"), got.dump().c_str());
        const Numbers x = numbersIn(got["inputs"][0]), y = numbersIn(got["outputs"][0]);
        QCOMPARE(y.shape, (std::vector<int64_t>{2, kClasses}));
        QVERIFY(largestDifference(y.values, network(x)) < 1e-5);
        QCOMPARE(got.value("text", ""), std::string("f32[2,5]"));
        QCOMPARE(got.value("signature", ""), std::string("(x: Tensor) -> Tensor"));
        const int parameters = kChannelsOut * kChannelsIn * 9 + kChannelsOut + kClasses * kChannelsOut;
        QCOMPARE(got.value("parameters", 0), parameters);
        QCOMPARE(got.value("weightBytes", 0), 4 * (parameters + kClasses));
        QCOMPARE(got.value("notFinite", -1), 0);
    }

    void takesValuesAndDefaults()
    {
        const QStringList three{QStringLiteral("i64[2,3]<10"), QStringLiteral("f32[2,3]"), QStringLiteral("int=4")};
        const auto expected = [](const Json &got, double factor, const std::vector<double> &extra) {
            const Numbers ids = numbersIn(got["inputs"][0]), scale = numbersIn(got["inputs"][1]);
            const auto table = numbers(kRows * kWidth, 4);
            std::vector<double> out;
            for (size_t i = 0; i < ids.values.size(); ++i) {
                for (int64_t j = 0; j < kWidth; ++j)
                    out.push_back((double(table[size_t(int64_t(ids.values[i]) * kWidth + j)]) * scale.values[i] + 4) * factor
                                  + (extra.empty() ? 0 : extra[size_t(j)]));
            }
            return out;
        };
        const Json plain = pass(QStringLiteral("table"), three);
        QVERIFY2(plain.contains("outputs"), plain.dump().c_str());
        QVERIFY(largestDifference(numbersIn(plain["outputs"][0]).values, expected(plain, 1, {})) < 1e-5);
        const Json all = pass(QStringLiteral("table"), three + QStringList{QStringLiteral("bool=true"), QStringLiteral("f32[4]")});
        QVERIFY2(all.contains("outputs"), all.dump().c_str());
        QVERIFY(largestDifference(numbersIn(all["outputs"][0]).values, expected(all, 0.5, numbersIn(all["inputs"][2]).values)) < 1e-5);
        QVERIFY(pass(QStringLiteral("table"), three + QStringList{QStringLiteral("bool=false"), QStringLiteral("none")}).contains("outputs"));
        QCOMPARE(plain.value("signature", ""), std::string("(ids: Tensor, scale: Tensor, add: int, half: bool = False, extra: "
                                                           "Optional[Tensor] = None) -> Tensor"));
    }

    void describesWhatIsNested()
    {
        const Json got = pass(QStringLiteral("nested"), {QStringLiteral("f32[2,3]")});
        QCOMPARE(got.value("text", got.dump()), std::string("(f32[2,3], {roots: f32[2,3], count: i64[]}, [int, int], none)"));
        QCOMPARE(got.value("notFinite", 0), 6);
    }

    void takesLists()
    {
        const Json got = pass(QStringLiteral("listed"), {QStringLiteral("[f32[3,4,4],f32[3,5,2]]"), QStringLiteral("float=0.5")});
        QVERIFY2(got.contains("outputs") && got["outputs"].size() == 2, got.dump().c_str());
        for (size_t i = 0; i < 2; ++i) {
            Numbers x = numbersIn(got["inputs"][i]);
            for (double &value : x.values)
                value *= 0.5;
            QVERIFY(largestDifference(numbersIn(got["outputs"][i]).values, x.values) < 1e-7);
        }
        QCOMPARE(got.value("text", ""), std::string("[f32[3,4,4], f32[3,5,2]]"));
    }

    void evaluatesInsteadOfTraining()
    {
        const Json got = pass(QStringLiteral("dropping"), {QStringLiteral("f32[100]")});
        QVERIFY2(got.contains("outputs"), got.dump().c_str());
        QVERIFY(numbersIn(got["outputs"][0]).values == numbersIn(got["inputs"][0]).values);
    }

    void drawsAsDeclared()
    {
        const QStringList many{QStringLiteral("f32[4000]")};
        const Json one = pass(QStringLiteral("dropping"), many), again = pass(QStringLiteral("dropping"), many),
                   other = pass(QStringLiteral("dropping"), many, "auto", 8);
        QVERIFY(one.contains("inputs") && one["inputs"] == again["inputs"] && one["inputs"] != other["inputs"]);
        double sum = 0, squares = 0;
        for (const double value : numbersIn(one["inputs"][0]).values) {
            sum += value;
            squares += value * value;
        }
        // Six standard errors of mean and variance of 4000 normal numbers.
        QVERIFY(std::abs(sum / 4000) < 6 / std::sqrt(4000.0));
        QVERIFY(std::abs(squares / 4000 - 1) < 6 * std::sqrt(2 / 4000.0));
        struct Case
        {
            const char *input;
            double least, most;
        };
        for (const Case &each : {Case{"i64[3000]<10", 0, 9}, Case{"i32[3000]", 0, 1}, Case{"u8[9000]", 0, 255}, Case{"i8[3000]<5", 0, 4},
                                 Case{"i16[3000]<3", 0, 2}}) {
            const Json got = pass(QStringLiteral("nested"), {QString::fromLatin1(each.input)});
            QVERIFY2(got.contains("inputs"), got.dump().c_str());
            const auto values = numbersIn(got["inputs"][0]).values;
            const auto [least, most] = std::minmax_element(values.begin(), values.end());
            QCOMPARE(*least, each.least);
            QCOMPARE(*most, each.most);
        }
        for (const char *type : {"f16", "bf16", "f64", "bool"}) {
            const Json got = pass(QStringLiteral("dropping"), {QString::fromLatin1(type) + QStringLiteral("[64]")});
            QVERIFY2(got.contains("inputs"), got.dump().c_str());
            QCOMPARE(got["inputs"][0].value("type", ""), std::string(type));
        }
    }

    void convertsWhereItCan()
    {
        const Json full = pass(QStringLiteral("network"), {QStringLiteral("f32[1,3,8,8]")});
        const Json half = pass(QStringLiteral("network"), {QStringLiteral("bf16[1,3,8,8]")}, "bf16");
        QVERIFY2(half.contains("outputs"), half.dump().c_str());
        QCOMPARE(half.value("dtype", ""), std::string("bf16"));
        QCOMPARE(half.value("weightBytes", 0) * 2, full.value("weightBytes", 0));
        QVERIFY(largestDifference(numbersIn(half["outputs"][0]).values, network(numbersIn(half["inputs"][0]))) < 0.02);
        // A frozen module has its weights in its program: they are counted, and stay as they are.
        const Json frozen = pass(QStringLiteral("frozen"), {QStringLiteral("f32[1,3,8,8]")});
        QVERIFY2(frozen.contains("outputs") && frozen["weightBytes"] == full["weightBytes"], frozen.dump().c_str());
        QVERIFY(largestDifference(numbersIn(frozen["outputs"][0]).values, network(numbersIn(frozen["inputs"][0]))) < 1e-5);
        QCOMPARE(pass(QStringLiteral("frozen"), {QStringLiteral("f32[1,3,8,8]")}, "bf16").value("error", ""), std::string("engine.dtype_unsupported"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("module");
        QTest::addColumn<QString>("inputs");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, const char *module, const char *inputs, const char *error, const char *said) {
            QTest::newRow(name) << QString::fromLatin1(module) << QString::fromLatin1(inputs) << QString::fromLatin1(error)
                                << QString::fromLatin1(said);
        };
        row("weights alone", "weights", "f32[1]", "script.unloadable", "weights.pt");
        row("no forward", "headless", "f32[1]", "script.unloadable", "forward");
        row("an unknown operator", "strange", "f32[1]", "script.operator_missing", "strange::twice");
        row("no file", "nothing", "f32[1]", "file.missing", "nothing.pt");
        row("nothing declared", "network", "", "script.inputs_unfit", "(x: Tensor)");
        row("too few", "table", "i64[2]<10 f32[2]", "script.inputs_unfit", "add: int");
        row("too many", "network", "f32[1,3,8,8] f32[1]", "script.inputs_unfit", "too many");
        row("a value for a tensor", "network", "int=3", "script.inputs_unfit", "x: Tensor");
        row("a tensor for a value", "table", "i64[2]<10 f32[2] f32[1]", "script.inputs_unfit", "add: int");
        row("none for what must be", "network", "none", "script.inputs_unfit", "x: Tensor");
        row("a list for a tensor", "network", "[f32[1]]", "script.inputs_unfit", "x: Tensor");
        row("what cannot be declared", "mapped", "f32[1]", "script.inputs_unfit", "Dict[str, Tensor]");
        row("another shape", "network", "f32[1,4,8,8]", "script.failed", "channels");
        row("another type", "network", "f64[1,3,8,8]", "script.failed", "ouble");
        row("an id outside the table", "table", "i64[50]<100 f32[50] int=0", "script.failed", "range");
        row("its own exception", "raising", "f32[1]", "script.failed", "this module never works");
        row("more than there is", "greedy", "f32[1]", "engine.not_enough_memory", "are free");
        row("no input at all", "network", "f99[1]", "input.invalid", "f99[1]");
    }
    void refuses()
    {
        QFETCH(QString, module);
        QFETCH(QString, inputs);
        QFETCH(QString, error);
        QFETCH(QString, said);
        const Json got = pass(module, inputs.split(u' ', Qt::SkipEmptyParts));
        const QString sentence = QString::fromStdString(got.value("sentence", got.dump()));
        qInfo("%s", qPrintable(sentence));
        QCOMPARE(QString::fromStdString(got.value("error", "")), error);
        QVERIFY2(sentence.contains(said) && !sentence.contains(u'\n'), qPrintable(sentence));
    }
};

QTEST_APPLESS_MAIN(TestScriptModules)
#include "tst_scriptmodules.moc"
