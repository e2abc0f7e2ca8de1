// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/archwords.h"

#include <QStringList>
#include <algorithm>

namespace assay::test {
namespace {

QString joined(const QStringList &parts)
{
    return parts.join(QStringLiteral("; "));
}

/// "in all layers", "in 6 of 8 layers" or nothing.
template <typename Test>
QString share(const DecoderSpec &spec, Test test)
{
    const auto count = std::ranges::count_if(spec.layers, test);
    return count == 0                      ? QString()
           : count == std::ssize(spec.layers) ? QStringLiteral("all layers")
                                           : QStringLiteral("%1 of %2 layers").arg(count).arg(spec.layers.size());
}

QString kindWords(const NormSpec &norm)
{
    switch (norm.kind) {
    case NormKind::None:
        return {};
    case NormKind::Rms:
        return QStringLiteral("RMS");
    case NormKind::RmsPlusOne:
        return QStringLiteral("RMS with 1 + weight");
    case NormKind::Layer:
        return norm.bias ? QStringLiteral("layer norm with bias") : QStringLiteral("layer norm");
    case NormKind::Plain:
        break;
    }
    return QStringLiteral("layer norm without weight");
}

QString activationWords(Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return QStringLiteral("SiLU");
    case Activation::Gelu:
        return QStringLiteral("GELU");
    case Activation::GeluTanh:
        return QStringLiteral("GELU by tanh");
    case Activation::QuickGelu:
        return QStringLiteral("quick GELU");
    case Activation::Relu:
        return QStringLiteral("ReLU");
    case Activation::Relu2:
        return QStringLiteral("ReLU squared");
    case Activation::Tanh:
        return QStringLiteral("tanh");
    case Activation::ClampedSwish:
        break;
    }
    return QStringLiteral("clamped swish");
}

QString placeWords(const LayerSpec &layer)
{
    if (layer.normAfterResidual)
        return QStringLiteral("after each sum");
    if (!layer.inputNorm.present())
        return QStringLiteral("after each part");
    if (layer.attentionOutputNorm.present())
        return QStringLiteral("before and after each part");
    return layer.mlpNorm.present() ? QStringLiteral("before each part") : QStringLiteral("one before both parts");
}

QString biasWords(const AttentionSpec &a)
{
    QString out;
    for (const auto &[has, letter] : {std::pair{a.queryBias, 'q'}, std::pair{a.keyBias, 'k'}, std::pair{a.valueBias, 'v'}, std::pair{a.outputBias, 'o'}})
        out += has ? QString(QLatin1Char(letter)) : QString();
    return out.isEmpty() ? out : QStringLiteral("biases of ") + out;
}

QString headNormWords(const AttentionSpec &a)
{
    if (!a.headNorm.present())
        return {};
    const QString width = a.headNormWidth == HeadNormWidth::All ? QStringLiteral("all heads together")
                          : a.headNormWidth == HeadNormWidth::Head ? QStringLiteral("each head")
                                                                    : QStringLiteral("each head with its own weights");
    return QStringLiteral("norms of q and k: ") + width;
}

QString expertWords(const ExpertsSpec &experts)
{
    QString out = experts.scores == ExpertScores::Softmax        ? QStringLiteral("experts by softmax over all")
                  : experts.scores == ExpertScores::ChosenSoftmax ? QStringLiteral("experts by softmax over the chosen")
                                                                  : QStringLiteral("experts by sigmoid");
    if (experts.correction)
        out += QStringLiteral(" with a correction");
    if (experts.sharedIntermediate > 0)
        out += experts.sharedGate ? QStringLiteral(", one shared behind a gate") : QStringLiteral(", one shared");
    return out;
}

QString taskWords(const DecoderSpec &spec)
{
    switch (spec.task) {
    case Task::Generation:
        return {};
    case Task::Encoding:
        return spec.pooled ? QStringLiteral("encoder with pooler") : QStringLiteral("encoder");
    case Task::Classification:
        return QStringLiteral("classifier");
    case Task::Filling:
        break;
    }
    return QStringLiteral("fills masked tokens in");
}

} // namespace

