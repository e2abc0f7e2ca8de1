// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/tokenizer/probes.h"

#include "core/evaluate/generators/randomdraw.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace assay {
namespace {

// What the designs are drawn from: everyday words. A provider that knew each of them would still not know what is drawn.
const std::vector<std::string> kClauses{
    "满血版与蒸馏版的鉴别需要统计证据", "而不是厂商的自我声明", "采购人员应当保存原始响应与时间戳", "显存占用与吞吐量必须同时记录",
    "每一次请求都要写明随机种子", "同样的提示词在不同时间重复发送", "置信区间比单个分数更有意义", "校准曲线说明误报率是否可信",
    "推理引擎的版本也会影响结果", "量化之后的权重不再是原来的模型", "上下文长度由服务端的配置决定", "合同应当写清楚交付的是哪个版本"};
const std::vector<std::string> kEmoji{"👩‍👩‍👧‍👦", "🧑🏽‍🚀", "🇨🇳", "🇺🇸", "🫠", "🫡", "👨🏿‍🔬", "🏴‍☠️", "👩‍❤️‍👨", "🧑🏻‍🎨", "🇧🇷", "🇯🇵", "🤹🏾‍♀️", "🪬", "🫶🏼"};
const std::vector<std::string> kThai{"เป็นมนุษย์สุดประเสริฐเลิศคุณค่า", "กว่าบรรดาฝูงสัตว์เดรัจฉาน", "จงฝ่าฟันพัฒนาวิชาการ", "อย่าล้างผลาญฤๅเข่นฆ่าบีฑาใคร",
                                     "ไม่ถือโทษโกรธแช่งซัดฮึดฮัดด่า", "หัดอภัยเหมือนกีฬาอัชฌาสัย", "ปฏิบัติประพฤติกฎกำหนดใจ", "พูดจาให้จ๊ะๆจ๋าๆน่าฟังเอย"};
// Letters with accents apart, which NFC puts together.
const std::vector<std::string> kAccented{"e\u0301", "a\u0300", "o\u0302", "u\u0308", "n\u0303", "i\u0301", "c\u0327"};
const std::vector<std::string> kOpenings{"Probe: ", "Sample: ", "Note: ", "Text: ", "Item: "}, kEndings{"End.", "Done.", "That is all.", "Over."};

constexpr size_t kLines = 5;
constexpr int64_t kClear = 3; ///< tokens by which a line should tell the claimed family from any other
constexpr size_t kDigits = 63, kHexDigits = 48, kAccents = 16;
constexpr int kMostDraws = 200;
constexpr int64_t kFarApart = 40; ///< summed differences that a selection should have between the claimed family and any other

std::string joined(const std::vector<std::string> &parts, const char *between)
{
    std::string out;
    for (const std::string &part : parts)
        out += (out.empty() ? "" : between) + part;
    return out;
}

std::string drawnDigits(RandomDraw &draw, size_t count, const char *alphabet, int64_t last)
{
    std::string out;
    while (out.size() < count)
        out += alphabet[draw.between(0, last)];
    return out;
}

std::string longNumber(RandomDraw &draw)
{
    return std::string(1, char('1' + draw.between(0, 8))) + drawnDigits(draw, kDigits - 1, "0123456789", 9);
}

/// How far the claimed family is from the nearest other one on these texts; 0 where nothing is known of it.
int64_t separation(const std::vector<TableProbe> &chosen, const TokenTable &table, const std::string &claimed)
{
    int64_t least = -1;
    for (const TokenizerFamily &other : table.families) {
        if (other.id == claimed)
            continue;
        int64_t sum = 0;
        for (const TableProbe &probe : chosen) {
            const auto own = probe.counts.find(claimed), rival = probe.counts.find(other.id);
            if (own != probe.counts.end() && rival != probe.counts.end())
                sum += std::abs(own->second - rival->second);
        }
        least = least < 0 ? sum : std::min(least, sum);
    }
    return std::max<int64_t>(least, 0);
}

std::vector<TableProbe> chooseTexts(const TokenTable &table, const std::string &claimed, RandomDraw &draw, size_t texts)
{
    std::vector<TableProbe> usable, best;
    for (const TableProbe &probe : table.probes)
        if (probe.kind != "baseline")
            usable.push_back(probe);
    int64_t bestApart = -1;
    for (int i = 0; i < kMostDraws && bestApart < kFarApart; ++i) {
        std::vector<TableProbe> chosen = draw.some(usable, texts);
        if (const int64_t apart = separation(chosen, table, claimed); apart > bestApart) {
            bestApart = apart;
            best = std::move(chosen);
        }
    }
    return best;
}

/// Letters of other scripts and blanks: every tokenizer begins anew at a line's end.
bool isOfLetters(const TableProbe &probe)
{
    const bool kind = probe.kind == "zh" || probe.kind == "ja" || probe.kind == "other";
    return kind && std::ranges::none_of(probe.text, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != ' '; });
}

