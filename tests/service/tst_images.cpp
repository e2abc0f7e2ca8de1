// SPDX-License-Identifier: GPL-3.0-or-later
// Suites of images with the real worker: how images are prepared, what a model of known numbers takes them for, and the three
// classifiers of handwritten digits that this repository trains.
#include "core/evaluate/evaluation.h"
#include "core/evaluate/formats/anysuite.h"
#include "core/service/imagefiles.h"
#include "core/service/jobs.h"
#include "core/service/runlibrary.h"
#include "core/service/workerbackend.h"
#include "tests/engine/scriptweights.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

WorkerCommand realWorker()
{
    return {QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker"), {}};
}

/// Reads P5 and P6 as these tests write them: "P6\n<width> <height>\n255\n" and the bytes.
Result<Picture> readPnm(const std::filesystem::path &path)
{
    QFile file(path);
    Picture out;
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::FileUnreadable, {path.string(), "missing"});
    const QByteArray kind = file.readLine().trimmed();
    const QList<QByteArray> size = file.readLine().trimmed().split(' ');
    file.readLine();
    const QByteArray bytes = file.readAll();
    const bool grey = kind == "P5";
    if ((!grey && kind != "P6") || size.size() != 2 || bytes.size() != size[0].toInt() * size[1].toInt() * (grey ? 1 : 3))
        return failure(ErrorCode::FileUnreadable, {path.string(), "no image"});
    out.width = size[0].toInt();
    out.height = size[1].toInt();
    for (const char byte : bytes)
        out.values.insert(out.values.end(), grey ? 3 : 1, uint8_t(byte));
    return out;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

Picture grey(int width, int height, const std::vector<int> &values)
{
    Picture out{width, height, {}};
    for (const int value : values)
        out.values.insert(out.values.end(), 3, uint8_t(value));
    return out;
}

/// What the module "network" of makescripts.cpp gives for one image [3, height, width], as its formula says, then the softmax.
std::vector<double> networkProbabilities(const std::vector<double> &x, int64_t height, int64_t width)
{
    using namespace scripts;
    const auto kernel = numbers(kChannelsOut * kChannelsIn * 9, 0), shift = numbers(kChannelsOut, 1), weight = numbers(kClasses * kChannelsOut, 2),
               bias = numbers(kClasses, 3);
    std::vector<double> means(kChannelsOut, 0), out;
    for (int64_t o = 0; o < kChannelsOut; ++o) {
        for (int64_t place = 0; place < height * width; ++place) {
            double sum = shift[size_t(o)];
            for (int64_t k = 0; k < kChannelsIn * 9; ++k) {
                const int64_t y = place / width + k % 9 / 3 - 1, z = place % width + k % 3 - 1;
                if (y >= 0 && y < height && z >= 0 && z < width)
                    sum += double(kernel[size_t(o * kChannelsIn * 9 + k)]) * x[size_t((k / 9 * height + y) * width + z)];
            }
            means[size_t(o)] += std::max(sum, 0.0) / double(height * width);
        }
    }
    double total = 0;
    for (int64_t k = 0; k < kClasses; ++k) {
        double sum = bias[size_t(k)];
        for (int64_t o = 0; o < kChannelsOut; ++o)
            sum += double(weight[size_t(k * kChannelsOut + o)]) * means[size_t(o)];
        out.push_back(std::exp(sum));
        total += out.back();
    }
    for (double &one : out)
        one /= total;
    return out;
}

} // namespace

class TestImages : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString at(const QString &name) const { return m_folder.filePath(name); }

    /// The run of a suite of images, whatever became of it.
    std::shared_ptr<const EvaluationRun> evaluate(const QString &model, const QString &images, std::optional<Error> *error = nullptr)
    {
        auto suite = readAnySuite(images.toStdString());
        if (!suite) {
            qWarning("%s", suite.error().sentence().c_str());
            return nullptr;
        }
        RunLibrary library{QString()};
        const auto factory = [path = model.toStdString()] { return std::make_unique<WorkerBackend>(realWorker(), path); };
        EvaluateJob job({model.toStdString(), "model", "model"}, std::make_shared<const Suite>(std::move(*suite)), EvaluationPlan{}, factory, &library);
        job.start();
        if (!QTest::qWaitFor([&] { return job.isOver(); }, 240000))
            return nullptr;
        if (error)
            *error = job.error();
        return library.evaluationRuns().empty() ? nullptr : library.evaluationRuns().front();
    }

