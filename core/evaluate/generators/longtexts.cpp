// SPDX-License-Identifier: GPL-3.0-or-later
// Items whose difficulty is the length of what has to be read.
#include "core/bench/prompttext.h"
#include "core/evaluate/generators/itemmakers.h"

#include <algorithm>
#include <set>

namespace assay::makers {
namespace {

const std::vector<std::string> kPlaces{"harbour", "lighthouse", "orchard", "library", "foundry", "observatory", "quarry", "windmill", "chapel", "granary",
                                       "tannery", "signal box", "boathouse", "vineyard", "brickyard", "ropewalk", "sawmill", "aqueduct"};
const std::vector<std::string> kColours{"green", "white", "red", "blue", "old", "new", "upper", "lower", "northern", "southern"};

std::vector<std::string> allPlaces()
{
    std::vector<std::string> out;
    for (const std::string &colour : kColours) {
        for (const std::string &place : kPlaces)
            out.push_back(colour + " " + place);
    }
    return out;
}

std::string needleSentence(const std::string &place, int64_t number)
{
    return "The secret number of the " + place + " is " + std::to_string(number) + ".";
}

/// Names of two capitals and a digit, each once.
std::string freshName(std::set<std::string> &taken, RandomDraw &random)
{
    for (;;) {
        const std::string name{char('A' + random.between(0, 25)), char('A' + random.between(0, 25)), char('0' + random.between(0, 9))};
        if (taken.insert(name).second)
            return name;
    }
}

} // namespace

std::string proseWith(int64_t words, std::vector<std::pair<double, std::string>> sentences, RandomDraw &random)
{
    const std::string prose = proseText(words, random.bits());
    std::ranges::stable_sort(sentences, {}, [](const auto &one) { return one.first; });
    std::string out;
    size_t from = 0;
    for (const auto &[share, sentence] : sentences) {
        const auto wanted = size_t(share * double(prose.size()));
        const size_t stop = wanted == 0 ? std::string::npos : prose.rfind(". ", wanted);
        const size_t to = share >= 1 ? prose.size() : stop == std::string::npos ? from : std::max(stop + 2, from);
        out += prose.substr(from, to - from);
        if (!out.empty() && out.back() != ' ' && out.back() != '\n')
            out += ' ';
        out += sentence + " ";
        from = to;
    }
    return out + prose.substr(from);
}

SuiteItem needle(const ItemPlace &place, RandomDraw &random)
{
    constexpr int64_t kDepths = 5;
    const double depth = double(place.number % kDepths) / double(kDepths - 1);
    const std::vector<std::string> places = random.some(allPlaces(), size_t(place.difficulty) + 1);
    const int64_t number = random.between(10'000, 99'999);
    std::vector<std::pair<double, std::string>> sentences{{depth, needleSentence(places[0], number)}};
    for (size_t i = 1; i < places.size(); ++i) {
        const int64_t other = 10'000 + (number - 10'000 + random.between(1, 89'998)) % 90'000; // never the right one
        sentences.emplace_back(double(random.between(0, 1000)) / 1000, needleSentence(places[i], other));
    }
    SuiteItem item;
    item.prompt = "Read this text.\n\n" + proseWith(place.context, sentences, random) + "\n\nQuestion: What is the secret number of the " + places[0]
                  + "? Answer with the number alone.\nAnswer:";
    item.answers = {std::to_string(number)};
    item.axes["depth"] = depth * 100;
    return item;
}

SuiteItem tracking(const ItemPlace &place, RandomDraw &random)
{
    constexpr int kOtherChains = 2;
    std::set<std::string> taken;
    std::vector<std::string> names;
    std::vector<std::pair<double, std::string>> sentences;
    const int64_t value = random.between(10'000, 99'999);
    for (int chain = 0; chain <= kOtherChains; ++chain) {
        std::vector<double> shares(size_t(place.difficulty) + 1);
        std::ranges::generate(shares, [&] { return double(random.between(0, 1000)) / 1000; });
        std::ranges::sort(shares);
        std::string last = std::to_string(chain == 0 ? value : 10'000 + (value - 10'000 + random.between(1, 89'998)) % 90'000);
        for (const double share : shares) {
            const std::string name = freshName(taken, random);
            sentences.emplace_back(share, "Let " + name + " be " + last + ".");
            last = name;
            if (chain == 0)
                names.push_back(name);
        }
    }
    SuiteItem item;
    item.prompt = "Read this text and follow the names.\n\n" + proseWith(place.context, sentences, random) + "\n\nQuestion: Which names have the value "
                  + std::to_string(value) + ", be it by way of other names? List them all and no other.\nAnswer:";
    item.answers = names;
    return item;
}

SuiteItem summary(const ItemPlace &place, RandomDraw &random)
{
    static const std::vector<std::string> kStarts{"Vel", "Cor", "Mar", "Tes", "Ban", "Lun", "Quor", "Des", "Hal", "Nor", "Fen", "Gar", "Pell", "Sor", "Wim"};
    static const std::vector<std::string> kEnds{"tora", "vane", "dale", "mira", "stead", "quist", "bourne", "wick", "holm", "forth"};
    static const std::vector<std::string> kMonths{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    const auto name = [&] { return random.oneOf(kStarts) + random.oneOf(kEnds); };
    const std::string company = name();
    SuiteItem item;
    std::vector<std::pair<double, std::string>> sentences;
    for (int64_t i = 0; i < place.difficulty; ++i) {
        std::string fact, sentence;
        switch (i % 4) {
        case 0:
            fact = std::to_string(random.between(1001, 9999));
            sentence = "In its plant at " + name() + ", " + company + " employs " + fact + " people.";
            break;
        case 1:
            fact = name();
            sentence = "The works of " + company + " at " + fact + " were closed for repairs.";
            break;
        case 2: {
            const std::string month = random.oneOf(kMonths), day = std::to_string(random.between(1, 28)), year = std::to_string(random.between(1990, 2024));
            fact = day + " " + month + " " + year + "|" + month + " " + day + " " + year;
            sentence = "On " + day + " " + month + " " + year + ", " + company + " signed a contract for rails.";
            break;
        }
        default:
            fact = std::to_string(random.between(11, 99)) + "." + std::to_string(random.between(1, 9));
            sentence = company + " sold goods for " + fact + " million crowns to the town of " + name() + ".";
        }
        item.answers.push_back(fact);
        sentences.emplace_back((double(i) + 0.5) / double(place.difficulty), sentence);
    }
    item.prompt = "Here is a long report.\n\n" + proseWith(place.context, sentences, random) + "\n\nSummarise what the report says about " + company
                  + " in at most 400 words. Leave out no number of people, no works that were closed, no date of a contract and no sale.\nSummary:";
    return item;
}

} // namespace assay::makers
