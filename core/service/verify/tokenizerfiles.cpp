// SPDX-License-Identifier: GPL-3.0-or-later
// What a verification reads from this machine: the table of counts, tokenizers, and where its answers are kept.
#include "core/service/verify/verifyendpoint.h"

#include "core/base/file.h"
#include "core/service/resources.h"

#include <QDir>
#include <QFileInfo>

namespace assay {
namespace {

constexpr uint64_t kMostTable = uint64_t(16) << 20;

} // namespace

std::filesystem::path defaultRawFile(const std::string &startedAt, uint64_t seed)
{
    QString name = QString::fromStdString(startedAt) + u'-' + QString::number(seed, 16) + QStringLiteral(".jsonl");
    name.replace(u':', u'-');
    return QFileInfo(storeFile()).dir().filePath(QStringLiteral("verifications/") + name).toStdString();
}

Result<TokenTable> shippedTokenTable()
{
    const std::string counts = resourcePath(QStringLiteral("tokenizers/token_counts.json")).toStdString();
    const std::string families = resourcePath(QStringLiteral("tokenizers/families.json")).toStdString();
    const auto countsText = readWholeFile(counts, kMostTable), familiesText = readWholeFile(families, kMostTable);
    if (!countsText || !familiesText)
        return tl::unexpected<Error>(countsText ? familiesText.error() : countsText.error());
    return readTokenTable(*countsText, *familiesText, counts);
}

TokenizerSet openTokenizers(const std::vector<std::filesystem::path> &places, const TokenTable &table, std::vector<Told> &notes)
{
    TokenizerSet set;
    for (const std::filesystem::path &place : places) {
        const auto tokenizer = Tokenizer::open(place);
        if (!tokenizer) {
            notes.push_back({ASSAY_TEXT("Identity", "No tokenizer was read from %1: %2"), {place.string(), tokenizer.error().sentence()}});
            continue;
        }
        const std::string family = familyOf(**tokenizer, table);
        if (family.empty())
            notes.push_back({ASSAY_TEXT("Identity", "The tokenizer in %1 cuts texts as no known family does, so it is not used"), {place.string()}});
        else
            set[family] = *tokenizer;
    }
    return set;
}

} // namespace assay