private slots:
    void initTestCase()
    {
        setPictureReader(readPnm);
        QCOMPARE(QProcess::execute(QStringLiteral(ASSAY_BINARY_DIR "/tests/makescripts"), {m_folder.path()}), 0);
    }

    void preparationIsReadAndTold()
    {
        const auto clip = parseImagePreparation(R"({"size": {"shortest_edge": 256}, "resample": 3, "crop_size": {"height": 224, "width": 200},
            "image_mean": [0.5, 0.25, 0.125], "image_std": [0.5, 1, 2]})", "a");
        QVERIFY(clip.has_value());
        QCOMPARE(clip->text(), std::string("shorter side 256 bicubic, crop 200x224, x 0.00392156862745098, mean 0.5/0.25/0.125, deviation 0.5/1.0/2.0"));
        for (const char *text : {"", "[]", R"({"size": 0})", R"({"size": -5})", R"({"size": 1e99})", R"({"resample": 1})", R"({"resample": "x"})",
                                 R"({"image_mean": [], "image_std": []})", R"({"image_mean": [0.1], "image_std": [0]})", R"({"image_mean": [0.1]})",
                                 R"({"image_mean": [0.1], "image_std": [1, 1, 1]})", R"({"do_resize": true})", R"({"crop_size": {"height": 99999999, "width": 1}})"})
            QVERIFY2(!parseImagePreparation(text, "a"), text);
        // Nested deeper than any stack is.
        for (const std::string key : {"size", "image_mean", "resample"})
            QVERIFY(!parseImagePreparation("{\"" + key + "\": " + std::string(400000, '[') + std::string(400000, ']') + "}", "a"));
    }

    void imagesArePreparedAsPillowDoes()
    {
        ImagePreparation plain;
        plain.factor = 1;
        // A triangle of two pixels' reach, cut at the border: (0.75, 0.75, 0.25) / 1.75 for four pixels that become two.
        plain.width = 2;
        plain.height = 1;
        const auto half = prepareImage(grey(4, 1, {0, 0, 255, 255}), plain);
        QVERIFY(half && half->channels == 1 && half->width == 2 && half->height == 1);
        QCOMPARE(half->values, (std::vector<float>{std::round(0.25f / 1.75f * 255), std::round(1.5f / 1.75f * 255)}));
        // Twice as large: a quarter of the way between the two.
        plain.width = 4;
        QCOMPARE(prepareImage(grey(2, 1, {0, 200}), plain)->values, (std::vector<float>{0, 50, 150, 200}));
        plain.filter = ImagePreparation::Filter::Nearest;
        QCOMPARE(prepareImage(grey(2, 1, {0, 200}), plain)->values, (std::vector<float>{0, 0, 200, 200}));
        // The middle, and black around what is too small.
        ImagePreparation crop;
        crop.factor = 1;
        crop.cropWidth = crop.cropHeight = 1;
        QCOMPARE(prepareImage(grey(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}), crop)->values, (std::vector<float>{5}));
        crop.cropWidth = 3;
        QCOMPARE(prepareImage(grey(1, 1, {7}), crop)->values, (std::vector<float>{0, 7, 0}));
        // Channels apart, each with its own numbers; grey as ITU-R 601-2 weighs colours.
        ImagePreparation colours;
        colours.mean = {0, 0.5, 1};
        colours.deviation = {1, 0.5, 2};
        QCOMPARE(prepareImage({1, 1, {255, 0, 51}}, colours)->values, (std::vector<float>{1, -1, float((0.2 - 1) / 2)}));
        QCOMPARE(prepareImage({1, 1, {255, 0, 0}}, {.factor = 1})->values, (std::vector<float>{76}));
        QVERIFY(!prepareImage({}, colours) && !prepareImage({2, 2, {1, 2, 3}}, colours));
    }

    void aModelOfKnownNumbersIsAsked()
    {
        const QString model = at(QStringLiteral("known/model.pt")), images = at(QStringLiteral("five"));
        QVERIFY(QDir().mkpath(at(QStringLiteral("known"))) && QFile::copy(at(QStringLiteral("network.pt")), model));
        QVERIFY(write(at(QStringLiteral("known/preprocessor_config.json")), R"({"image_mean": [0.5, 0.4, 0.3], "image_std": [0.5, 0.25, 0.2]})"));
        std::map<std::string, std::vector<double>> expected;
        for (int i = 0; i < 20; ++i) {
            const int width = i < 10 ? 5 : 6, height = 4; // two shapes, which no request can mix
            QByteArray bytes;
            for (int k = 0; k < width * height * 3; ++k)
                bytes.append(char((k * 37 + i * 101) % 256));
            const QString name = QStringLiteral("%1/%2.ppm").arg(i % 5).arg(i, 2, 10, QLatin1Char('0'));
            QVERIFY(write(images + u'/' + name, "P6\n" + QByteArray::number(width) + " 4\n255\n" + bytes));
            std::vector<double> x;
            constexpr double kMean[] = {0.5, 0.4, 0.3}, kDeviation[] = {0.5, 0.25, 0.2};
            for (int c = 0; c < 3; ++c) {
                for (int k = c; k < bytes.size(); k += 3)
                    x.push_back((uint8_t(bytes[k]) / 255.0 - kMean[c]) / kDeviation[c]);
            }
            expected[QFileInfo(name).fileName().toStdString()] = networkProbabilities(x, height, width);
        }
        QVERIFY(write(images + QStringLiteral("/3/broken.ppm"), "P6\nno image"));
        const auto run = evaluate(model, images);
        QVERIFY(run);
        QCOMPARE(run->items.size(), size_t(21));
        QVERIFY2(run->protocol.preparation.find("mean 0.5/0.4/0.3") != std::string::npos, run->protocol.preparation.c_str());
        size_t failed = 0;
        for (const ItemResult &item : run->items) {
            const std::string name = item.itemId.substr(item.itemId.rfind('/') + 1);
            if (name.starts_with("broken")) {
                QCOMPARE(item.judged.outcome, Outcome::Error);
                ++failed;
                continue;
            }
            const auto found = std::ranges::find_if(expected, [&](const auto &one) { return one.first.starts_with(name.substr(0, 2)); });
            QVERIFY2(found != expected.end(), item.itemId.c_str());
            const std::vector<double> &values = found->second;
            QCOMPARE(item.given.classes.size(), values.size());
            for (size_t k = 0; k < values.size(); ++k) {
                QVERIFY(std::abs(item.given.probabilities[k] - values[size_t(item.given.classes[k])]) < 1e-5);
                QVERIFY(k == 0 || item.given.probabilities[k] <= item.given.probabilities[k - 1]);
            }
            const bool right = item.given.classes.front() == std::stoi(name) % 5;
            QCOMPARE(item.judged.outcome, right ? Outcome::Right : Outcome::Wrong);
        }
        QCOMPARE(failed, size_t(1));
    }

    void whatCannotBeAskedIsSaid()
    {
        std::optional<Error> error;
        // How its images are prepared is not known.
        QVERIFY(QDir().mkpath(at(QStringLiteral("bare"))) && QFile::copy(at(QStringLiteral("network.pt")), at(QStringLiteral("bare/model.pt"))));
        QVERIFY(write(at(QStringLiteral("one/0/a.ppm")), "P6\n1 1\n255\nabc") && write(at(QStringLiteral("one/1/b.ppm")), "P6\n1 1\n255\nabc"));
        evaluate(at(QStringLiteral("bare/model.pt")), at(QStringLiteral("one")), &error);
        QVERIFY(error && error->code == ErrorCode::FileMissing);
        // A model of texts.
        evaluate(QStringLiteral(ASSAY_TEST_DATA "/models/llama-gqa"), at(QStringLiteral("one")), &error);
        QVERIFY(error && error->code == ErrorCode::WrongTask);
        // A module that takes something else: each item has its error, and the run ends.
        QVERIFY(QDir().mkpath(at(QStringLiteral("table"))) && QFile::copy(at(QStringLiteral("table.pt")), at(QStringLiteral("table/model.pt"))));
        QVERIFY(write(at(QStringLiteral("table/preprocessor_config.json")), "{}"));
        const auto run = evaluate(at(QStringLiteral("table/model.pt")), at(QStringLiteral("one")), &error);
        QVERIFY(run && !error && run->items.size() == 2);
        QVERIFY(run->items[0].judged.outcome == Outcome::Error && run->items[1].judged.outcome == Outcome::Error);
    }

    void theDigitsAreRead_data()
    {
        QTest::addColumn<int>("right"); // of the 1,996 images that it was not trained on, measured by the trainer
        QTest::newRow("full") << 1965;
        QTest::newRow("distilled") << 1952;
        QTest::newRow("base") << 1942;
    }

    /// Of the digits of each class every fifth was kept from training.
    void theDigitsAreRead()
    {
        QFETCH(int, right);
        const QString package = QStringLiteral(ASSAY_SOURCE_DIR "/build/test-digits/package/src/digits");
        if (!QFile::exists(package))
            QSKIP("The digits are not here: scripts/get-test-digits fetches them");
        const QString images = at(QStringLiteral("digits"));
        for (int label = 0; label < 10 && !QFile::exists(images + u'/' + QString::number(label)); ++label) {
            QFile file(package + QStringLiteral("/%1.json").arg(label));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto values = nlohmann::json::parse(file.readAll().toStdString()).at("data").get<std::vector<double>>();
            for (size_t i = 4; i < values.size() / 784; i += 5) {
                QByteArray bytes;
                for (size_t k = 0; k < 784; ++k)
                    bytes.append(char(std::lround(values[i * 784 + k] * 255)));
                QVERIFY(write(QStringLiteral("%1/%2/%3.pgm").arg(images).arg(label).arg(i), "P5\n28 28\n255\n" + bytes));
            }
        }
        const auto run = evaluate(QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/digits/") + QString::fromLatin1(QTest::currentDataTag()), images);
        QVERIFY(run);
        QCOMPARE(run->items.size(), size_t(1996));
        int first = 0, amongFive = 0;
        for (const ItemResult &item : run->items) {
            QCOMPARE(item.given.classes.size(), size_t(10));
            first += item.judged.outcome == Outcome::Right;
            const int label = std::stoi(item.expected);
            amongFive += std::find(item.given.classes.begin(), item.given.classes.begin() + 5, label) != item.given.classes.begin() + 5;
        }
        // Another libtorch may turn an image or two that lie between two classes.
        QVERIFY2(std::abs(first - right) <= 2, std::to_string(first).c_str());
        QVERIFY2(amongFive >= 1993, std::to_string(amongFive).c_str());
    }
};

QTEST_GUILESS_MAIN(TestImages)
#include "tst_images.moc"
