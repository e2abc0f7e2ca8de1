// SPDX-License-Identifier: GPL-3.0-or-later
#include "changedmodel.h"
#include "core/protocol/base64.h"
#include "referencemodels.h"
#include "workerprocess.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>
#include <numeric>

using namespace assay;
using protocol::Json;

namespace {

/// Enough to prove the worker's way of answering; tests/engine asks the engine itself about every architecture.
const QStringList kFamilies = {QStringLiteral("LlamaForCausalLM"), QStringLiteral("MistralForCausalLM"),
                               QStringLiteral("Qwen2ForCausalLM")};

constexpr double kTolerance = 1e-4;

/// The rows that came in, in order; empty when any is missing or damaged.
std::vector<float> rowsOf(const std::vector<protocol::Message> &notifications)
{
    std::vector<float> out;
    int64_t next = 0;
    for (const protocol::Message &message : notifications) {
        if (message.method != protocol::notification::kLogitsRows)
            continue;
        const auto bytes = protocol::fromBase64(message.params["data"].get<std::string>());
        if (!bytes || message.params["first"].get<int64_t>() != next)
            return {};
        next += message.params["rows"].get<int64_t>();
        const size_t before = out.size();
        out.resize(before + bytes->size() / sizeof(float));
        std::memcpy(out.data() + before, bytes->data(), bytes->size());
    }
    return out;
}

/// How far logits are from the expected ones, over everything that was added.
struct Difference
{
    double largest = 0, squares = 0;
    size_t count = 0;

    double rootMeanSquare() const { return std::sqrt(squares / double(count)); }
    void add(const std::vector<float> &a, const std::vector<float> &b)
    {
        if (a.empty() || a.size() != b.size())
            largest = squares = INFINITY;
        count += a.size();
        for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            const double difference = std::abs(double(a[i]) - double(b[i]));
            // Not std::max, which a NaN slips through.
            largest = difference <= largest ? largest : difference;
            squares += difference * difference;
        }
    }
};

/// Log-likelihood of the prompt's last tokens, from the expected logits, summed in double.
double expectedScore(const std::vector<float> &logits, const std::vector<int64_t> &ids, size_t continuation)
{
    const size_t vocabulary = logits.size() / ids.size();
    double sum = 0;
    for (size_t i = ids.size() - continuation; i < ids.size(); ++i) {
        const float *row = logits.data() + (i - 1) * vocabulary;
        double total = 0;
        for (size_t v = 0; v < vocabulary; ++v)
            total += std::exp(double(row[v]));
        sum += double(row[ids[i]]) - std::log(total);
    }
    return sum;
}

/// What pruning means, the slow way: places sorted by magnitude, of equals the first first.
class SlowPruning
{
public:
    /// percent of a matrix, or by groups of `of` numbers all but `keep`.
    SlowPruning(int percent, size_t keep, size_t of) : m_percent(percent), m_keep(keep), m_of(of) {}

    void prune(ChangedModel &model) const
    {
        for (ChangedModel::Tensor &each : model.tensors) {
            const std::string &name = each.name;
            const bool inLayer = name.find(".layers.") != name.npos && each.shape.size() == 2;
            if (!inLayer || name.ends_with("block_sparse_moe.gate.weight") || name.ends_with("mlp.gate.weight"))
                continue;
            m_width = size_t(dtypeBits(each.dtype)) / 8;
            const size_t count = each.bytes.size() / m_width, columns = size_t(each.shape[1]);
            if (m_percent > 0)
                zero(each.bytes, 0, count, size_t(std::lround(double(count) * m_percent / 100)));
            for (size_t row = 0; m_percent == 0 && row < count; row += columns) {
                for (size_t at = 0; at < columns; at += m_of) {
                    const size_t size = std::min(m_of, columns - at);
                    zero(each.bytes, row + at, size, size - std::min(size, m_keep));
                }
            }
        }
    }

private:
    /// f32, or bf16 as the upper half of one.
    float magnitude(const std::vector<std::byte> &bytes, size_t place) const
    {
        float out = 0;
        std::memcpy(reinterpret_cast<std::byte *>(&out) + sizeof out - m_width, bytes.data() + place * m_width, m_width);
        return std::abs(out);
    }

