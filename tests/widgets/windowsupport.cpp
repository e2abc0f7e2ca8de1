// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/windowsupport.h"

#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "core/architecture/description.h"
#include "core/service/resources.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/startup.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QTest>

#include <algorithm>

namespace assay {

void prepareWindowTest()
{
    static QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QApplication::setFont(QFont(QStringLiteral("DejaVu Sans"), 10));
    prepareApplication(*qApp);
}

void makeModel(const QString &folder, int layers, int hidden)
{
    QVERIFY(QDir().mkpath(folder));
    const std::string text = QStringLiteral(R"({
  "architectures": ["LlamaForCausalLM"],
  "model_type": "llama",
  "num_hidden_layers": %1,
  "hidden_size": %2,
  "intermediate_size": %3,
  "num_attention_heads": 4,
  "num_key_value_heads": 2,
  "vocab_size": 512,
  "max_position_embeddings": 2048,
  "rms_norm_eps": 1e-06,
  "rope_theta": 10000.0,
  "hidden_act": "silu",
  "tie_word_embeddings": false,
  "torch_dtype": "bfloat16"
})")
                                 .arg(layers)
                                 .arg(hidden)
                                 .arg(hidden * 3)
                                 .toStdString();
    const std::filesystem::path path = folder.toStdString();
    QVERIFY(writeFileAtomically(path / "config.json", std::string_view(text)));
    const Result<ModelConfig> config = parseModelConfig(text);
    QVERIFY(config);
    const Result<DecoderSpec> spec = resolveDecoder(*config);
    QVERIFY(spec);
    const std::vector<TensorSlot> slots_ = spec->tensors();
    std::vector<TensorToWrite> tensors;
    size_t most = 0;
    const auto bytesOf = [](const TensorSlot &slot) {
        size_t bytes = 2;
        for (const int64_t dimension : slot.shape)
            bytes *= size_t(dimension);
        return bytes;
    };
    for (const TensorSlot &slot : slots_)
        most = std::max(most, bytesOf(slot));
    const std::vector<std::byte> zeros(most);
    for (const TensorSlot &slot : slots_)
        tensors.push_back({tensorName(*spec, slot), Dtype::BF16, slot.shape, std::span(zeros).first(bytesOf(slot))});
    QVERIFY(writeSafetensors(path / "model.safetensors", tensors));
}

QStringList makeFamily(const QTemporaryDir &folder)
{
    const QStringList paths{folder.filePath(QStringLiteral("reasoner-base")),
                            folder.filePath(QStringLiteral("reasoner-full")),
                            folder.filePath(QStringLiteral("reasoner-distill"))};
    makeModel(paths[0], 2, 32);
    makeModel(paths[1], 4, 64);
    makeModel(paths[2], 2, 32);
    return paths;
}

QStringList familyToShow(const QTemporaryDir &folder)
{
    const QStringList samples = sampleModels();
    const bool whole =
        samples.size() == 3 && std::all_of(samples.begin(), samples.end(), [](const QString &model) {
            return QFile::exists(model + QStringLiteral("/model.safetensors"));
        });
    return whole ? samples : makeFamily(folder);
}

QStringList modelText(const QAbstractItemModel &model, const QList<int> &columns, const QModelIndex &parent,
                      int depth)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (const int column : columns)
            cells << model.index(row, column, parent).data().toString();
        lines << QString(depth * 2, u' ') + cells.join(QStringLiteral(" | "));
        lines << modelText(model, columns, model.index(row, 0, parent), depth + 1);
    }
    return lines;
}

WindowUnderTest::WindowUnderTest() : window(std::make_unique<MainWindow>(&workspace, &runs, &jobs)) {}

WindowUnderTest::~WindowUnderTest() = default;

void WindowUnderTest::openAndWait(const QStringList &paths)
{
    window->openPaths(paths);
    QTRY_VERIFY_WITH_TIMEOUT(!window->opening() && !workspace.loading(), 30000);
}

} // namespace assay
