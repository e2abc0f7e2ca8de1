// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/architecturesketch.h"

#include "core/base/units.h"
#include "core/service/translation.h"

#include <QCoreApplication>

#include <array>
#include <string_view>

namespace assay {
namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Architecture", source);
}

QString digits(int64_t value)
{
    return toQString(groupedDigits(value));
}

/// How norms, attention and feed-forward follow one another in a layer.
enum class BlockOrder { Before, After, Both, Output, Parallel };

struct FamilyOrder
{
    std::string_view modelType;
    BlockOrder order;
};

// Families that do not have their norms before each part, as most have.
constexpr std::array<FamilyOrder, 16> kOrders{{
    {"bert", BlockOrder::After},       {"roberta", BlockOrder::After},      {"distilbert", BlockOrder::After},
    {"xlm-roberta", BlockOrder::After}, {"electra", BlockOrder::After},     {"gemma2", BlockOrder::Both},
    {"gemma3", BlockOrder::Both},      {"gemma3_text", BlockOrder::Both},   {"olmo2", BlockOrder::Output},
    {"falcon", BlockOrder::Parallel},  {"gpt_neox", BlockOrder::Parallel},  {"phi", BlockOrder::Parallel},
    {"cohere", BlockOrder::Parallel},  {"cohere2", BlockOrder::Parallel},   {"gptj", BlockOrder::Parallel},
    {"codegen", BlockOrder::Parallel},
}};

BlockOrder orderOf(const std::string &modelType)
{
    for (const FamilyOrder &family : kOrders) {
        if (family.modelType == modelType)
            return family.order;
    }
    return BlockOrder::Before;
}

QString tableSize(const ModelFacts &facts)
{
    if (!facts.vocabularySize.value || !facts.hiddenSize.value)
        return {};
    return QStringLiteral("%1 x %2").arg(digits(*facts.vocabularySize.value), digits(*facts.hiddenSize.value));
}

void addLine(SketchBox &box, const QString &line)
{
    if (!line.isEmpty())
        box.lines << line;
}

SketchBox embeddingBox(const ModelFacts &facts)
{
    SketchBox box{SketchPart::Table, text(QT_TRANSLATE_NOOP("Architecture", "Embedding")), {}};
    addLine(box, tableSize(facts));
    if (facts.position == "learned")
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "learned positions")));
    return box;
}

SketchBox normBox(const ModelFacts &facts)
{
    const QString name = facts.normalization.empty() ? text(QT_TRANSLATE_NOOP("Architecture", "Norm"))
                                                     : toQString(facts.normalization);
    return {SketchPart::Norm, name, {}};
}

SketchBox attentionBox(const ModelFacts &facts)
{
    SketchBox box{SketchPart::Attention, text(QT_TRANSLATE_NOOP("Architecture", "Attention")), {}};
    if (facts.attention != AttentionKind::Unknown)
        addLine(box, QString::fromLatin1(attentionKindName(facts.attention)));
    if (facts.heads && facts.attention == AttentionKind::MLA)
        addLine(box, filled(text(QT_TRANSLATE_NOOP("Architecture", "%1 {1:head|heads}")), {digits(*facts.heads)}));
    else if (facts.heads && facts.kvHeads)
        addLine(box, filled(text(QT_TRANSLATE_NOOP("Architecture", "%1 {1:head|heads}, %2 KV")),
                            {digits(*facts.heads), digits(*facts.kvHeads)}));
    if (facts.headDim && facts.attention != AttentionKind::MLA)
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "of %1 each")).arg(digits(*facts.headDim)));
    if (const auto &latent = facts.config.latentAttention; latent && facts.attention == AttentionKind::MLA)
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "KV rank %1 + %2"))
                         .arg(digits(latent->kvRank), digits(latent->qkRopeHeadDim)));
    if (facts.config.slidingWindow)
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "window %1")).arg(digits(*facts.config.slidingWindow)));
    if (facts.position == "rope")
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "rotary positions")));
    return box;
}

SketchBox denseBox(const ModelFacts &facts)
{
    SketchBox box{SketchPart::FeedForward, text(QT_TRANSLATE_NOOP("Architecture", "Feed-forward")), {}};
    if (facts.intermediateSize.value)
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "width %1")).arg(digits(*facts.intermediateSize.value)));
    const QString activation = toQString(facts.activation);
    if (facts.gatedMlp.value_or(false))
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "gated %1")).arg(activation).trimmed());
    else
        addLine(box, activation);
    return box;
}

