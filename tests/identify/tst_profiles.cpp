// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles of known models: read, written, matched; structures of directories that generators rebuild from published configs.
#include "core/identify/structuralevidence.h"
#include "tests/identify/profiles.h"
#include "tests/model/modelfiles.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace assay;
using namespace assay::test;

namespace {

QString configOf(const QString &slug)
{
    return sharedFolder() + QStringLiteral("/reference/configs/") + slug + QStringLiteral("/config.json");
}

std::vector<Evidence> evidenceOf(const Inspection &inspection, const Profile &claimed)
{
    const auto structure = structureOf(inspection.directory.checkpoint);
    const FoundFacts facts = foundIn(inspection);
    return structuralEvidence({facts, structure, inspection.directory.checkpoint.complete()}, claimed);
}

const Evidence *named(const std::vector<Evidence> &list, const std::string &test)
{
    const auto it = std::find_if(list.begin(), list.end(), [&](const Evidence &one) { return one.test == test; });
    return it == list.end() ? nullptr : &*it;
}

bool says(const std::vector<Told> &list, const std::string &part)
{
    return std::any_of(list.begin(), list.end(), [&](const Told &told) { return told.sentence().find(part) != std::string::npos; });
}

} // namespace

class TestProfiles : public QObject
{
    Q_OBJECT
private:
    std::vector<Profile> m_profiles = shippedProfiles();
    QTemporaryDir m_folder;

private slots:
    void shippedOnesAreWhole()
    {
        QCOMPARE(m_profiles.size(), size_t(39));
        for (const Profile &profile : m_profiles) {
            for (const auto *list : {&profile.sameConfig, &profile.falseFriends}) {
                for (const std::string &other : *list)
                    profileNamed(m_profiles, other); // each name is one of them
            }
            const auto again = readProfile(profileToJson(profile).dump(), "again");
            QVERIFY(again);
            QCOMPARE(profileToJson(*again).dump(), profileToJson(profile).dump());
        }
        const Profile &r1 = profileNamed(m_profiles, "deepseek-r1");
        uint64_t tensors = 0;
        for (const auto &[key, count] : r1.structure)
            tensors += count;
        QCOMPARE(tensors, uint64_t(91991)); // as published
    }

