// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/rope.h"

#include <QtTest>

using namespace assay;

namespace {

RopeSpec spec(double theta, int64_t dim, int64_t context, const char *type, double factor)
{
    RopeSpec out{theta, dim, context, RopeScaling()};
    out.scaling->type = type;
    out.scaling->factor = factor;
    return out;
}

/// A value that was computed in double elsewhere and rounded to float here.
bool near(float value, double wanted)
{
    return std::abs(double(value) - wanted) <= 1e-7 * std::abs(wanted);
}

} // namespace

class TestRope : public QObject
{
    Q_OBJECT

private slots:
    void plainFrequenciesArePowersOfTheta()
    {
        const auto out = ropeFrequencies({10000, 8, 2048, {}}, 100);
        QCOMPARE(out.inverse.size(), size_t(4));
        QCOMPARE(out.attentionFactor, 1.0);
        for (size_t i = 0; i < 4; ++i)
            QVERIFY(near(out.inverse[i], std::pow(10.0, -double(i))));
    }

    void linearDividesAll()
    {
        const auto out = ropeFrequencies(spec(10000, 8, 2048, "linear", 4), 9000);
        for (size_t i = 0; i < 4; ++i)
            QVERIFY(near(out.inverse[i], std::pow(10.0, -double(i)) / 4));
    }

    void dynamicKeepsShortSequences()
    {
        const auto plain = ropeFrequencies({10000, 64, 2048, {}}, 1);
        const auto scaled = ropeFrequencies(spec(10000, 64, 2048, "dynamic", 2), 2048);
        QCOMPARE(scaled.inverse, plain.inverse);
    }

    // What NTK-aware scaling was made for: the slowest pair is interpolated by the whole growth, the fastest
    // not.
    void dynamicInterpolatesTheSlowestPairFully()
    {
        const auto plain = ropeFrequencies({10000, 64, 2048, {}}, 1);
        const auto scaled = ropeFrequencies(spec(10000, 64, 2048, "dynamic", 2), 8192);
        const double growth = 2.0 * 8192 / 2048 - 1;
        QCOMPARE(scaled.inverse.front(), 1.0f);
        QVERIFY(std::abs(scaled.inverse.back() * growth / plain.inverse.back() - 1) < 1e-6);
    }

    // Values: the published scaling of Llama 3.1 (theta 500000, head 128), computed in Python.
    void llama3()
    {
        RopeSpec llama = spec(500000, 128, 131072, "llama3", 8);
        llama.scaling->lowFrequencyFactor = 1;
        llama.scaling->highFrequencyFactor = 4;
        llama.scaling->originalContext = 8192;
        const auto out = ropeFrequencies(llama, 1).inverse;
        QVERIFY(near(out[0], 1.0));
        QVERIFY(near(out[10], 0.12868737343265052));
        QVERIFY(near(out[28], 0.003211445994752591));
        QVERIFY(near(out[29], 0.002166570763503359));
        QVERIFY(near(out[32], 0.0005248461609929547));
        QVERIFY(near(out[34], 0.0001785078127679964));
        QVERIFY(near(out[35], 9.556212353964683e-05));
        QVERIFY(near(out[63], 3.068925988914511e-07));
    }

    // Values: the formulas of the YaRN paper (theta 1e6, head 128, 32768 -> 131072), computed in Python.
    void yarn()
    {
        RopeSpec yarn = spec(1000000, 128, 131072, "yarn", 4);
        yarn.scaling->originalContext = 32768;
        const auto out = ropeFrequencies(yarn, 1);
        QVERIFY(near(out.inverse[20], 0.01333521432163324));
        QVERIFY(near(out.inverse[23], 0.006978305848598663));
        QVERIFY(near(out.inverse[24], 0.005375321490790102));
        QVERIFY(near(out.inverse[35], 0.0002462584069089387));
        QVERIFY(near(out.inverse[39], 6.490394320837029e-05));
        QVERIFY(near(out.inverse[40], 4.445698525097307e-05));
        QVERIFY(near(out.inverse[63], 3.102344401879299e-07));
        QCOMPARE(out.attentionFactor, 1.138629436111989);
    }

    void yarnTakesTheDeclaredAttentionFactor()
    {
        RopeSpec yarn = spec(1000000, 128, 131072, "yarn", 40);
        yarn.scaling->originalContext = 4096;
        QCOMPARE(ropeFrequencies(yarn, 1).attentionFactor, 1.3688879454113936);
        yarn.scaling->mscale = 1.0;
        yarn.scaling->mscaleAllDim = 1.0;
        QCOMPARE(ropeFrequencies(yarn, 1).attentionFactor, 1.0);
        yarn.scaling->attentionFactor = 1.25;
        QCOMPARE(ropeFrequencies(yarn, 1).attentionFactor, 1.25);
    }

    void unknownScalingIsNotSupported()
    {
        QVERIFY(ropeScalingSupported({}));
        QVERIFY(ropeScalingSupported(spec(1, 2, 3, "yarn", 4).scaling));
        QVERIFY(!ropeScalingSupported(spec(1, 2, 3, "mrope", 4).scaling));
    }

    // Bounds of the ramp as they are: 8.093 and 17.398 with gpt-oss' numbers.
    void yarnMayKeepItsBoundsUnrounded()
    {
        RopeSpec yarn = spec(150000, 64, 131072, "yarn", 32);
        yarn.scaling->originalContext = 4096;
        yarn.scaling->truncate = false;
        const auto out = ropeFrequencies(yarn, 1);
        QVERIFY(near(out.inverse[8], 0.050813274815461475));
        QVERIFY(near(out.inverse[9], 0.03170569618466377));
        QVERIFY(near(out.inverse[12], 0.006794959489732219));
        QVERIFY(near(out.inverse[17], 0.0001293187012450632));
        QVERIFY(near(out.inverse[18], 3.8308812373753384e-05));
        QCOMPARE(out.attentionFactor, 1.3465735902799727);
    }

    void longRopeDividesEachPair()
    {
        RopeSpec rope = spec(10000, 8, 131072, "longrope", 1);
        rope.scaling->originalContext = 4096;
        rope.scaling->shortFactor = {1.0, 1.25, 1.5, 2.0};
        rope.scaling->longFactor = {1.5, 3.0, 6.0, 12.0};
        const auto within = ropeFrequencies(rope, 4096), past = ropeFrequencies(rope, 4097);
        QVERIFY(near(within.inverse[1], 0.08));
        QVERIFY(near(within.inverse[3], 0.0005));
        QVERIFY(near(past.inverse[0], 2.0 / 3));
        QVERIFY(near(past.inverse[3], 1e-3 / 12));
        QCOMPARE(within.attentionFactor, 1.1902380714238083);
        rope.scaling->attentionFactor = 1.5;
        QCOMPARE(ropeFrequencies(rope, 1).attentionFactor, 1.5);
    }

    void divisorsOfAFileAreTaken()
    {
        RopeSpec rope = spec(10000, 8, 131072, kRopeDivisors, 1);
        rope.scaling->longFactor = {1, 1, 4, 8};
        const auto out = ropeFrequencies(rope, 1);
        QVERIFY(near(out.inverse[1], 0.1));
        QVERIFY(near(out.inverse[2], 0.0025));
        QVERIFY(near(out.inverse[3], 0.000125));
        QCOMPARE(out.attentionFactor, 1.0);
    }
};

QTEST_GUILESS_MAIN(TestRope)
#include "tst_rope.moc"
