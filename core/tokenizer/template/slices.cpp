// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/operators.h"

#include <algorithm>

namespace assay::jinja {
namespace {

/// The places that a slice takes, as Python's slice.indices() tells them.
struct Places
{
    int64_t start = 0, stop = 0, step = 1;

    int64_t count() const
    {
        if (step > 0)
            return start < stop ? (stop - start - 1) / step + 1 : 0;
        return start > stop ? (start - stop - 1) / -step + 1 : 0;
    }
};

int64_t bounded(int64_t place, int64_t length, bool forward)
{
    if (place < 0)
        place = place < -length ? -1 : place + length;
    return std::clamp(place, forward ? int64_t(0) : int64_t(-1), forward ? length : length - 1);
}

/// Nothing when a part is no whole number, or the step is 0.
std::optional<Places> placesOf(int64_t length, const Value *start, const Value *stop, const Value *step)
{
    std::optional<int64_t> numbers[3];
    const Value *values[] = {start, stop, step};
    for (int i = 0; i < 3; ++i) {
        if (!values[i] || values[i]->isNone())
            continue;
        numbers[i] = values[i]->integer();
        if (!numbers[i])
            return std::nullopt;
    }
    Places places;
    places.step = std::clamp(numbers[2].value_or(1), -length - 1, length + 1);
    if (numbers[2] == 0)
        return std::nullopt;
    const bool forward = places.step > 0;
    places.start = numbers[0] ? bounded(*numbers[0], length, forward) : forward ? 0 : length - 1;
    places.stop = numbers[1] ? bounded(*numbers[1], length, forward) : forward ? length : -1;
    return places;
}

Value slicedText(Interpreter &run, const Text &text, const Places &places)
{
    if (places.step == 1) {
        const size_t from = byteOf(text, places.start), to = byteOf(text, std::max(places.start, places.stop));
        return run.text(text.bytes.substr(from, to - from));
    }
    if (!run.charge(text.bytes.size() * sizeof(char32_t)))
        return {};
    const std::u32string characters = decoded(text.bytes);
    std::u32string part;
    for (int64_t i = 0, at = places.start; i < places.count(); ++i, at += places.step)
        part += characters[size_t(at)];
    return run.text(encoded(part));
}

} // namespace

Value sliced(Interpreter &run, const Value &object, const Value *start, const Value *stop, const Value *step)
{
    if (object.isUndefined())
        return run.failUndefined(object);
    const Text *text = object.text();
    const Sequence *sequence = object.sequence();
    if (!text && !(sequence && sequence->indexed()))
        return run.fail(ASSAY_TEXT("Reason", "it cuts what is neither a text nor a list"));
    const int64_t length = text ? lengthOf(*text) : int64_t(sequence->items.size());
    const auto places = placesOf(length, start, stop, step);
    if (!places)
        return run.fail(ASSAY_TEXT("Reason", "it cuts by something that is no whole number, or by steps of 0"));
    if (text)
        return slicedText(run, *text, *places);
    std::vector<Value> items;
    for (int64_t i = 0, at = places->start; i < places->count(); ++i, at += places->step)
        items.push_back(sequence->items[size_t(at)]);
    const bool range = sequence->kind == Sequence::Kind::Range;
    return run.sequence(range ? Sequence::Kind::List : sequence->kind, std::move(items));
}

} // namespace assay::jinja