SketchBox feedForwardBox(const ModelFacts &facts)
{
    const auto &experts = facts.config.experts;
    const int64_t routed = facts.countedExperts.value_or(experts ? experts->routed : 0);
    if (routed <= 0)
        return denseBox(facts);
    SketchBox box{SketchPart::FeedForward,
                  filled(text(QT_TRANSLATE_NOOP("Architecture", "%1 {1:expert|experts}")), {digits(routed)}),
                  {}};
    if (!experts)
        return box;
    QString active = text(QT_TRANSLATE_NOOP("Architecture", "%1 active")).arg(digits(experts->active));
    if (experts->shared > 0)
        active += text(QT_TRANSLATE_NOOP("Architecture", ", %1 shared")).arg(digits(experts->shared));
    addLine(box, active);
    if (const int64_t width = experts->intermediateSize > 0 ? experts->intermediateSize
                                                            : facts.intermediateSize.value.value_or(0))
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "width %1")).arg(digits(width)));
    if (experts->firstDenseLayers > 0 && facts.intermediateSize.value)
        addLine(box, text(QT_TRANSLATE_NOOP("Architecture", "first %1 dense: %2"))
                         .arg(digits(experts->firstDenseLayers), digits(*facts.intermediateSize.value)));
    return box;
}

SketchBox headBox(const ModelFacts &facts)
{
    SketchBox box{SketchPart::Table, text(QT_TRANSLATE_NOOP("Architecture", "Head")), {}};
    addLine(box, facts.tiedEmbeddings.value_or(false) ? text(QT_TRANSLATE_NOOP("Architecture", "the embedding"))
                                                      : tableSize(facts));
    return box;
}

void addBlock(ArchitectureSketch &sketch, const ModelFacts &facts)
{
    const auto add = [&sketch](std::vector<SketchBox> boxes) { sketch.columns.push_back({std::move(boxes), true}); };
    const SketchBox norm = normBox(facts), attention = attentionBox(facts), feedForward = feedForwardBox(facts);
    const BlockOrder order = orderOf(facts.config.modelType);
    if (order == BlockOrder::Parallel) {
        add({norm});
        add({attention, feedForward});
        return;
    }
    const bool before = order == BlockOrder::Before || order == BlockOrder::Both;
    const bool after = !before || order == BlockOrder::Both;
    for (const SketchBox &part : {attention, feedForward}) {
        if (before)
            add({norm});
        add({part});
        if (after)
            add({norm});
    }
}

/// Without layers: what was recognised, side by side.
ArchitectureSketch sketchParts(const ModelFacts &facts)
{
    ArchitectureSketch sketch;
    sketch.ordered = false;
    for (const ModuleFact &module : facts.modules) {
        SketchBox box{SketchPart::Other, QCoreApplication::translate("Module", moduleKindName(module.kind)), {}};
        box.lines << text(QT_TRANSLATE_NOOP("Architecture", "%1 x")).arg(digits(int64_t(module.count)));
        sketch.columns.push_back({{box}, false});
    }
    return sketch;
}

} // namespace

ArchitectureSketch sketchArchitecture(const ModelFacts &facts)
{
    if (facts.layers <= 0 || !facts.hiddenSize.value)
        return sketchParts(facts);
    ArchitectureSketch sketch;
    SketchColumn inputs{{embeddingBox(facts)}, false};
    for (const ModuleKind kind : {ModuleKind::VisionTower, ModuleKind::AudioTower}) {
        if (findModule(facts.modules, kind))
            inputs.boxes.push_back(
                {SketchPart::Other, QCoreApplication::translate("Module", moduleKindName(kind)), {}});
    }
    sketch.columns.push_back(inputs);
    addBlock(sketch, facts);
    sketch.repeat = filled(text(QT_TRANSLATE_NOOP("Architecture", "%1 {1:layer|layers}")), {digits(facts.layers)});
    const BlockOrder order = orderOf(facts.config.modelType);
    if (order != BlockOrder::After)
        sketch.columns.push_back({{normBox(facts)}, false});
    SketchColumn outputs{{headBox(facts)}, false};
    if (facts.nextTokenLayers > 0)
        outputs.boxes.push_back({SketchPart::Other,
                                 text(QT_TRANSLATE_NOOP("Architecture", "Further tokens")),
                                 {text(QT_TRANSLATE_NOOP("Architecture", "layers: %1")).arg(digits(facts.nextTokenLayers))}});
    sketch.columns.push_back(outputs);
    return sketch;
}

QString ArchitectureSketch::text() const
{
    QStringList parts;
    bool inside = false;
    for (const SketchColumn &column : columns) {
        for (const SketchBox &box : column.boxes) {
            const QString sizes = box.lines.isEmpty() ? QString()
                                                      : QStringLiteral(" (%1)").arg(box.lines.join(QStringLiteral(", ")));
            const QString start = column.repeated && !inside ? repeat + QStringLiteral(": ") : QString();
            inside = column.repeated;
            parts << start + box.title + sizes;
        }
    }
    return parts.join(ordered ? QStringLiteral(" \u2192 ") : QStringLiteral("; "));
}

} // namespace assay
