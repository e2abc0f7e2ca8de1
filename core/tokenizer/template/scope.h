// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/template/syntax.h"

namespace assay::jinja {

class Interpreter;

/// What a function or filter is called with.
struct Arguments
{
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
};

/// The names of one block; those of the blocks around it are seen, but not set.
class Scope
{
public:
    explicit Scope(Scope *parent) : m_parent(parent) {}

    const Value *find(std::string_view name) const
    {
        for (const Scope *scope = this; scope; scope = scope->m_parent) {
            for (const auto &[key, value] : scope->m_names) {
                if (key == name)
                    return &value;
            }
        }
        return nullptr;
    }

    void set(std::string_view name, Value value)
    {
        for (auto &[key, held] : m_names) {
            if (key == name) {
                held = std::move(value);
                return;
            }
        }
        m_names.emplace_back(std::string(name), std::move(value));
    }

    /// A macro made here looks its names up here later: the scope and those around it must stay.
    void capture()
    {
        for (Scope *scope = this; scope && !scope->m_captured; scope = scope->m_parent)
            scope->m_captured = true;
    }
    bool captured() const { return m_captured; }

private:
    Scope *m_parent;
    bool m_captured = false;
    std::vector<std::pair<std::string, Value>> m_names;
};

/// The arguments in the places of a function's parameters.
struct Given
{
    std::vector<std::optional<Value>> places;
    Arguments rest; ///< where the function takes any number

    bool has(size_t place) const { return place < places.size() && places[place].has_value(); }
    const Value &operator[](size_t place) const;
    Value orElse(size_t place, Value fallback) const { return has(place) ? *places[place] : std::move(fallback); }
    bool isTrue(size_t place, bool fallback) const { return has(place) ? truth(*places[place]) : fallback; }
};

using Native = Value (*)(Interpreter &, const Value &self, const Given &);

/// A function, filter, test or method as tables list them.
struct Function
{
    std::string_view name;
    std::string_view parameters; ///< "old,new,count"; at the end "*" for more by place, "**" for more by name
    size_t required;
    Native native;
};

/// A macro, a method with what it belongs to, or a function of the environment.
struct Callable
{
    std::string name;
    const Function *function = nullptr;
    Value self;
    const Macro *macro = nullptr;
    Scope *scope = nullptr; ///< of the macro
};

/// What templates know as "loop". Items behind a condition are looked at one by one, as late as can be: the loop's body
/// may change what the condition sees.
struct LoopState
{
    SequencePointer all;
    std::vector<Value> passed; ///< with a condition: those of all that fulfil it, as far as was looked
    size_t seen = 0;           ///< how far that is
    size_t index = 0;          ///< from 0
    int depth = 1;
    std::optional<Value> changed; ///< what loop.changed() was asked last
    const Statement *statement = nullptr;
    Scope *outer = nullptr;

    const std::vector<Value> &items() const { return statement->expressions[1] ? passed : all->items; }
};

} // namespace assay::jinja
