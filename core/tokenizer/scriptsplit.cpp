// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pretokenizersteps.h"
#include "core/tokenizer/problems.h"

#include <string>

namespace assay::pretokenize {
namespace {

/// Every script that PCRE2 10.42 knows by these names, but for those that are joined below. utf8proc has no scripts.
constexpr const char *kScripts[] = {
    "Adlam", "Ahom", "Anatolian_Hieroglyphs", "Arabic", "Armenian", "Avestan", "Balinese", "Bamum", "Bassa_Vah",
    "Batak", "Bengali", "Bhaiksuki", "Bopomofo", "Brahmi", "Braille", "Buginese", "Buhid", "Canadian_Aboriginal",
    "Carian", "Caucasian_Albanian", "Chakma", "Cham", "Cherokee", "Common", "Coptic", "Cuneiform", "Cypriot",
    "Cyrillic", "Deseret", "Devanagari", "Dogra", "Duployan", "Egyptian_Hieroglyphs", "Elbasan", "Ethiopic",
    "Georgian", "Glagolitic", "Gothic", "Grantha", "Greek", "Gujarati", "Gunjala_Gondi", "Gurmukhi", "Hangul",
    "Hanifi_Rohingya", "Hanunoo", "Hatran", "Hebrew", "Imperial_Aramaic", "Inherited", "Inscriptional_Pahlavi",
    "Inscriptional_Parthian", "Javanese", "Kaithi", "Kannada", "Kayah_Li", "Kharoshthi", "Khmer", "Khojki",
    "Khudawadi", "Lao", "Latin", "Lepcha", "Limbu", "Linear_A", "Linear_B", "Lisu", "Lycian", "Lydian", "Mahajani",
    "Makasar", "Malayalam", "Mandaic", "Manichaean", "Marchen", "Masaram_Gondi", "Medefaidrin", "Meetei_Mayek",
    "Mende_Kikakui", "Meroitic_Cursive", "Meroitic_Hieroglyphs", "Miao", "Modi", "Mongolian", "Mro", "Multani",
    "Myanmar", "Nabataean", "New_Tai_Lue", "Newa", "Nko", "Nushu", "Ogham", "Ol_Chiki", "Old_Hungarian",
    "Old_Italic", "Old_North_Arabian", "Old_Permic", "Old_Persian", "Old_Sogdian", "Old_South_Arabian", "Old_Turkic",
    "Oriya", "Osage", "Osmanya", "Pahawh_Hmong", "Palmyrene", "Pau_Cin_Hau", "Phags_Pa", "Phoenician",
    "Psalter_Pahlavi", "Rejang", "Runic", "Samaritan", "Saurashtra", "Sharada", "Shavian", "Siddham", "SignWriting",
    "Sinhala", "Sogdian", "Sora_Sompeng", "Soyombo", "Sundanese", "Syloti_Nagri", "Syriac", "Tagalog", "Tagbanwa",
    "Tai_Le", "Tai_Tham", "Tai_Viet", "Takri", "Tamil", "Tangut", "Telugu", "Thaana", "Thai", "Tibetan", "Tifinagh",
    "Tirhuta", "Ugaritic", "Vai", "Warang_Citi", "Yi", "Zanabazar_Square",
};

/// Runs of one script, blanks within and behind them; U+30FC goes with Han.
std::string scriptRuns()
{
    std::string regex = R"([\p{sc:Han}\p{sc:Hiragana}\p{sc:Katakana}\x{30FC}][\p{sc:Han}\p{sc:Hiragana}\p{sc:Katakana}\x{30FC} ]*)";
    for (const char *script : kScripts) {
        const std::string name = "\\p{sc:" + std::string(script) + "}";
        regex += "|(?![ \\x{30FC}])" + name + "(?:(?!\\x{30FC})[" + name + " ])*";
    }
    // Scripts younger than the list are one.
    return regex + "|(?! )\\p{sc:Unknown}[\\p{sc:Unknown} ]*|[^ ][ ]*";
}

} // namespace

Result<Step> splitScripts(const std::string &where)
{
    static const auto pattern = Pattern::compile(scriptRuns());
    if (!pattern)
        return tokenizerUnsupported(where, "UnicodeScripts", "pre_tokenizer: " + pattern.error());
    return splitAt(*pattern, Behaviour::Removed, true); // blanks before the first script go
}

} // namespace assay::pretokenize
