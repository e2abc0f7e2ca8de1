// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

/// What templates compute with: Python's values as Jinja shows them. Everything but a namespace is immutable, as the
/// sandbox that chat templates are written for has it.
namespace assay::jinja {

struct Text;
struct Sequence;
struct Dict;
struct Namespace;
struct LoopState;
struct Callable;

/// A name or member that is not there: prints as nothing, is false and empty; anything else done to it is an error.
struct Undefined
{
    std::shared_ptr<const std::string> name; ///< for that error; null for a value without one
};

struct None
{
};

using TextPointer = std::shared_ptr<const Text>;
using SequencePointer = std::shared_ptr<const Sequence>;
using DictPointer = std::shared_ptr<const Dict>;
using LoopPointer = std::shared_ptr<LoopState>;
using CallablePointer = std::shared_ptr<const Callable>;

/// One value. Namespaces belong to the run that made them, so that they may hold each other.
class Value
{
public:
    using Content = std::variant<Undefined, None, bool, int64_t, double, TextPointer, SequencePointer, DictPointer, Namespace *,
                                 LoopPointer, CallablePointer>;

    Value() = default;
    Value(Content content) : m_content(std::move(content)) {}
    static Value none() { return Content(None{}); }
    static Value boolean(bool value) { return Content(value); }
    static Value integer(int64_t value) { return Content(value); }
    static Value real(double value) { return Content(value); }
    static Value text(std::string bytes, bool markup = false);

    template <class T>
    const T *as() const
    {
        return std::get_if<T>(&m_content);
    }
    size_t kindIndex() const { return m_content.index(); }
    bool isUndefined() const { return as<Undefined>() != nullptr; }
    bool isNone() const { return as<None>() != nullptr; }
    const Text *text() const;
    const Sequence *sequence() const;
    const Dict *dict() const;
    /// Booleans count as 0 and 1, as in Python.
    std::optional<int64_t> integer() const;
    /// Of integers, booleans and floats.
    std::optional<double> number() const;

private:
    Content m_content;
};

struct Text
{
    std::string bytes;   ///< valid UTF-8
    bool markup = false; ///< marked as safe: what is added to it is escaped for HTML
    bool ascii = true;   ///< a byte is a character
};

/// How deep a value is nested at most, so that walking and freeing it needs little stack.
inline constexpr int kDeepestValue = 200;

/// A list and what behaves like one.
struct Sequence
{
    enum class Kind { List, Tuple, Range, View, Generator };
    Kind kind = Kind::List;
    std::vector<Value> items;
    std::string shown;             ///< what a range, view or generator prints as, without its items
    mutable bool consumed = false; ///< a generator gives its items once
    int depth = 1;
    bool plain = true; ///< holds data only: no namespace, loop or function

    bool indexed() const { return kind == Kind::List || kind == Kind::Tuple || kind == Kind::Range; }
};

/// A dict; keys keep their order.
struct Dict
{
    std::vector<std::pair<Value, Value>> entries;
    std::unordered_map<std::string, size_t> places; ///< by keyOf()
    int depth = 1;
    bool plain = true;

    const Value *find(const Value &key) const;
    const Value *find(std::string_view text) const;
};

/// What {% set ns.x = ... %} writes to.
struct Namespace
{
    std::vector<std::pair<std::string, Value>> members;
    const Value *find(std::string_view name) const;
    void set(std::string_view name, Value value);
};

/// How deep a value is nested; 0 for single ones.
int depthOf(const Value &value);
bool isPlain(const Value &value);
/// A list, tuple, ... of these. The caller checks depthOf() of what it got against kDeepestValue.
Value makeSequence(Sequence::Kind kind, std::vector<Value> items, std::string shown = {});
Value makeList(std::vector<Value> items);
Value makeTuple(std::vector<Value> items);
/// What is gone through once, as a filter's results.
Value makeGenerator(std::vector<Value> items);

/// Equal for keys that Python holds for the same (1, 1.0 and True); nothing for what cannot be a key.
std::optional<std::string> keyOf(const Value &key);
/// A later entry of the same key replaces the value of an earlier one. Nothing when a key cannot be one.
std::optional<Value> makeDict(std::vector<std::pair<Value, Value>> entries);

/// Python's bool().
bool truth(const Value &value);
/// Python's name of the type: "str", "int", "Undefined".
std::string typeName(const Value &value);

} // namespace assay::jinja
