// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/operators.h"

#include "core/tokenizer/template/formatting.h"
#include "core/tokenizer/template/pythontext.h"

#include <cmath>
#include <cstring>

namespace assay::jinja {
namespace {

const char *const kTypes = ASSAY_TEXT("Reason", "it computes with values that do not fit each other");
const char *const kZero = ASSAY_TEXT("Reason", "it divides by zero");
const char *const kLarge = ASSAY_TEXT("Reason", "a number is too large");

Value wrongTypes(Interpreter &run, const Value &left, const Value &right)
{
    for (const Value *value : {&left, &right}) {
        if (value->isUndefined())
            return run.failUndefined(*value);
    }
    return run.fail(kTypes);
}

Value wholePower(Interpreter &run, int64_t base, int64_t exponent)
{
    int64_t result = 1;
    if (base == 0 || base == 1 || base == -1)
        return Value::integer(exponent == 0 ? 1 : base == -1 && exponent % 2 == 0 ? 1 : base);
    for (; exponent > 0; --exponent) {
        if (__builtin_mul_overflow(result, base, &result))
            return run.fail(kLarge);
    }
    return Value::integer(result);
}

Value wholes(Interpreter &run, Operator op, int64_t a, int64_t b)
{
    int64_t result = 0;
    const bool divides = op == Operator::FloorDivide || op == Operator::Modulo;
    if (divides && b == 0)
        return run.fail(kZero);
    if (divides && b == -1) // the smallest number has no positive twin
        return op == Operator::Modulo ? Value::integer(0) : wholes(run, Operator::Subtract, 0, a);
    switch (op) {
    case Operator::Add:
        return __builtin_add_overflow(a, b, &result) ? run.fail(kLarge) : Value::integer(result);
    case Operator::Subtract:
        return __builtin_sub_overflow(a, b, &result) ? run.fail(kLarge) : Value::integer(result);
    case Operator::Multiply:
        return __builtin_mul_overflow(a, b, &result) ? run.fail(kLarge) : Value::integer(result);
    case Operator::FloorDivide:
        return Value::integer(a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0));
    case Operator::Modulo:
        return Value::integer(a % b != 0 && (a < 0) != (b < 0) ? a % b + b : a % b);
    default:
        return run.fail(kTypes);
    }
}

double realModulo(double a, double b)
{
    const double rest = std::fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest == 0 ? std::copysign(0.0, b) : rest;
}

Value reals(Interpreter &run, Operator op, double a, double b)
{
    const bool divides = op == Operator::Divide || op == Operator::FloorDivide || op == Operator::Modulo;
    if (divides && b == 0)
        return run.fail(kZero);
    switch (op) {
    case Operator::Add: return Value::real(a + b);
    case Operator::Subtract: return Value::real(a - b);
    case Operator::Multiply: return Value::real(a * b);
    case Operator::Divide: return Value::real(a / b);
    case Operator::FloorDivide: return Value::real(std::floor(a / b));
    case Operator::Modulo: return Value::real(realModulo(a, b));
    case Operator::Power:
        if ((a == 0 && b < 0) || (a < 0 && std::trunc(b) != b))
            return run.fail(kTypes); // Python: no division by zero; a complex number
        return Value::real(std::pow(a, b));
    default: return run.fail(kTypes);
    }
}

Value numbers(Interpreter &run, Operator op, const Value &left, const Value &right)
{
    const auto a = left.integer(), b = right.integer();
    if (a && b && op == Operator::Power && *b >= 0)
        return wholePower(run, *a, *b);
    if (a && b && op != Operator::Divide && op != Operator::Power)
        return wholes(run, op, *a, *b);
    return reals(run, op, *left.number(), *right.number());
}

Value textSum(Interpreter &run, const Text &left, const Text &right)
{
    const bool markup = left.markup || right.markup;
    if (!run.charge(left.bytes.size() + right.bytes.size()))
        return {};
    if (left.markup == right.markup)
        return run.text(left.bytes + right.bytes, markup);
    return run.text(left.markup ? left.bytes + escaped(right.bytes) : escaped(left.bytes) + right.bytes, true);
}

Value sequenceSum(Interpreter &run, const Sequence &left, const Sequence &right)
{
    std::vector<Value> items;
    if (!run.charge((left.items.size() + right.items.size()) * sizeof(Value)))
        return {};
    items.reserve(left.items.size() + right.items.size());
    items.insert(items.end(), left.items.begin(), left.items.end());
    items.insert(items.end(), right.items.begin(), right.items.end());
    return run.sequence(left.kind, std::move(items));
}

Value repeated(Interpreter &run, const Value &what, int64_t times)
{
    const Text *text = what.text();
    const Sequence *sequence = what.sequence();
    const uint64_t size = text ? text->bytes.size() : sequence->items.size() * sizeof(Value);
    const uint64_t count = uint64_t(std::max<int64_t>(times, 0));
    if (size > 0 && count > run.limits().bytes / size) {
        run.charge(run.limits().bytes + 1);
        return {};
    }
    std::string bytes;
    std::vector<Value> items;
    for (uint64_t i = 0; i < (size > 0 ? count : 0); ++i) {
        if (text)
            bytes += text->bytes;
        else
            items.insert(items.end(), sequence->items.begin(), sequence->items.end());
    }
    return text ? run.text(std::move(bytes), text->markup) : run.sequence(sequence->kind, std::move(items));
}

bool isConcatenable(const Sequence *sequence)
{
    return sequence && (sequence->kind == Sequence::Kind::List || sequence->kind == Sequence::Kind::Tuple);
}

bool equalItems(Run &run, const Sequence &left, const Sequence &right)
{
    if (left.items.size() != right.items.size())
        return false;
    for (size_t i = 0; i < left.items.size() && run.alive(); ++i) {
        if (!equal(run, left.items[i], right.items[i]))
            return false;
    }
    return true;
}

bool equalDicts(Run &run, const Dict &left, const Dict &right)
{
    if (left.entries.size() != right.entries.size())
        return false;
    for (const auto &[key, value] : left.entries) {
        const Value *other = run.step() ? right.find(key) : nullptr;
        if (!other || !equal(run, value, *other))
            return false;
    }
    return true;
}

bool lessItems(Run &run, const Sequence &left, const Sequence &right)
{
    const size_t common = std::min(left.items.size(), right.items.size());
    for (size_t i = 0; i < common && run.alive(); ++i) {
        if (!equal(run, left.items[i], right.items[i]))
            return less(run, left.items[i], right.items[i]);
    }
    return left.items.size() < right.items.size();
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&#34;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

Value binary(Interpreter &run, Operator op, const Value &left, const Value &right)
{
    const Text *text = left.text(), *otherText = right.text();
    if (op == Operator::Modulo && text)
        return formattedByPercent(run, *text, right);
    if (left.number() && right.number())
        return numbers(run, op, left, right);
    const Sequence *sequence = left.sequence(), *otherSequence = right.sequence();
    if (op == Operator::Add && text && otherText)
        return textSum(run, *text, *otherText);
    if (op == Operator::Add && isConcatenable(sequence) && isConcatenable(otherSequence) && sequence->kind == otherSequence->kind)
        return sequenceSum(run, *sequence, *otherSequence);
    if (op == Operator::Multiply && (text || isConcatenable(sequence)) && right.integer())
        return repeated(run, left, *right.integer());
    if (op == Operator::Multiply && (otherText || isConcatenable(otherSequence)) && left.integer())
        return repeated(run, right, *left.integer());
    return wrongTypes(run, left, right);
}

bool equal(Run &run, const Value &left, const Value &right)
{
    const Depth depth(run);
    if (!depth || !run.step())
        return false;
    const auto whole = left.integer(), otherWhole = right.integer();
    if (whole && otherWhole)
        return *whole == *otherWhole;
    const auto a = left.number(), b = right.number();
    if (a || b)
        return a && b && *a == *b;
    if (left.kindIndex() != right.kindIndex())
        return false;
    if (const Text *text = left.text())
        return text->bytes.size() == right.text()->bytes.size() && run.charge(text->bytes.size() / 16) && text->bytes == right.text()->bytes;
    if (const Sequence *sequence = left.sequence()) {
        const Sequence *other = right.sequence();
        return sequence == other || (sequence->kind == other->kind && sequence->indexed() && equalItems(run, *sequence, *other));
    }
    if (const Dict *dict = left.dict())
        return dict == right.dict() || equalDicts(run, *dict, *right.dict());
    if (auto *const *space = left.as<Namespace *>())
        return *space == *right.as<Namespace *>();
    if (const auto *loop = left.as<LoopPointer>())
        return *loop == *right.as<LoopPointer>();
    if (const auto *callable = left.as<CallablePointer>())
        return *callable == *right.as<CallablePointer>();
    return true; // None and None, two that are undefined
}

bool less(Run &run, const Value &left, const Value &right)
{
    const Depth depth(run);
    if (!depth || !run.step())
        return false;
    const auto whole = left.integer(), otherWhole = right.integer();
    if (whole && otherWhole)
        return *whole < *otherWhole;
    const auto a = left.number(), b = right.number();
    if (a && b)
        return *a < *b;
    if (left.text() && right.text())
        return run.charge(left.text()->bytes.size() / 16) && left.text()->bytes < right.text()->bytes;
    const Sequence *sequence = left.sequence(), *other = right.sequence();
    if (isConcatenable(sequence) && isConcatenable(other) && sequence->kind == other->kind)
        return lessItems(run, *sequence, *other);
    run.fail(ASSAY_TEXT("Reason", "it compares values that have no order"));
    return false;
}

bool contains(Interpreter &run, const Value &container, const Value &item)
{
    if (const Text *text = container.text()) {
        const Text *part = item.text();
        if (!part) {
            wrongTypes(run, container, item);
            return false;
        }
        return run.charge(text->bytes.size() / 16)
               && memmem(text->bytes.data(), text->bytes.size(), part->bytes.data(), part->bytes.size()) != nullptr;
    }
    if (const Dict *dict = container.dict()) {
        if (!keyOf(item) && !item.isUndefined())
            run.fail(kTypes);
        return dict->find(item) != nullptr;
    }
    const SequencePointer items = run.iterate(container);
    for (size_t i = 0; items && i < items->items.size() && run.alive(); ++i) {
        if (equal(run, items->items[i], item))
            return true;
    }
    return false;
}

bool compared(Interpreter &run, Operator op, const Value &left, const Value &right)
{
    const bool ordered = op == Operator::Less || op == Operator::LessEqual || op == Operator::Greater || op == Operator::GreaterEqual;
    if (ordered && (left.isUndefined() || right.isUndefined())) {
        wrongTypes(run, left, right);
        return false;
    }
    const auto a = left.number(), b = right.number();
    const bool unordered = a && b && (std::isnan(*a) || std::isnan(*b));
    switch (op) {
    case Operator::Equal: return equal(run, left, right);
    case Operator::NotEqual: return !equal(run, left, right);
    case Operator::Less: return less(run, left, right);
    case Operator::LessEqual: return !unordered && !less(run, right, left);
    case Operator::Greater: return less(run, right, left);
    case Operator::GreaterEqual: return !unordered && !less(run, left, right);
    case Operator::In: return contains(run, right, left);
    default: return !contains(run, right, left);
    }
}

Value negative(Run &run, const Value &value)
{
    const auto whole = value.integer();
    if (whole && *whole != INT64_MIN)
        return Value::integer(-*whole);
    const auto real = value.number();
    return real && !whole ? Value::real(-*real) : run.fail(kTypes);
}

} // namespace assay::jinja
