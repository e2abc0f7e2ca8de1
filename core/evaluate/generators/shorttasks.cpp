// SPDX-License-Identifier: GPL-3.0-or-later
// Items whose difficulty is the number of steps.
#include "core/evaluate/generators/itemmakers.h"

#include <algorithm>
#include <set>

namespace assay::makers {
namespace {

/// The smallest n from 0 on for which a*n^2 + b*n + c is no prime.
int64_t firstComposite(int64_t a, int64_t b, int64_t c)
{
    const auto isPrime = [](int64_t value) {
        for (int64_t factor = 2; factor * factor <= value; ++factor) {
            if (value % factor == 0)
                return false;
        }
        return value > 1;
    };
    int64_t n = 0;
    while (isPrime(a * n * n + b * n + c)) // ends at n = c, where c divides the value
        ++n;
    return n;
}

std::string polynomial(int64_t a, int64_t b, int64_t c)
{
    const auto times = [](int64_t factor, const char *what) { return (factor == 1 ? std::string() : std::to_string(factor)) + what; };
    return times(a, "n^2") + " + " + times(b, "n") + " + " + std::to_string(c);
}

std::string joined(const std::vector<int64_t> &numbers)
{
    std::string out;
    for (const int64_t number : numbers)
        out += (out.empty() ? "" : ", ") + std::to_string(number);
    return out;
}

} // namespace

SuiteItem arithmetic(const ItemPlace &place, RandomDraw &random)
{
    constexpr int64_t kLargest = 100'000;
    int64_t value = random.between(2, 50);
    std::string text = "Start with " + std::to_string(value) + ".";
    for (int64_t step = 0; step < place.difficulty; ++step) {
        const int64_t kind = random.between(0, 3);
        const int64_t number = random.between(2, 9), large = random.between(10, 99);
        if (kind == 0 && value * number <= kLargest) {
            value *= number;
            text += " Multiply by " + std::to_string(number) + ".";
        } else if (kind == 1 && value % number == 0) {
            value /= number;
            text += " Divide by " + std::to_string(number) + ".";
        } else if (kind == 2) {
            value -= large;
            text += " Subtract " + std::to_string(large) + ".";
        } else {
            value += large;
            text += " Add " + std::to_string(large) + ".";
        }
    }
    SuiteItem item;
    item.prompt = text + "\nWork through the steps one by one. The last number of your reply is taken as the result.\nResult:";
    item.answers = {std::to_string(value)};
    return item;
}

SuiteItem sorting(const ItemPlace &place, RandomDraw &random)
{
    std::set<int64_t> distinct;
    while (int64_t(distinct.size()) < place.difficulty)
        distinct.insert(random.between(10, 999));
    const std::vector<int64_t> sorted(distinct.begin(), distinct.end());
    std::vector<int64_t> shown = sorted;
    while (shown == sorted)
        random.shuffle(shown);
    SuiteItem item;
    item.prompt = "Sort these numbers from the smallest to the largest: " + joined(shown)
                  + "\nEnd with one line that begins with \"Answer:\" and lists them with commas and spaces between.\n";
    item.answers = {joined(sorted)};
    return item;
}

SuiteItem proof(const ItemPlace &place, RandomDraw &random)
{
    int64_t a = 1, b = 1, c = 41;
    while (place.number > 0) {
        a = random.between(1, 3);
        b = random.between(1, 9);
        c = random.between(5, 199);
        if (firstComposite(a, b, c) >= 3) // one that is not seen at once
            break;
    }
    SuiteItem item;
    item.prompt = "Somebody claims that " + polynomial(a, b, c) + " is a prime number for every whole number n from 0 on. Prove it, or name the smallest n for "
                  "which it is wrong. The last number of your reply is taken as that n.\n";
    item.answers = {std::to_string(firstComposite(a, b, c))};
    item.cluster = polynomial(a, b, c);
    return item;
}

} // namespace assay::makers