    // What the patterns of tensors add up to is what was published of the model: the totals of the hub's listings, where there are none
    // the formula over the config (identity.md 7.7).
    void structuresHoldWhatWasPublished_data()
    {
        QTest::addColumn<quint64>("elements");
        QTest::newRow("deepseek-r1") << quint64(684'531'386'000);
        QTest::newRow("deepseek-r1-distill-qwen-7b") << quint64(7'615'616'512);
        QTest::newRow("qwen3-30b-a3b") << quint64(30'532'122'624);
        QTest::newRow("glm-4.5") << quint64(358'337'791'296);
        QTest::newRow("glm-4.7") << quint64(358'337'791'296); // by formula
        QTest::newRow("gemma-2-2b-it") << quint64(2'614'341'888); // by formula
        QTest::newRow("gemma-2-9b-it") << quint64(9'241'705'984);
        QTest::newRow("gemma-3-1b-it") << quint64(999'885'952);
        QTest::newRow("gemma-3-4b-it") << quint64(4'300'079'472); // with its vision tower
        QTest::newRow("phi-3-mini-4k-instruct") << quint64(3'821'079'552);
        QTest::newRow("gpt2") << quint64(137'022'720); // with twelve causal masks
        QTest::newRow("mixtral-8x7b-v0.1") << quint64(46'702'792'704); // by formula
        QTest::newRow("deepseek-v2-lite") << quint64(15'706'484'224); // by formula
    }
    void structuresHoldWhatWasPublished()
    {
        QFETCH(quint64, elements);
        quint64 sum = 0;
        for (const auto &[key, count] : profileNamed(m_profiles, QTest::currentDataTag()).structure) {
            quint64 product = count;
            for (const QString &size : QString::fromStdString(key.substr(key.rfind('[') + 1)).chopped(1).split(u','))
                product *= size.toULongLong();
            sum += product;
        }
        QCOMPARE(sum, elements);
    }

    void masksComeAndGo()
    {
        const auto &whole = profileNamed(m_profiles, "gpt2").structure;
        auto without = whole;
        QCOMPARE(std::erase_if(without, [](const auto &one) { return one.first == "h.#.attn.bias [1,1,1024,1024]"; }), size_t(1));
        QVERIFY(compareStructures(without, whole).equal());
        without.erase("h.#.attn.c_attn.bias [2304]");
        QVERIFY(!compareStructures(without, whole).equal());
    }

    void damaged_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("schema") << QByteArray(R"({"id": "a"})");
        QTest::newRow("id") << QByteArray(R"({"schema": "assay-profile/1"})");
        QTest::newRow("facts") << QByteArray(R"({"schema": "assay-profile/1", "id": "a", "facts": {"layers": {"a": 1}}})");
        QTest::newRow("counts") << QByteArray(R"({"schema": "assay-profile/1", "id": "a", "structure": {"a [1]": -1}})");
        QTest::newRow("names") << QByteArray(R"({"schema": "assay-profile/1", "id": "a", "names": [1]})");
        QTest::newRow("tokens") << QByteArray(R"({"schema": "assay-profile/1", "id": "a", "special_tokens": {"bos": 1e300}})");
        QTest::newRow("large") << QByteArray(5 << 20, ' ');
    }
    void damaged()
    {
        QFETCH(QByteArray, content);
        const auto profile = readProfile(std::string_view(content.constData(), size_t(content.size())), "p.json");
        QVERIFY(!profile);
        QCOMPARE(profile.error().code, ErrorCode::ProfileDamaged);
    }

    void everyConfigIsRecognised_data()
    {
        QTest::addColumn<QString>("slug");
        const QStringList slugs = sharedFolder().isEmpty() ? QStringList() : QDir(sharedFolder() + "/reference/configs").entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &slug : slugs)
            QTest::newRow(qPrintable(slug)) << slug;
        if (slugs.isEmpty())
            QTest::newRow("none") << QString();
    }
    void everyConfigIsRecognised()
    {
        QFETCH(QString, slug);
        if (slug.isEmpty())
            QSKIP("the shared reference data is not here");
        const QString folder = m_folder.filePath(QStringLiteral("model-") + QString::number(qHash(slug)));
        QVERIFY(QDir().mkpath(folder) && QFile::copy(configOf(slug), folder + "/config.json"));
        const auto matches = matchProfiles(foundIn(inspected(folder)), {}, m_profiles);
        QVERIFY(!matches.empty());
        const Profile &own = profileNamed(m_profiles, slug.toStdString());
        const std::string &best = matches.front().profile->id;
        const bool twin = std::find(own.sameConfig.begin(), own.sameConfig.end(), best) != own.sameConfig.end();
        QVERIFY2(best == own.id || twin, best.c_str());
        QVERIFY2(matches.front().differs.empty(), matches.front().differs.empty() ? "" : matches.front().differs.front().sentence().c_str());
    }

    void tensorsAreTheProfiles_data()
    {
        QTest::addColumn<QString>("slug");
        for (const char *slug : {"deepseek-r1", "deepseek-r1-distill-qwen-1.5b", "deepseek-r1-distill-qwen-7b", "deepseek-r1-distill-llama-8b",
                                 "deepseek-r1-distill-qwen-14b", "deepseek-r1-distill-qwen-32b", "deepseek-r1-distill-llama-70b"})
            QTest::newRow(slug) << QString::fromLatin1(slug);
    }
    void tensorsAreTheProfiles()
    {
        QFETCH(QString, slug);
        if (sharedFolder().isEmpty())
            QSKIP("the shared reference data is not here");
        const QString folder = m_folder.filePath(QStringLiteral("w-") + slug);
        QVERIFY(generate(slug == "deepseek-r1" ? "make_r1_index.py" : "make_dense_index.py", {"--config", configOf(slug), "--out", folder}));
        const Inspection inspection = inspected(folder);
        const Profile &own = profileNamed(m_profiles, slug.toStdString());
        QCOMPARE(structureOf(inspection.directory.checkpoint), own.structure);
        const auto evidence = evidenceOf(inspection, own);
        QVERIFY(named(evidence, "weights.structure"));
        QCOMPARE(named(evidence, "weights.structure")->kind, Evidence::Kind::Consistent);
        QCOMPARE(named(evidence, "declared.config")->kind, Evidence::Kind::Consistent);
        QVERIFY(!named(evidence, "declared.against_tensors"));
        const auto matches = matchProfiles(foundIn(inspection), structureOf(inspection.directory.checkpoint), m_profiles);
        QVERIFY(matches.front().structureEqual);
        // As R1, a distilled model's config and tensors contradict, each by itself.
        if (slug != "deepseek-r1") {
            const auto asFull = evidenceOf(inspection, profileNamed(m_profiles, "deepseek-r1"));
            QCOMPARE(named(asFull, "declared.config")->kind, Evidence::Kind::Contradiction);
            QCOMPARE(named(asFull, "weights.structure")->kind, Evidence::Kind::Contradiction);
            QVERIFY(named(asFull, "weights.structure")->numbers["tensors"].size() > 10);
        }
    }

    void mislabelled()
    {
        if (sharedFolder().isEmpty())
            QSKIP("the shared reference data is not here");
        const QString folder = m_folder.filePath(QStringLiteral("mislabelled"));
        QVERIFY(generate("make_dense_index.py", {"--config", configOf("deepseek-r1-distill-qwen-7b"), "--as-config", configOf("deepseek-r1"), "--out", folder}));
        const auto evidence = evidenceOf(inspected(folder), profileNamed(m_profiles, "deepseek-r1"));
        QCOMPARE(named(evidence, "declared.config")->kind, Evidence::Kind::Consistent);
        QCOMPARE(named(evidence, "declared.against_tensors")->kind, Evidence::Kind::Contradiction);
        const Evidence *tensors = named(evidence, "weights.structure");
        QCOMPARE(tensors->kind, Evidence::Kind::Contradiction);
        // Tensor by tensor: what R1 has and is not here, what is here and R1 has not, and other shapes.
        std::set<std::string> kinds;
        for (const auto &one : tensors->numbers["tensors"])
            kinds.insert(one["kind"]);
        QCOMPARE(kinds, (std::set<std::string>{"missing", "unexpected", "shape"}));
        QVERIFY(tensors->what.sentence().find("embed_tokens") != std::string::npos);
    }

    void prunedExpertsAndAFreeName()
    {
        if (sharedFolder().isEmpty())
            QSKIP("the shared reference data is not here");
        const QString folder = m_folder.filePath(QStringLiteral("pruned"));
        QVERIFY(QDir().mkpath(folder));
        QFile in(configOf("deepseek-r1"));
        QVERIFY(in.open(QIODevice::ReadOnly));
        QJsonObject config = QJsonDocument::fromJson(in.readAll()).object();
        config["n_routed_experts"] = 64;
        config["num_experts_per_tok"] = 4;
        config["_name_or_path"] = "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B";
        const QString file = m_folder.filePath("pruned.json");
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(QJsonDocument(config).toJson()) > 0);
        out.close();
        QVERIFY(generate("make_r1_index.py", {"--config", file, "--out", folder}));
        const Inspection inspection = inspected(folder);
        const auto structure = structureOf(inspection.directory.checkpoint);
        const auto matches = matchProfiles(foundIn(inspection), structure, m_profiles);
        const auto &twins = profileNamed(m_profiles, "deepseek-r1").sameConfig;
        const std::string &best = matches.front().profile->id;
        QVERIFY2(best == "deepseek-r1" || std::find(twins.begin(), twins.end(), best) != twins.end(), best.c_str());
        QVERIFY(!matches.front().structureEqual);
        QVERIFY(says(matches.front().differs, "64 of the 256 experts"));
        const auto evidence = evidenceOf(inspection, profileNamed(m_profiles, "deepseek-r1"));
        QCOMPARE(named(evidence, "weights.structure")->kind, Evidence::Kind::Contradiction);

        // The name of another model over a model's own tensors.
        Inspection renamed = inspection;
        FoundFacts facts = foundIn(renamed);
        const Profile &r1 = profileNamed(m_profiles, "deepseek-r1");
        const auto equal = matchProfiles(facts, r1.structure, m_profiles);
        QVERIFY(equal.front().structureEqual);
        const auto note = nameEvidence(facts, equal, m_profiles);
        QVERIFY(note);
        QCOMPARE(note->kind, Evidence::Kind::Note);
        QVERIFY(note->what.sentence().find("DeepSeek-R1-Distill-Qwen-14B") != std::string::npos);
    }

    void missingFilesAndLayersOfNextTokens()
    {
        if (sharedFolder().isEmpty())
            QSKIP("the shared reference data is not here");
        const Profile &r1 = profileNamed(m_profiles, "deepseek-r1");
        const QString folder = m_folder.filePath(QStringLiteral("part"));
        QVERIFY(generate("make_r1_index.py", {"--config", configOf("deepseek-r1"), "--out", folder, "--shards", "1,163"}));
        const auto evidence = evidenceOf(inspected(folder), r1);
        QCOMPARE(named(evidence, "weights.structure")->kind, Evidence::Kind::Note);
        std::map<std::string, uint64_t> main;
        for (const auto &[key, count] : r1.structure) {
            if (!isNextTokenKey(key) && !isScaleKey(key))
                main[key] = count;
        }
        const StructureComparison comparison = compareStructures(main, r1.structure);
        QVERIFY(!comparison.equal());
        QVERIFY(comparison.equalWithoutNextToken());
        main.begin()->second += 1;
        QVERIFY(!compareStructures(main, r1.structure).equalWithoutNextToken());
    }

    void otherNames()
    {
        // GGUF names tensors otherwise: layers, hidden size and experts are counted all the same.
        FoundFacts facts;
        facts.add("num_hidden_layers", 28, FoundBy::Counted, "tensors");
        facts.add("hidden_size", 3584, FoundBy::Counted, "tensors");
        const std::map<std::string, uint64_t> structure{{"blk.#.attn_q.weight [3584,3584]", 28}};
        const auto own = structuralEvidence({facts, structure, true}, profileNamed(m_profiles, "deepseek-r1-distill-qwen-7b"));
        QCOMPARE(named(own, "weights.counts")->kind, Evidence::Kind::Consistent);
        const auto full = structuralEvidence({facts, structure, true}, profileNamed(m_profiles, "deepseek-r1"));
        QCOMPARE(named(full, "weights.counts")->kind, Evidence::Kind::Contradiction);
        QVERIFY(!named(full, "weights.structure"));
    }

    void ownProfile()
    {
        const Inspection inspection = inspected(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/distilled"));
        const Profile own = profileOf(inspection, "mine", "Mine");
        const auto again = readProfile(profileToJson(own).dump(), "mine");
        QVERIFY(again);
        QCOMPARE(again->structure, structureOf(inspection.directory.checkpoint));
        const std::vector<Profile> one{*again};
        const auto matches = matchProfiles(foundIn(inspection), again->structure, one);
        QCOMPARE(matches.size(), size_t(1));
        QVERIFY(matches.front().structureEqual);
        QCOMPARE(matches.front().score, 1.0);
        // Another model of the same family is not taken for it.
        const auto other = matchProfiles(foundIn(inspected(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/full"))), {}, one);
        QVERIFY(other.empty() || other.front().score < 1);
    }
};

QTEST_GUILESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