    void zero(std::vector<std::byte> &bytes, size_t first, size_t size, size_t count) const
    {
        std::vector<size_t> places(size);
        std::iota(places.begin(), places.end(), first);
        std::ranges::stable_sort(places, {}, [&](size_t place) { return magnitude(bytes, place); });
        for (size_t i = 0; i < count; ++i)
            std::fill_n(bytes.begin() + std::ptrdiff_t(places[i] * m_width), m_width, std::byte(0));
    }

    int m_percent;
    size_t m_keep, m_of;
    mutable size_t m_width = 4; ///< bytes of a number of the tensor that is looked at
};

} // namespace

class TestEngineReference : public QObject
{
    Q_OBJECT

    WorkerProcess m_worker;

    void addModels()
    {
        QTest::addColumn<QString>("model");
        for (const QString &model : reference::models()) {
            const Json expected = reference::expected(model);
            const QString name = QString::fromStdString(expected.value("architecture", std::string()));
            if (kFamilies.contains(name))
                QTest::newRow(qPrintable(model)) << model;
        }
    }

    /// Over all prompts and positions.
    Difference logitsDifference(int64_t handle, const QString &model, bool cache)
    {
        Difference out;
        const Json expected = reference::expected(model);
        for (const Json &prompt : expected["prompts"]) {
            const auto answer =
                m_worker.ask(protocol::method::kLogits,
                             {{"model", handle}, {"ids", prompt["input_ids"]}, {"cache", cache}});
            if (!answer || answer->error)
                return {INFINITY, INFINITY, 1};
            const auto wanted = reference::tensor(model, prompt["logits"].get<std::string>());
            out.add(rowsOf(m_worker.notifications()), wanted);
        }
        return out;
    }

private slots:
    void initTestCase() { QVERIFY(!reference::models().isEmpty()); }

    void logits_data() { addModels(); }
    void logits()
    {
        QFETCH(QString, model);
        const int64_t handle = m_worker.load(reference::path(model));
        QVERIFY(handle > 0);
        const double full = logitsDifference(handle, model, false).largest;
        const double cached = logitsDifference(handle, model, true).largest;
        qInfo("%s: largest difference %.2e in one pass, %.2e with the cache", qPrintable(model), full,
              cached);
        QVERIFY(full <= kTolerance);
        QVERIFY(cached <= kTolerance);
        QVERIFY(!m_worker.ask(protocol::method::kUnload, {{"model", handle}})->error);
    }

    void greedyTokens_data() { addModels(); }
    void greedyTokens()
    {
        QFETCH(QString, model);
        const int64_t handle = m_worker.load(reference::path(model));
        const Json expected = reference::expected(model);
        for (const Json &prompt : expected["prompts"]) {
            const auto wanted = prompt["greedy_tokens"].get<std::vector<int64_t>>();
            const auto answer = m_worker.ask(protocol::method::kGenerate, {{"model", handle},
                                                                           {"ids", prompt["input_ids"]},
                                                                           {"maxTokens", wanted.size()},
                                                                           {"ignoreEos", true}});
            QVERIFY(answer && !answer->error);
            QCOMPARE(answer->result["ids"].get<std::vector<int64_t>>(), wanted);
            QCOMPARE(answer->result["finish"].get<std::string>(), std::string("length"));
        }
    }

    void scores_data() { addModels(); }
    void scores()
    {
        QFETCH(QString, model);
        const int64_t handle = m_worker.load(reference::path(model));
        const Json expected = reference::expected(model);
        for (const Json &prompt : expected["prompts"]) {
            const auto ids = prompt["input_ids"].get<std::vector<int64_t>>();
            const auto logits = reference::tensor(model, prompt["logits"].get<std::string>());
            // Neighbours that share all, some and nothing of the context with the one before.
            Json items = Json::array();
            const std::vector<size_t> lengths = {1, 3, ids.size() - 1, 2};
            for (const size_t length : lengths) {
                const auto split = ids.end() - std::ptrdiff_t(length);
                items.push_back({{"contextIds", std::vector<int64_t>(ids.begin(), split)},
                                 {"continuationIds", std::vector<int64_t>(split, ids.end())}});
            }
            const auto answer = m_worker.ask(protocol::method::kScore, {{"model", handle}, {"items", items}});
            QVERIFY(answer && !answer->error);
            for (size_t i = 0; i < lengths.size(); ++i) {
                const double wanted = expectedScore(logits, ids, lengths[i]);
                const double score = answer->result["scores"][i]["logLikelihood"].get<double>();
                QVERIFY2(std::abs(score - wanted) <= kTolerance * double(lengths[i]),
                         qPrintable(QStringLiteral("%1 for %2").arg(score).arg(wanted)));
            }
        }
    }

