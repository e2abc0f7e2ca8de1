// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classlabels.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace assay;

namespace {

ClassLabels labelsOf(const std::string &json, int64_t count)
{
    ModelConfig config;
    config.text = json;
    return readClassLabels(config, count);
}

using Names = std::vector<std::string>;

} // namespace

class TestClassLabels : public QObject
{
    Q_OBJECT
private slots:
    void namesComeInTheOrderOfTheirIds()
    {
        // As text "10" would be before "2".
        const ClassLabels labels = labelsOf(R"({"id2label":{"10":"k","1":"b","0":"a","2":"c"}})", 11);
        QCOMPARE(labels.names.size(), size_t(11));
        QCOMPARE(labels.names[0], std::string("a"));
        QCOMPARE(labels.names[2], std::string("c"));
        QCOMPARE(labels.names[3], std::string("LABEL_3"));
        QCOMPARE(labels.names[10], std::string("k"));
    }

    void whatIsNoNameGetsOne()
    {
        const Names plain{"LABEL_0", "LABEL_1"};
        QCOMPARE(labelsOf("{}", 2).names, plain);
        QCOMPARE(labelsOf("", 2).names, plain);
        QCOMPARE(labelsOf(R"({"id2label":["a","b"]})", 2).names, plain);
        QCOMPARE(labelsOf(R"({"id2label":{"0":7,"1":null}})", 2).names, plain);
    }

    void longNamesAreCutBetweenCharacters()
    {
        std::string name(199, 'x');
        name += "\u00e9 and more";
        const std::string kept = labelsOf(R"({"id2label":{"0":")" + name + R"("}})", 1).names[0];
        QCOMPARE(kept, std::string(199, 'x'));
    }

    void problemTypes_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("problem");
        const auto row = [](const char *name, const char *config, int count, ClassProblem problem) {
            QTest::newRow(name) << QByteArray(config) << count << int(problem);
        };
        row("single", R"({"problem_type":"single_label_classification"})", 1, ClassProblem::SingleLabel);
        row("multi", R"({"problem_type":"multi_label_classification"})", 5, ClassProblem::MultiLabel);
        row("regression", R"({"problem_type":"regression"})", 1, ClassProblem::Regression);
        row("none, several", R"({"problem_type":null})", 2, ClassProblem::SingleLabel);
        row("none, one", "{}", 1, ClassProblem::MultiLabel);
        row("unknown", R"({"problem_type":"ranking"})", 3, ClassProblem::SingleLabel);
    }
    void problemTypes()
    {
        QFETCH(QByteArray, config);
        QFETCH(int, count);
        QFETCH(int, problem);
        QCOMPARE(int(labelsOf(config.toStdString(), count).problem), problem);
    }

    void valuesAreThoseOfTheFormulas()
    {
        // exp(1), exp(2), exp(3) over their sum; 1 / (1 + exp(-x)).
        const auto softmax = classValues({1, 2, 3}, ClassProblem::SingleLabel);
        const auto sigmoid = classValues({0, -1.5f}, ClassProblem::MultiLabel);
        QVERIFY(std::abs(softmax[0] - 0.09003057317038046) < 1e-15);
        QVERIFY(std::abs(softmax[2] - 0.6652409557748219) < 1e-15);
        QCOMPARE(sigmoid[0], 0.5);
        QVERIFY(std::abs(sigmoid[1] - 0.18242552380635635) < 1e-15);
        QCOMPARE(classValues({-7}, ClassProblem::Regression), (std::vector<double>{-7}));
        QVERIFY(classValues({}, ClassProblem::SingleLabel).empty());
    }

    void largeLogitsDoNotOverflow()
    {
        const float huge = std::numeric_limits<float>::max();
        QCOMPARE(classValues({huge, -huge}, ClassProblem::SingleLabel), (std::vector<double>{1, 0}));
        QCOMPARE(classValues({huge, -huge}, ClassProblem::MultiLabel), (std::vector<double>{1, 0}));
    }
};

QTEST_GUILESS_MAIN(TestClassLabels)
#include "tst_classlabels.moc"