/// The least over all other families of the largest difference on one line.
int64_t clearestLine(const std::vector<TableProbe> &lines, const TokenTable &table, const std::string &claimed)
{
    int64_t least = -1;
    for (const TokenizerFamily &other : table.families) {
        int64_t clearest = 0;
        for (const TableProbe &line : lines) {
            const auto own = line.counts.find(claimed), rival = line.counts.find(other.id);
            if (own != line.counts.end() && rival != line.counts.end())
                clearest = std::max(clearest, std::abs(own->second - rival->second));
        }
        if (other.id != claimed)
            least = least < 0 ? clearest : std::min(least, clearest);
    }
    return std::max<int64_t>(least, 0);
}

std::vector<TableProbe> chooseLines(const TokenTable &table, const std::string &claimed, RandomDraw &draw)
{
    std::vector<TableProbe> usable, best;
    std::ranges::copy_if(table.probes, std::back_inserter(usable), isOfLetters);
    int64_t bestApart = -1;
    for (int i = 0; i < kMostDraws && bestApart < kClear; ++i) {
        std::vector<TableProbe> chosen = draw.some(usable, kLines);
        if (const int64_t apart = clearestLine(chosen, table, claimed); apart > bestApart) {
            bestApart = apart;
            best = std::move(chosen);
        }
    }
    return best;
}

/// What is here counts the text itself; the table tells of the rest, where it has the text.
TokenMessage message(std::string id, std::string text, const TokenizerSet &here, const std::map<std::string, int64_t> &table)
{
    TokenMessage made{std::move(id), std::move(text), table};
    for (const auto &[family, tokenizer] : here)
        made.counts[family] = int64_t(tokenizer->encode(made.text, false).size());
    return made;
}

} // namespace

std::map<std::string, std::string> drawDesigns(uint64_t seed)
{
    RandomDraw draw(seed);
    std::map<std::string, std::string> designs;
    designs["A"] = longNumber(draw);
    designs["B"] = joined(draw.some(kClauses, 3), ",") + "。";
    designs["C"] = joined(draw.some(kEmoji, 6), "");
    designs["D"] = joined(draw.some(kThai, 2), " ");
    std::string accented;
    for (size_t i = 0; i < kAccents; ++i)
        accented += draw.oneOf(kAccented);
    designs["E"] = accented;
    designs["F"] = "0x" + drawnDigits(draw, kHexDigits, "0123456789abcdef", 15);
    return designs;
}

TokenProbes makeTokenProbes(const TokenTable &table, const TokenizerSet &here, const std::string &claimed, uint64_t seed, size_t texts)
{
    RandomDraw draw(seed ^ 0x746f6b656eu);
    TokenProbes probes;
    std::vector<TableProbe> bases;
    for (const TableProbe &probe : table.probes)
        if (probe.kind == "baseline")
            bases.push_back(probe);
    const TableProbe &base = draw.oneOf(bases);
    probes.messages.push_back(message("base", base.text, here, base.counts));
    for (const TableProbe &probe : chooseTexts(table, claimed, draw, texts))
        probes.messages.push_back(message(probe.id, probe.text, here, probe.counts));
    if (here.contains(claimed) && here.size() > 1) {
        const std::string &opening = draw.oneOf(kOpenings), &ending = draw.oneOf(kEndings);
        for (const auto &[letter, text] : drawDesigns(seed))
            probes.messages.push_back(message(letter, opening + "\n" + text + "\n" + ending, here, {}));
    }
    for (const TableProbe &line : chooseLines(table, claimed, draw))
        probes.lines.push_back(message(line.id, line.text, here, line.counts));
    probes.digits = longNumber(draw);
    return probes;
}

} // namespace assay
