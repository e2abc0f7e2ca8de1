// SPDX-License-Identifier: GPL-3.0-or-later
// Items that are answered by a program and judged by its tests.
#include "core/evaluate/generators/itemmakers.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

namespace assay::makers {
namespace {

using Numbers = std::vector<int64_t>;

/// A step of a program on whole numbers from 0 on: as words, and done here.
struct Step
{
    std::string words;
    std::function<Numbers(Numbers)> run;
};

Step keepDivisible(int64_t k)
{
    return {"Keep only the numbers that " + std::to_string(k) + " divides.", [k](Numbers values) {
                std::erase_if(values, [k](int64_t value) { return value % k != 0; });
                return values;
            }};
}

Step keepLarger(int64_t k)
{
    return {"Keep only the numbers larger than " + std::to_string(k) + ".", [k](Numbers values) {
                std::erase_if(values, [k](int64_t value) { return value <= k; });
                return values;
            }};
}

Step scale(int64_t k, int64_t plus)
{
    return {"Replace each number x by " + std::to_string(k) + " * x + " + std::to_string(plus) + ".", [k, plus](Numbers values) {
                std::ranges::transform(values, values.begin(), [=](int64_t value) { return value * k + plus; });
                return values;
            }};
}

Step digitSums()
{
    return {"Replace each number by the sum of its decimal digits.", [](Numbers values) {
                for (int64_t &value : values) {
                    int64_t sum = 0;
                    for (int64_t rest = value; rest > 0; rest /= 10)
                        sum += rest % 10;
                    value = sum;
                }
                return values;
            }};
}

Step backwards()
{
    return {"Reverse the order.", [](Numbers values) { return Numbers(values.rbegin(), values.rend()); }};
}

Step distinct()
{
    return {"Of numbers that are equal keep only the first.", [](Numbers values) {
                std::set<int64_t> seen;
                std::erase_if(values, [&](int64_t value) { return !seen.insert(value).second; });
                return values;
            }};
}

Step runningSums()
{
    return {"Replace each number by the sum of it and all numbers before it.", [](Numbers values) {
                std::partial_sum(values.begin(), values.end(), values.begin());
                return values;
            }};
}

Step everySecond()
{
    return {"Keep the first, third, fifth number and so on.", [](Numbers values) {
                Numbers out;
                for (size_t i = 0; i < values.size(); i += 2)
                    out.push_back(values[i]);
                return out;
            }};
}

Step drawn(RandomDraw &random)
{
    switch (random.between(0, 7)) {
    case 0: return keepDivisible(random.between(2, 4));
    case 1: return keepLarger(random.between(1, 20));
    case 2: return scale(random.between(2, 5), random.between(1, 9));
    case 3: return digitSums();
    case 4: return backwards();
    case 5: return distinct();
    case 6: return runningSums();
    default: return everySecond();
    }
}

std::string listText(const Numbers &values)
{
    std::string out;
    for (const int64_t value : values)
        out += (out.empty() ? "" : ", ") + std::to_string(value);
    return "[" + out + "]";
}

Numbers drawnNumbers(RandomDraw &random, int64_t count)
{
    Numbers values(static_cast<size_t>(count));
    std::ranges::generate(values, [&] { return random.between(0, 99); });
    return values;
}

SuiteItem task(const std::string &text, const std::string &name, const std::string &test)
{
    SuiteItem item;
    item.prompt = text + "\nReply with the whole function in one block of Python code.\n";
    item.code = CodeTest{"", name, test};
    return item;
}

SuiteItem quicksort(RandomDraw &random)
{
    std::string test = "def check(f):\n    assert f([]) == []\n    assert f([3]) == [3]\n    given = [2, 1]\n    f(given)\n    assert given == [2, 1]\n";
    for (int i = 0; i < 5; ++i) {
        const Numbers values = drawnNumbers(random, random.between(5, 40));
        Numbers sorted = values;
        std::ranges::sort(sorted);
        test += "    assert f(" + listText(values) + ") == " + listText(sorted) + "\n";
    }
    test += "    assert f(list(range(3000))) == list(range(3000))\n"; // already sorted: the worst case of a careless pivot
    return task("Write a Python function quicksort(values) that returns a new sorted list by the quicksort algorithm. It leaves the list that it is given as it is, "
                "takes equal numbers, and must not fail on a list of 3000 numbers that is sorted already.",
                "quicksort", test);
}

SuiteItem readNumbers(RandomDraw &random)
{
    const Numbers values = drawnNumbers(random, 6);
    std::string lines;
    for (const int64_t value : values)
        lines += std::to_string(value) + "\\n\\n";
    const std::string test = "import os, tempfile\n\ndef check(f):\n    folder = tempfile.mkdtemp()\n    good = os.path.join(folder, 'good')\n"
                             "    open(good, 'w').write('" + lines + "')\n    assert f(good) == " + listText(values) + "\n"
                             "    bad = os.path.join(folder, 'bad')\n    open(bad, 'w').write('1\\n\\nx2\\n')\n"
                             "    for path, kind in ((os.path.join(folder, 'none'), FileNotFoundError), (bad, ValueError)):\n"
                             "        try:\n            f(path)\n        except kind as error:\n            assert kind is FileNotFoundError or '3' in str(error)\n"
                             "        else:\n            assert False, 'no ' + kind.__name__\n";
    return task("Write a Python function read_numbers(path) that reads a text file with one whole number a line and returns them as a list. Blank lines are passed over. If the "
                "file does not exist it raises FileNotFoundError; if a line is no whole number it raises ValueError with the line's number (counted from 1, blank lines "
                "too) in its message. The file is closed in any case.",
                "read_numbers", test);
}

SuiteItem loadSettings(RandomDraw &random)
{
    const std::string port = std::to_string(random.between(1024, 65535));
    const std::string test = "import os, tempfile\n\ndef check(f):\n    folder = tempfile.mkdtemp()\n"
                             "    def put(text):\n        path = os.path.join(folder, 'settings')\n        open(path, 'w').write(text)\n        return path\n"
                             "    assert f(put('{\"port\": " + port + ", \"other\": 1}')) == " + port + "\n"
                             "    cases = ((put, '{', ValueError), (put, '{\"other\": 1}', KeyError), (put, '{\"port\": \"x\"}', TypeError))\n"
                             "    for make, text, kind in cases:\n        path = make(text)\n        try:\n            f(path)\n        except kind:\n            pass\n"
                             "        else:\n            assert False, 'no ' + kind.__name__\n"
                             "    try:\n        f(os.path.join(folder, 'none'))\n    except FileNotFoundError:\n        pass\n    else:\n        assert False, 'no FileNotFoundError'\n";
    return task("Write a Python function load_port(path) that reads a JSON file and returns the whole number that stands in it under \"port\". It raises FileNotFoundError if there is "
                "no file, ValueError if it is not JSON, KeyError if \"port\" is missing and TypeError if it is no whole number.",
                "load_port", test);
}

} // namespace

SuiteItem program(const ItemPlace &place, RandomDraw &random)
{
    std::vector<Step> steps;
    std::string text = "Write a Python function transform(values) that takes a list of whole numbers from 0 on and does this, in this order:\n";
    for (int64_t i = 0; i < place.difficulty; ++i) {
        steps.push_back(drawn(random));
        text += std::to_string(i + 1) + ". " + steps.back().words + "\n";
    }
    text += "It returns the list that is left.";
    std::string test = "def check(f):\n";
    constexpr int kTests = 6;
    for (int i = 0; i < kTests; ++i) {
        const Numbers values = drawnNumbers(random, i == 0 ? 0 : random.between(1, 20));
        Numbers expected = values;
        for (const Step &step : steps)
            expected = step.run(std::move(expected));
        test += "    assert f(" + listText(values) + ") == " + listText(expected) + "\n";
    }
    return task(text, "transform", test);
}

SuiteItem handiwork(const ItemPlace &place, RandomDraw &random)
{
    switch (place.number % 3) {
    case 0: return quicksort(random);
    case 1: return readNumbers(random);
    default: return loadSettings(random);
    }
}

} // namespace assay::makers