QString normWords(const DecoderSpec &spec)
{
    const LayerSpec &layer = spec.layers.front();
    const NormSpec &norm = layer.inputNorm.present() ? layer.inputNorm : layer.attentionOutputNorm;
    QStringList parts{kindWords(norm) + QStringLiteral(", ") + placeWords(layer)};
    if (spec.embeddingNorm.present())
        parts << QStringLiteral("of the embedding too");
    return joined(parts);
}

QString positionWords(const DecoderSpec &spec)
{
    QStringList parts;
    if (spec.learnedPositions > 0)
        parts << QStringLiteral("learned") + (spec.positionOffset > 0 ? QStringLiteral(", from row %1").arg(spec.positionOffset) : QString());
    const AttentionSpec &a = spec.layers.front().attention;
    const QString rotated = share(spec, [](const LayerSpec &layer) { return layer.attention.positions == Positions::Rotary; });
    if (!rotated.isEmpty()) {
        const int64_t width = a.latent ? a.latent->ropeDim : a.headDim;
        QString text = a.pairing == RopePairing::Halves ? QStringLiteral("rotary, halves") : QStringLiteral("rotary, neighbours");
        if (a.rope.rotaryDim < width)
            text += QStringLiteral(", %1 % of a head").arg(100 * a.rope.rotaryDim / width);
        if (rotated != QStringLiteral("all layers"))
            text += QStringLiteral(", ") + rotated;
        parts << text;
    }
    if (a.positions == Positions::Alibi || a.positions == Positions::RoundedAlibi)
        parts << QStringLiteral("ALiBi");
    return joined(parts);
}

QString attentionWords(const DecoderSpec &spec)
{
    const AttentionSpec &a = spec.layers.front().attention;
    QStringList parts;
    if (!spec.causal)
        parts << QStringLiteral("to both sides");
    if (a.latent)
        parts << QStringLiteral("latent");
    if (a.kvHeads == 1)
        parts << QStringLiteral("one key and value head");
    parts << biasWords(a) << headNormWords(a);
    const QString windows = share(spec, [](const LayerSpec &layer) { return layer.attention.window > 0; });
    if (!windows.isEmpty())
        parts << QStringLiteral("window: ") + windows;
    if (a.sinks)
        parts << QStringLiteral("sinks");
    if (a.softCap > 0)
        parts << QStringLiteral("capped scores");
    parts.removeAll(QString());
    return joined(parts);
}

QString feedForwardWords(const DecoderSpec &spec)
{
    // The last layer: mixtures may begin with dense ones.
    const FeedForwardSpec &f = spec.layers.back().feedForward;
    QString network = (f.gated ? QStringLiteral("gated ") : QString()) + activationWords(f.activation);
    if (f.upBias)
        network += QStringLiteral(", biases");
    return f.experts ? network + QStringLiteral("; ") + expertWords(*f.experts) : network;
}

QString otherWords(const DecoderSpec &spec)
{
    const LayerSpec &layer = spec.layers.front();
    QStringList parts{taskWords(spec)};
    if (layer.parallel)
        parts << QStringLiteral("both parts read the same input");
    if (spec.embeddingScale != 1)
        parts << QStringLiteral("scaled embedding");
    if (layer.residualScale != 1)
        parts << QStringLiteral("scaled sums");
    if (spec.logitScale != 1)
        parts << QStringLiteral("scaled logits");
    if (spec.logitCap > 0)
        parts << QStringLiteral("capped logits");
    if (spec.tied && (spec.task == Task::Generation || spec.task == Task::Filling))
        parts << QStringLiteral("tied head");
    if (spec.headBias)
        parts << QStringLiteral("bias of the head");
    if (spec.headTransform)
        parts << activationWords(spec.headTransform->activation) + QStringLiteral(" before the head");
    parts.removeAll(QString());
    return joined(parts);
}

} // namespace assay::test
