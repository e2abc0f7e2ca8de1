// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/template/codepoints.h"
#include "core/tokenizer/template/functions.h"
#include "core/tokenizer/template/pythontext.h"

#include <algorithm>

namespace assay::jinja {
namespace {

Value undefinedMember(const Value &object, std::string_view name)
{
    return Value(Undefined{std::make_shared<const std::string>(typeName(object) + "." + std::string(name))});
}

/// A method that knows what it belongs to.
Value bound(const Value &object, const Function &function)
{
    auto callable = std::make_shared<Callable>();
    callable->name = function.name;
    callable->function = &function;
    callable->self = object;
    return Value(Value::Content(CallablePointer(std::move(callable))));
}

Value indexed(const Text &text, int64_t place)
{
    const int64_t length = lengthOf(text);
    if (place < -length || place >= length)
        return {};
    const size_t from = byteOf(text, place < 0 ? place + length : place);
    size_t to = from;
    while (++to < text.bytes.size() && (uint8_t(text.bytes[to]) & 0xC0) == 0x80) {}
    return Value::text(text.bytes.substr(from, to - from));
}

Value indexed(const Sequence &sequence, int64_t place)
{
    const auto length = int64_t(sequence.items.size());
    if (!sequence.indexed() || place < -length || place >= length)
        return {};
    return sequence.items[size_t(place < 0 ? place + length : place)];
}

} // namespace

Value Interpreter::attribute(const Value &object, std::string_view name)
{
    if (object.isUndefined())
        return failUndefined(object);
    if (const auto *loop = object.as<LoopPointer>())
        return loopAttribute(*loop, name);
    if (auto *const *space = object.as<Namespace *>()) {
        const Value *found = (*space)->find(name);
        return found ? *found : undefinedMember(object, name);
    }
    if (const auto *callable = object.as<CallablePointer>(); callable && (*callable)->macro && name == "name")
        return text((*callable)->name);
    if (const Function *method = findMethod(object, name))
        return bound(object, *method);
    if (isRefusedMethod(object, name))
        return Value(Undefined{std::make_shared<const std::string>(std::string(name))});
    const Value *found = object.dict() ? object.dict()->find(name) : nullptr;
    return found ? *found : undefinedMember(object, name);
}

Value Interpreter::item(const Value &object, const Value &key)
{
    if (object.isUndefined())
        return failUndefined(object);
    if (const Dict *dict = object.dict()) {
        if (const Value *found = dict->find(key))
            return *found;
    }
    const auto place = key.as<double>() ? std::nullopt : key.integer();
    if (place && object.text())
        return charge(object.text()->ascii ? 1 : object.text()->bytes.size() / 16) ? indexed(*object.text(), *place) : Value();
    if (place && object.sequence())
        return indexed(*object.sequence(), *place);
    if (key.text())
        return attribute(object, key.text()->bytes);
    return undefinedMember(object, "item");
}

Value Interpreter::loopAttribute(const LoopPointer &loop, std::string_view name)
{
    const auto index = int64_t(loop->index);
    const std::pair<std::string_view, int64_t> numbers[] = {
        {"index", index + 1}, {"index0", index}, {"depth", loop->depth}, {"depth0", loop->depth - 1}};
    for (const auto &[known, number] : numbers) {
        if (known == name)
            return Value::integer(number);
    }
    if (name == "length")
        return Value::integer(lengthOfLoop(*loop));
    if (name == "revindex" || name == "revindex0")
        return Value::integer(lengthOfLoop(*loop) - index - (name == "revindex0"));
    if (name == "first" || name == "last")
        return Value::boolean(name == "first" ? index == 0 : !reach(*loop, loop->index + 1));
    if (name == "previtem")
        return index > 0 ? loop->items()[loop->index - 1] : Value();
    if (name == "nextitem")
        return reach(*loop, loop->index + 1) ? loop->items()[loop->index + 1] : Value();
    const Value object(Value::Content{loop});
    const Function *method = findMethod(object, name);
    return method ? bound(object, *method) : undefinedMember(object, name);
}

Value Interpreter::callFunction(const Function &function, const Value &self, Arguments arguments)
{
    Given given;
    std::string_view names = function.parameters;
    size_t place = 0;
    bool rest = false, restNamed = false;
    for (; !names.empty(); ++place) {
        const size_t end = std::min(names.find(','), names.size());
        const std::string_view name = names.substr(0, end);
        names.remove_prefix(std::min(end + 1, names.size()));
        rest = rest || name == "*";
        restNamed = restNamed || name == "**";
        if (name.starts_with("*"))
            continue;
        given.places.emplace_back();
        if (place < arguments.positional.size())
            given.places.back() = arguments.positional[place];
        const auto found = std::find_if(arguments.named.begin(), arguments.named.end(), [name](const auto &entry) { return entry.first == name; });
        if (found == arguments.named.end())
            continue;
        if (given.places.back())
            return fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
        given.places.back() = std::move(found->second);
        arguments.named.erase(found);
    }
    const size_t taken = std::min(given.places.size(), arguments.positional.size());
    given.rest.positional.assign(arguments.positional.begin() + long(taken), arguments.positional.end());
    given.rest.named = std::move(arguments.named);
    bool fits = (rest || given.rest.positional.empty()) && (restNamed || given.rest.named.empty());
    for (size_t i = 0; i < function.required; ++i)
        fits = fits && given.has(i);
    return fits ? function.native(*this, self, given) : fail(ASSAY_TEXT("Reason", "the arguments of a call do not fit"));
}

const Value &Given::operator[](size_t place) const
{
    static const Value kUndefined;
    return has(place) ? *places[place] : kUndefined;
}

} // namespace assay::jinja