    void pruned_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QByteArray>("dtype");
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QString>("told");
        QTest::addColumn<int>("percent");
        QTest::addColumn<int>("keep");
        QTest::addColumn<int>("of");
        const auto add = [](const char *model, const char *dtype, const char *plain, const char *told, int percent, int keep, int of) {
            QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(model), QLatin1String(dtype))))
                << QString::fromLatin1(model) << QByteArray(dtype) << QByteArray(plain) << QString::fromLatin1(told) << percent << keep << of;
        };
        add("llama-gqa", "prune50", "auto", "f32+prune50", 50, 0, 0);
        add("llama-gqa", "f32+prune2:4", "f32", "f32+prune2:4", 0, 2, 4);
        add("llama-gqa", "prune3:7", "auto", "f32+prune3:7", 0, 3, 7); // rows end within a group
        add("mixtral-top2", "prune33", "auto", "bf16+prune33", 33, 0, 0); // equal magnitudes; the router stays
        add("mixtral-top2", "f32+prune99", "f32", "f32+prune99", 99, 0, 0);
        add("deepseek-v2-lite", "prune20", "auto", "f32+prune20", 20, 0, 0);
    }
    void pruned()
    {
        QFETCH(QString, model);
        QFETCH(QByteArray, dtype);
        QFETCH(QByteArray, plain);
        QFETCH(QString, told);
        QFETCH(int, percent);
        QFETCH(int, keep);
        QFETCH(int, of);
        ChangedModel changed = ChangedModel::read(reference::path(model).toStdString());
        QVERIFY(!changed.tensors.empty());
        SlowPruning(percent, size_t(keep), size_t(of)).prune(changed);
        QTemporaryDir folder;
        QVERIFY(changed.write(folder.path().toStdString()));
        const Json ids = reference::expected(model)["prompts"][0]["input_ids"];
        const auto logitsOf = [&](const QString &path, const char *wanted) {
            const int64_t handle = m_worker.load(path, wanted);
            const auto answer = m_worker.ask(protocol::method::kLogits, {{"model", handle}, {"ids", ids}, {"cache", false}});
            return answer && !answer->error ? rowsOf(m_worker.notifications()) : std::vector<float>();
        };
        const std::vector<float> whole = logitsOf(reference::path(model), plain.constData());
        const std::vector<float> pruned = logitsOf(reference::path(model), dtype.constData());
        QCOMPARE(QString::fromStdString(m_worker.lastLoad().value("dtype", std::string())), told);
        QVERIFY(!pruned.empty() && pruned != whole);
        // The same weights, the same sums in the same order.
        QVERIFY(pruned == logitsOf(folder.path(), plain.constData()));
    }

    void prunedInNoWayThereIs()
    {
        for (const char *dtype : {"prune0", "prune100", "prune", "prune4:4", "prune0:4", "prune2:65", "prune50x", "+prune50", "int8+prune50"}) {
            const auto answer = m_worker.ask(protocol::method::kLoad, {{"path", reference::path(QStringLiteral("llama-gqa")).toStdString()}, {"dtype", dtype}});
            QVERIFY2(answer && answer->error && answer->error->code == ErrorCode::DtypeUnsupported, dtype);
        }
    }

    // bfloat16 keeps 8 bits of each activation, which costs a few per cent of the logits' spread.
    void halfPrecisionStaysClose_data() { addModels(); }
    void halfPrecisionStaysClose()
    {
        QFETCH(QString, model);
        const int64_t handle = m_worker.load(reference::path(model), "bf16");
        QVERIFY(handle > 0);
        const double spread = reference::expected(model)["logit_std"].get<double>();
        const double full = logitsDifference(handle, model, false).rootMeanSquare() / spread;
        const double cached = logitsDifference(handle, model, true).rootMeanSquare() / spread;
        qInfo("%s: bf16 moves the logits by %.1f %% of their spread in one pass, %.1f %% with the cache",
              qPrintable(model), 100 * full, 100 * cached);
        QVERIFY(full > 0 && full <= 0.06);
        QVERIFY(cached > 0 && cached <= 0.06);
    }
};

QTEST_GUILESS_MAIN(TestEngineReference)
#include "tst_enginereference.moc"
