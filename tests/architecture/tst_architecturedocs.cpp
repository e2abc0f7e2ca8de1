// SPDX-License-Identifier: GPL-3.0-or-later
// The table of architectures in docs/ENGINE.md is made from the descriptions: this test makes it and compares it with the
// committed one. When they differ it writes the new document beside the test program; copying it over is the whole update.
#include "tests/architecture/archwords.h"
#include "tests/architecture/coverage.h"

#include <QFile>
#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

const QString kBegin = QStringLiteral("<!-- The table of tst_architecturedocs begins. -->\n");
const QString kEnd = QStringLiteral("<!-- The table of tst_architecturedocs ends. -->");

// A small model that says no more than every class needs: what it leaves out is the class's own default.
constexpr const char *kDense = R"({"hidden_size": 1024, "intermediate_size": 96, "num_attention_heads": 4,
    "num_hidden_layers": 8, "vocab_size": 100})";
constexpr const char *kMixture = R"({"num_experts": 8, "num_experts_per_tok": 2, "moe_intermediate_size": 32,
    "n_shared_experts": 1, "kv_lora_rank": 16, "q_lora_rank": 16, "qk_nope_head_dim": 8, "qk_rope_head_dim": 8,
    "v_head_dim": 16})";

/// With experts and latent attention where the class knows them, without where it refuses them.
std::optional<DecoderSpec> smallModel(const char *className)
{
    nlohmann::json dense = nlohmann::json::parse(kDense);
    dense["architectures"] = nlohmann::json::array({className});
    nlohmann::json mixture = dense;
    mixture.update(nlohmann::json::parse(kMixture));
    for (const nlohmann::json &each : {mixture, dense}) {
        if (refusal(each.dump()).isEmpty())
            return resolved(each.dump());
    }
    return std::nullopt;
}

/// One row for those classes of a description that do the same.
QStringList rows(const ArchitectureDescription &description)
{
    QStringList rests;
    std::map<QString, QStringList> classes;
    for (const char *className : description.classes) {
        const auto spec = smallModel(className);
        if (!spec)
            continue;
        const QStringList cells{normWords(*spec), positionWords(*spec), attentionWords(*spec), feedForwardWords(*spec), otherWords(*spec)};
        const QString rest = cells.join(QStringLiteral(" | "));
        if (!rests.contains(rest))
            rests << rest;
        classes[rest] << QString::fromLatin1(className);
    }
    QStringList out;
    for (const QString &rest : rests)
        out << QStringLiteral("| %1 | %2 |\n").arg(classes[rest].join(QStringLiteral("<br>")), rest);
    return out;
}

QString table()
{
    QStringList all;
    for (const ArchitectureDescription *description : architectureDescriptions())
        all << rows(*description);
    all.sort(Qt::CaseInsensitive);
    return QStringLiteral("| Class | Norms | Positions | Attention | Feed-forward part | Besides |\n|---|---|---|---|---|---|\n") + all.join(QString());
}

} // namespace

class TestArchitectureDocs : public QObject
{
    Q_OBJECT

private slots:
    void everyClassResolvesASmallConfig()
    {
        for (const ArchitectureDescription *description : architectureDescriptions()) {
            for (const char *className : description->classes)
                QVERIFY2(smallModel(className), className);
        }
    }

    void noClassIsDescribedTwice()
    {
        std::map<std::string, int> times;
        for (const ArchitectureDescription *description : architectureDescriptions()) {
            for (const char *className : description->classes)
                QVERIFY2(++times[className] == 1, className);
        }
    }

    void theTableFollowsTheDescriptions()
    {
        QFile file(QStringLiteral(ASSAY_SOURCE_DIR "/docs/ENGINE.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString there = QString::fromUtf8(file.readAll());
        const qsizetype begin = there.indexOf(kBegin) + kBegin.size(), end = there.indexOf(kEnd);
        QVERIFY2(begin >= kBegin.size() && end >= begin, "docs/ENGINE.md has no place for the table");
        const QString wanted = there.left(begin) + table() + there.mid(end);
        if (there == wanted)
            return;
        const QString path = QCoreApplication::applicationDirPath() + QStringLiteral("/ENGINE.md");
        QFile made(path);
        QVERIFY(made.open(QIODevice::WriteOnly) && made.write(wanted.toUtf8()) > 0);
        QFAIL(qPrintable(QStringLiteral("docs/ENGINE.md is not up to date; copy %1 over it").arg(path)));
    }
};

QTEST_GUILESS_MAIN(TestArchitectureDocs)
#include "tst_architecturedocs.moc"
