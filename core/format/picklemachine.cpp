// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/picklemachine.h"

#include <array>

namespace assay {
namespace {

constexpr uint32_t kNoRun = ~uint32_t(0);

constexpr int kind(PickleKind wanted)
{
    return int(wanted);
}

} // namespace

using M = PickleMachine;

// Python's Lib/pickletools.py, protocols 0 to 5.
const PickleMachine::Opcode PickleMachine::kOpcodes[] = {
    {'(', &M::mark, 0},
    {'.', &M::stop, 0},
    {'0', &M::popOne, 0},
    {'1', &M::popToMark, 0},
    {'2', &M::duplicate, 0},
    {'F', &M::realLine, 0},
    {'I', &M::decimalLine, 0},
    {'J', &M::integer, 4},
    {'K', &M::integer, 1},
    {'L', &M::decimalLine, 1},
    {'M', &M::integer, 2},
    {'N', &M::constant, kind(PickleKind::None)},
    {'P', &M::idLine, 0},
    {'Q', &M::persistentId, 0},
    {'R', &M::call, 1},
    {'S', &M::textLine, 'S'},
    {'T', &M::text, 4},
    {'U', &M::text, 1},
    {'V', &M::textLine, 'V'},
    {'X', &M::text, 4},
    {'a', &M::append, 0},
    {'b', &M::build, 0},
    {'c', &M::global, 0},
    {'d', &M::fromMark, kind(PickleKind::Dict)},
    {'}', &M::empty, kind(PickleKind::Dict)},
    {'e', &M::appendMarked, 0},
    {'g', &M::getLine, 0},
    {'h', &M::get, 1},
    {'i', &M::instance, 0},
    {'j', &M::get, 4},
    {'l', &M::fromMark, kind(PickleKind::List)},
    {']', &M::empty, kind(PickleKind::List)},
    {'o', &M::object, 0},
    {'p', &M::putLine, 0},
    {'q', &M::put, 1},
    {'r', &M::put, 4},
    {'s', &M::setItem, 0},
    {'t', &M::fromMark, kind(PickleKind::Tuple)},
    {')', &M::empty, kind(PickleKind::Tuple)},
    {'u', &M::appendMarked, 2},
    {'G', &M::real, 0},
    {0x80, &M::protocol, 0},
    {0x81, &M::call, 1},
    {0x82, &M::extension, 1},
    {0x83, &M::extension, 2},
    {0x84, &M::extension, 4},
    {0x85, &M::tuple, 1},
    {0x86, &M::tuple, 2},
    {0x87, &M::tuple, 3},
    {0x88, &M::boolean, 1},
    {0x89, &M::boolean, 0},
    {0x8a, &M::longInteger, 1},
    {0x8b, &M::longInteger, 4},
    {'B', &M::bytes, 4},
    {'C', &M::bytes, 1},
    {0x8c, &M::text, 1},
    {0x8d, &M::text, 8},
    {0x8e, &M::bytes, 8},
    {0x8f, &M::empty, kind(PickleKind::Set)},
    {0x90, &M::appendMarked, 0},
    {0x91, &M::fromMark, kind(PickleKind::Set)},
    {0x92, &M::call, 2},
    {0x93, &M::stackGlobal, 0},
    {0x94, &M::memoize, 0},
    {0x95, &M::frame, 0},
    {0x96, &M::bytes, 8},
    {0x97, &M::buffer, 0},
    {0x98, &M::readOnly, 0},
};

const PickleMachine::Opcode *PickleMachine::find(int code)
{
    static const auto table = [] {
        std::array<const Opcode *, 256> rows{};
        for (const Opcode &row : kOpcodes)
            rows[row.code] = &row;
        return rows;
    }();
    return table[size_t(code)];
}

PickleMachine::PickleMachine(const ByteSource &source, uint64_t begin, uint64_t end, const PickleLimits &limits)
    : m_stream(source, begin, end), m_limits(limits)
{
}

bool PickleMachine::damaged(const char *reason)
{
    m_pickle.problem = reason;
    return false;
}

bool PickleMachine::unknown(const char *reason)
{
    m_pickle.analysable = false;
    return damaged(reason);
}

bool PickleMachine::cutOff()
{
    return m_stream.failed() ? damaged(ASSAY_TEXT("Reason", "it cannot be read"))
                             : damaged(ASSAY_TEXT("Reason", "it ends too early"));
}

Pickle PickleMachine::run()
{
    for (;;) {
        m_pickle.end = m_stream.position();
        const int code = m_stream.byte();
        if (code < 0) {
            cutOff();
            break;
        }
        const Opcode *opcode = find(code);
        if (!opcode) {
            unknown(ASSAY_TEXT("Reason", "it has an opcode that no version of Python knows"));
            break;
        }
        if (++m_pickle.opcodes > m_limits.opcodes || m_tree.m_nodes.size() > m_limits.nodes
            || m_tree.m_items.size() > m_limits.items) {
            unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
            break;
        }
        if (!(this->*opcode->step)(opcode->parameter) || m_stopped)
            break;
    }
    if (m_stopped)
        m_pickle.end = m_stream.position();
    m_pickle.complete = m_stopped;
    m_pickle.globals = m_tree.m_globals;
    return std::move(m_pickle);
}

// ---- the tree

PickleRef PickleMachine::add(PickleKind wanted)
{
    PickleTree::Node node;
    node.kind = wanted;
    node.integer = 0;
    m_tree.m_nodes.push_back(node);
    return PickleRef(m_tree.m_nodes.size() - 1);
}

PickleRef PickleMachine::addInteger(int64_t value, PickleKind wanted)
{
    const PickleRef node = add(wanted);
    m_tree.m_nodes[node].integer = value;
    return node;
}

PickleRef PickleMachine::addContainer(PickleKind wanted, std::span<const PickleRef> members)
{
    const PickleRef node = add(wanted);
    m_tree.m_nodes[node].runs = {kNoRun, kNoRun};
    m_tree.append(node, members);
    return node;
}

PickleRef PickleMachine::addCall(PickleRef callee, PickleRef arguments)
{
    m_pickle.calls = true;
    const PickleRef node = addContainer(PickleKind::Call);
    m_tree.m_nodes[node].a = callee;
    m_tree.m_nodes[node].b = arguments;
    return node;
}

PickleRef PickleMachine::addText(PickleKind wanted, uint64_t position, uint64_t length, std::string_view kept)
{
    const PickleRef node = addInteger(int64_t(m_tree.m_payloads.size()), wanted);
    m_tree.m_payloads.push_back({position, length});
    m_tree.m_nodes[node].a = uint32_t(m_tree.m_text.size());
    m_tree.m_nodes[node].b = uint32_t(kept.size());
    m_tree.m_text += kept;
    return node;
}

PickleRef PickleMachine::addGlobal(const std::string &name)
{
    const auto [place, isNew] = m_globals.try_emplace(name, uint32_t(m_tree.m_globals.size()));
    if (isNew)
        m_tree.m_globals.push_back(name);
    const PickleRef node = add(PickleKind::Global);
    m_tree.m_nodes[node].a = place->second;
    return node;
}

// ---- the stack

bool PickleMachine::push(PickleRef node)
{
    if (m_stack.size() >= m_limits.stack)
        return unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
    m_stack.push_back(node);
    return true;
}

bool PickleMachine::pop(PickleRef &node)
{
    if (!top(node))
        return false;
    m_stack.pop_back();
    return true;
}

bool PickleMachine::top(PickleRef &node)
{
    if (m_stack.size() <= floor())
        return damaged(ASSAY_TEXT("Reason", "it takes from an empty stack"));
    node = m_stack.back();
    return true;
}

bool PickleMachine::popMark(std::vector<PickleRef> &members)
{
    if (m_marks.empty())
        return damaged(ASSAY_TEXT("Reason", "it takes from an empty stack"));
    members.assign(m_stack.begin() + ptrdiff_t(m_marks.back()), m_stack.end());
    m_stack.resize(m_marks.back());
    m_marks.pop_back();
    return true;
}

Pickle readPickle(const ByteSource &source, uint64_t begin, uint64_t end, const PickleLimits &limits)
{
    return PickleMachine(source, begin, end, limits).run();
}

} // namespace assay
