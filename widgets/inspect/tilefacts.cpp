// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tilefacts.h"

#include "core/base/units.h"
#include "core/model/fieldnames.h"
#include "core/model/memoryplan.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace assay {
namespace {

/// Gives tr() a context.
struct Tile
{
    Q_DECLARE_TR_FUNCTIONS(Tile)
};

QString bytesText(uint64_t bytes)
{
    return toQString(formatBytes(double(bytes)));
}

QString exactBytes(uint64_t bytes)
{
    return filled(Tile::tr("%1 {1:byte|bytes}"), {toQString(groupedDigits(int64_t(bytes)))});
}

TileFact unknown(const QString &title, const QString &reason, const QString &evidence)
{
    return {title, QStringLiteral("-"), QString(), reason, evidence, Provenance::Declared};
}

TileFact parametersTile(const ModelFacts &facts)
{
    const ParameterCounts &counts = facts.parameters;
    TileFact tile;
    tile.title = Tile::tr("Parameters");
    if (counts.total == 0)
        return unknown(tile.title, Tile::tr("There are no tensors to count."), Tile::tr("weights"));
    tile.value = toQString(formatCount(double(counts.main)));
    const bool sparse = counts.active != 0 && counts.active != counts.main;
    if (sparse)
        tile.detail = Tile::tr("%1 active").arg(toQString(formatCount(double(counts.active))));
    else if (counts.embedding > 0)
        tile.detail = Tile::tr("%1 embedding").arg(toQString(formatCount(double(counts.embedding))));
    tile.exact = toQString(groupedDigits(int64_t(counts.main)));
    if (counts.mtp > 0)
        tile.exact += Tile::tr("; %1 with the layers that predict further tokens")
                          .arg(toQString(groupedDigits(int64_t(counts.total))));
    tile.evidence =
        filled(Tile::tr("the {1:shape|shapes} of %1 {1:tensor|tensors}; %2 quantization {2:scale|scales} and %3 buffer "
                        "{3:element|elements} are left out"),
               {toQString(groupedDigits(int64_t(facts.tensorCount))), toQString(groupedDigits(int64_t(counts.scales))),
                toQString(groupedDigits(int64_t(counts.buffers)))});
    return tile;
}

/// The dtypes by bytes, the largest first: "F8_E4M3, BF16".
QString dtypeText(const ModelFacts &facts)
{
    std::vector<std::pair<uint64_t, QString>> dtypes;
    for (const auto &[name, totals] : facts.dtypes)
        dtypes.emplace_back(totals.bytes, toQString(name));
    std::sort(dtypes.begin(), dtypes.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    QStringList names;
    for (const auto &[bytes, name] : dtypes)
        names << name;
    return names.join(QStringLiteral(", "));
}

TileFact weightsTile(const ModelFacts &facts)
{
    TileFact tile;
    tile.title = Tile::tr("Weights");
    if (facts.weightBytes == 0)
        return unknown(tile.title, Tile::tr("There are no tensors to count."), Tile::tr("weights"));
    tile.value = bytesText(facts.weightBytes);
    tile.detail = facts.quantization.empty() ? dtypeText(facts) : toQString(facts.quantization);
    tile.exact = exactBytes(facts.weightBytes);
    tile.evidence = Tile::tr("the tensors' sizes in the files' headers: %1").arg(dtypeText(facts));
    return tile;
}

TileFact contextTile(const ModelFacts &facts)
{
    TileFact tile;
    tile.title = Tile::tr("Context");
    tile.provenance = Provenance::Declared;
    tile.evidence = toQString(fieldNames("max_position_embeddings", facts.config));
    if (!facts.config.contextLength)
        return unknown(tile.title, Tile::tr("The config does not say."), tile.evidence);
    tile.value = toQString(groupedDigits(*facts.config.contextLength));
    tile.exact = filled(Tile::tr("%1 {1:token|tokens}"), {tile.value});
    const std::optional<RopeScaling> &scaling = facts.config.ropeScaling;
    const bool scaled = scaling && !scaling->type.empty() && scaling->type != "default";
    tile.detail = scaled ? Tile::tr("tokens, %1 scaling").arg(toQString(scaling->type)) : Tile::tr("tokens");
    if (facts.config.slidingWindow)
        tile.detail =
            Tile::tr("tokens, window %1").arg(toQString(groupedDigits(*facts.config.slidingWindow)));
    return tile;
}

TileFact attentionTile(const ModelFacts &facts)
{
    TileFact tile;
    tile.title = Tile::tr("Attention");
    tile.provenance = Provenance::Declared;
    tile.evidence = toQString(fieldNames("num_attention_heads, num_key_value_heads, head_dim", facts.config));
    if (facts.attention == AttentionKind::Unknown || !facts.config.heads)
        return unknown(tile.title, Tile::tr("The config does not say how many heads there are."),
                       tile.evidence);
    tile.value = QString::fromLatin1(attentionKindName(facts.attention));
    const bool latent = facts.attention == AttentionKind::MLA;
    tile.detail =
        latent ? filled(Tile::tr("%1 {1:head|heads}"), {QString::number(*facts.config.heads)})
               : filled(Tile::tr("%1 {1:head|heads}, %2 KV"),
                        {QString::number(*facts.config.heads), QString::number(facts.config.kvHeadsOrDefault())});
    tile.exact = tile.value + QStringLiteral(": ") + tile.detail;
    if (!latent)
        tile.exact += Tile::tr(", each %1 wide").arg(facts.config.headDimOrDefault());
    return tile;
}

TileFact cacheTile(const ModelFacts &facts)
{
    TileFact tile;
    tile.title = Tile::tr("KV per token");
    tile.provenance = Provenance::Derived;
    tile.evidence = filled(Tile::tr("%1 {1:layer|layers}, 2 bytes an element"), {QString::number(facts.layers)});
    if (!facts.kvBytesPerToken)
        return unknown(tile.title, Tile::tr("The config does not say what the cache holds."), tile.evidence);
    tile.value = bytesText(*facts.kvBytesPerToken);
    tile.detail = Tile::tr("at 16 bit");
    tile.exact = exactBytes(*facts.kvBytesPerToken);
    return tile;
}

TileFact memoryTile(const ModelFacts &facts)
{
    TileFact tile;
    tile.title = Tile::tr("Memory at 8k");
    tile.provenance = Provenance::Derived;
    const MemoryRequest request = usualRequest(facts);
    const MemoryPlan plan = planMemory(memoryModel(facts), request);
    if (plan.of(MemoryTermKind::Weights).high == 0 || !plan.cacheKnown)
        return unknown(tile.title, Tile::tr("It needs the weights and the config."),
                       Tile::tr("weights, config.json"));
    // The upper end alone: a range is too wide for a tile.
    tile.value = bytesText(plan.total().high);
    tile.detail = Tile::tr("at most, with %1").arg(QString::fromLatin1(request.runtime->name));
    tile.exact = Tile::tr("%1 - %2 bytes").arg(toQString(groupedDigits(int64_t(plan.total().low))),
                                               toQString(groupedDigits(int64_t(plan.total().high))));
    QStringList terms;
    for (const MemoryTerm &term : plan.terms)
        terms << QCoreApplication::translate("Memory", term.label) + QLatin1Char(' ') + toQString(formatRange(term.bytes));
    tile.evidence = Tile::tr("%1; %2 tokens of context, one sequence; the Memory tab has every assumption")
                        .arg(terms.join(QStringLiteral(" + ")), toQString(groupedDigits(request.context)));
    return tile;
}

} // namespace

std::array<TileFact, 6> tileFacts(const ModelFacts &facts)
{
    return {parametersTile(facts), weightsTile(facts), contextTile(facts),
            attentionTile(facts),  cacheTile(facts),   memoryTile(facts)};
}

} // namespace assay
