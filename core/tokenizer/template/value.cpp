// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/value.h"

#include "core/tokenizer/template/scope.h"

#include <algorithm>
#include <cmath>

namespace assay::jinja {

Value Value::text(std::string bytes, bool markup)
{
    const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return uint8_t(c) < 0x80; });
    return Content(std::make_shared<const Text>(Text{std::move(bytes), markup, ascii}));
}

const Text *Value::text() const
{
    const auto *held = as<TextPointer>();
    return held ? held->get() : nullptr;
}

const Sequence *Value::sequence() const
{
    const auto *held = as<SequencePointer>();
    return held ? held->get() : nullptr;
}

const Dict *Value::dict() const
{
    const auto *held = as<DictPointer>();
    return held ? held->get() : nullptr;
}

std::optional<int64_t> Value::integer() const
{
    if (const auto *whole = as<int64_t>())
        return *whole;
    if (const auto *flag = as<bool>())
        return *flag ? 1 : 0;
    return std::nullopt;
}

std::optional<double> Value::number() const
{
    if (const auto *real = as<double>())
        return *real;
    if (const auto whole = integer())
        return double(*whole);
    return std::nullopt;
}

const Value *Dict::find(const Value &key) const
{
    const auto spelled = keyOf(key);
    const auto found = spelled ? places.find(*spelled) : places.end();
    return found == places.end() ? nullptr : &entries[found->second].second;
}

const Value *Dict::find(std::string_view text) const
{
    const auto found = places.find("s" + std::string(text));
    return found == places.end() ? nullptr : &entries[found->second].second;
}

const Value *Namespace::find(std::string_view name) const
{
    for (const auto &[key, value] : members) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

void Namespace::set(std::string_view name, Value value)
{
    for (auto &[key, held] : members) {
        if (key == name) {
            held = std::move(value);
            return;
        }
    }
    members.emplace_back(std::string(name), std::move(value));
}

int depthOf(const Value &value)
{
    if (const Sequence *sequence = value.sequence())
        return sequence->depth;
    if (const Dict *dict = value.dict())
        return dict->depth;
    if (const auto *callable = value.as<CallablePointer>())
        return 1 + depthOf((*callable)->self);
    return 0;
}

bool isPlain(const Value &value)
{
    if (const Sequence *sequence = value.sequence())
        return sequence->plain;
    if (const Dict *dict = value.dict())
        return dict->plain;
    return !value.as<Namespace *>() && !value.as<LoopPointer>() && !value.as<CallablePointer>();
}

Value makeSequence(Sequence::Kind kind, std::vector<Value> items, std::string shown)
{
    auto sequence = std::make_shared<Sequence>();
    sequence->kind = kind;
    sequence->items = std::move(items);
    sequence->shown = std::move(shown);
    for (const Value &item : sequence->items) {
        sequence->depth = std::max(sequence->depth, 1 + depthOf(item));
        sequence->plain = sequence->plain && isPlain(item);
    }
    return Value::Content(SequencePointer(std::move(sequence)));
}

Value makeList(std::vector<Value> items)
{
    return makeSequence(Sequence::Kind::List, std::move(items));
}

Value makeTuple(std::vector<Value> items)
{
    return makeSequence(Sequence::Kind::Tuple, std::move(items));
}

Value makeGenerator(std::vector<Value> items)
{
    return makeSequence(Sequence::Kind::Generator, std::move(items), "generator object");
}

std::optional<std::string> keyOf(const Value &key)
{
    if (const Text *text = key.text())
        return "s" + text->bytes;
    if (const auto whole = key.integer())
        return "i" + std::to_string(*whole);
    if (const auto *real = key.as<double>()) {
        if (std::trunc(*real) == *real && std::fabs(*real) < 9e18)
            return "i" + std::to_string(int64_t(*real));
        return "f" + std::to_string(*real) + std::string(reinterpret_cast<const char *>(real), sizeof *real);
    }
    if (key.isNone())
        return "n";
    if (key.isUndefined())
        return "u";
    const Sequence *tuple = key.sequence();
    if (!tuple || tuple->kind != Sequence::Kind::Tuple)
        return std::nullopt;
    std::string spelled = "t";
    for (const Value &item : tuple->items) {
        const auto part = keyOf(item);
        if (!part)
            return std::nullopt;
        spelled += std::to_string(part->size()) + ":" + *part;
    }
    return spelled;
}

std::optional<Value> makeDict(std::vector<std::pair<Value, Value>> entries)
{
    auto dict = std::make_shared<Dict>();
    dict->entries.reserve(entries.size());
    for (auto &[key, value] : entries) {
        auto spelled = keyOf(key);
        if (!spelled)
            return std::nullopt;
        dict->depth = std::max({dict->depth, 1 + depthOf(value), 1 + depthOf(key)});
        dict->plain = dict->plain && isPlain(value);
        const auto [place, fresh] = dict->places.emplace(std::move(*spelled), dict->entries.size());
        if (fresh)
            dict->entries.emplace_back(std::move(key), std::move(value));
        else
            dict->entries[place->second].second = std::move(value);
    }
    return Value(Value::Content(DictPointer(std::move(dict))));
}

bool truth(const Value &value)
{
    if (value.isUndefined() || value.isNone())
        return false;
    if (const auto number = value.number())
        return *number != 0;
    if (const Text *text = value.text())
        return !text->bytes.empty();
    if (const Sequence *sequence = value.sequence())
        return sequence->kind == Sequence::Kind::Generator || !sequence->items.empty();
    if (const Dict *dict = value.dict())
        return !dict->entries.empty();
    return true;
}

std::string typeName(const Value &value)
{
    static constexpr const char *kSequences[] = {"list", "tuple", "range", "view", "generator"};
    static constexpr const char *kNames[] = {"Undefined", "NoneType", "bool", "int", "float", "str", "", "dict", "Namespace",
                                             "LoopContext", "function"};
    if (const Sequence *sequence = value.sequence())
        return kSequences[size_t(sequence->kind)];
    return kNames[value.kindIndex()];
}

} // namespace assay::jinja
