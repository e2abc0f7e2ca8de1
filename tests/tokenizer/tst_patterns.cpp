// SPDX-License-Identifier: GPL-3.0-or-later
// The hand-made matchers of well-known split patterns against PCRE2 running the same patterns, on reference texts and
// on random ones that are dense in what the patterns tell apart.
#include "core/base/file.h"
#include "core/tokenizer/pattern.h"
#include "core/tokenizer/utf8.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <random>
#include <utf8proc.h>

using namespace assay;
using Json = nlohmann::json;

namespace {

std::vector<std::pair<size_t, size_t>> matches(const Pattern &pattern, std::string_view text)
{
    std::vector<Span> found;
    pattern.find(text, found);
    std::vector<std::pair<size_t, size_t>> result;
    for (const Span &span : found)
        result.emplace_back(span.begin, span.end);
    return result;
}

/// Where PCRE2's tables of Unicode and utf8proc's say the same: they are of different years.
bool sameInBoth(char32_t c)
{
    static const Pattern categories[] = {*Pattern::compile(R"(\p{Lu})"), *Pattern::compile(R"(\p{Ll})"), *Pattern::compile(R"(\p{Lt})"),
                                         *Pattern::compile(R"(\p{Lm})"), *Pattern::compile(R"(\p{Lo})"), *Pattern::compile(R"(\p{M})"),
                                         *Pattern::compile(R"((?:\p{N}))"), *Pattern::compile(R"(\p{P})"), *Pattern::compile(R"(\p{S})")};
    static constexpr std::string_view kNames[] = {"Lu", "Ll", "Lt", "Lm", "Lo", "M", "N", "P", "S"};
    const std::string_view category = utf8proc_category_string(utf8proc_int32_t(c));
    std::string text;
    appendUtf8(text, c);
    for (size_t i = 0; i < std::size(kNames); ++i) {
        if (category.starts_with(kNames[i]) == matches(categories[i], text).empty())
            return false;
    }
    return true;
}

std::string randomText(std::mt19937 &random, int length)
{
    static constexpr std::string_view kAscii = " \n\r\t'sStTrReEvVmMlLdDkK\u017f09!?/.-_(){}$+=<>|~`^\\abcXYZ";
    static constexpr char32_t kOthers[] = {0xA0,   0x2028, 0x3000, 0x180E, 0x200B, 0x200D, 0x85,   0x17F,  0x301,   0x327,  0x93F,  0x903,
                                           0x4E00, 0x9FA5, 0x9FA6, 0x303F, 0x3040, 0x30FF, 0x3100, 0xAC00, 0x1C5,   0x2B0,  0x5D0,  0xE9,
                                           0xC9,   0x3A3,  0x660,  0xBD,   0x2167, 0x20DD, 0xFE0F, 0x1F600, 0x20000, 0xAB,  0x2014, 0x20AC,
                                           0xE000, 0xFEFF, 0x0,    0x7F,   0x1D7D8, 0x10400, 0x10428, 0x2019, 0xFF0C, 0xFFFD, 0x1680, 0xAD};
    std::string text;
    for (int i = 0; i < length; ++i) {
        const unsigned kind = unsigned(random() % 10);
        if (kind < 6) {
            size_t at = random() % kAscii.size();
            while ((uint8_t(kAscii[at]) & 0xC0) == 0x80)
                --at;
            size_t end = at;
            nextCodePoint(kAscii, end);
            text += kAscii.substr(at, end - at);
        } else if (kind < 9) {
            appendUtf8(text, kOthers[random() % std::size(kOthers)]);
        } else {
            char32_t c = char32_t(random() % 0x110000);
            if ((c < 0xD800 || c > 0xDFFF) && sameInBoth(c))
                appendUtf8(text, c);
        }
    }
    return text;
}

} // namespace

class TestPatterns : public QObject
{
    Q_OBJECT

private slots:
    void byHand_data();
    void byHand();
    void limits();
};

void TestPatterns::byHand_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; !knownPattern(size_t(index)).empty(); ++index)
        QTest::addRow("%d", index) << index;
}

void TestPatterns::byHand()
{
    QFETCH(int, index);
    const std::string_view regex = knownPattern(size_t(index));
    QVERIFY(scannerOf(regex));
    const auto quick = Pattern::compile(regex), slow = Pattern::compile(regex, false);
    QVERIFY(quick && slow);
    const auto same = [&](const std::string &text) {
        const bool equal = matches(*quick, text) == matches(*slow, text);
        if (!equal)
            qWarning("%s: %s, PCRE2 %s", Json(text).dump().c_str(), Json(matches(*quick, text)).dump().c_str(),
                     Json(matches(*slow, text)).dump().c_str());
        return equal;
    };
    const auto reference = readWholeFile(std::filesystem::path(ASSAY_TEST_DATA) / "tokenizer/components.json", 1 << 24);
    QVERIFY(reference);
    const Json texts = Json::parse(*reference).at("texts");
    for (const Json &text : texts)
        QVERIFY(same(text.get<std::string>()));
    QVERIFY(same(*reference));
    std::mt19937 random(unsigned(index) + 1);
    for (int i = 0; i < 4000; ++i)
        QVERIFY(same(randomText(random, 1 + int(random() % 24))));
    for (int i = 0; i < 20; ++i)
        QVERIFY(same(randomText(random, 3000)));
}

void TestPatterns::limits()
{
    // Grows exponentially without bounds; ends, with no match.
    const auto explosive = Pattern::compile("(?:a|aa|aaa)*b");
    QVERIFY(explosive);
    QVERIFY(matches(*explosive, std::string(5000, 'a')).empty());
    QVERIFY(!Pattern::compile(std::string(500, '(') + std::string(500, ')')));
    QVERIFY(!Pattern::compile(std::string(100'000, 'a')));
    QVERIFY(!Pattern::compile("(["));
    QVERIFY(!Pattern::compile("\\C"));
    Pattern::compile(std::string(5000, '[')); // an error or not, but it ends
    QVERIFY(matches(Pattern::literal(""), "abc").empty());
    QCOMPARE(matches(Pattern::literal("(.)"), "a(.)(.)").size(), size_t(2));
}

QTEST_GUILESS_MAIN(TestPatterns)
#include "tst_patterns.moc"
