// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of the pickle machine that make containers, calls and globals; those that read values are in picklevalues.cpp.
#include "core/format/picklemachine.h"

namespace assay {

bool PickleMachine::protocol(int)
{
    constexpr uint64_t kNewest = 5;
    const auto version = m_stream.number(1);
    if (!version)
        return cutOff();
    m_pickle.marked = m_pickle.marked || (m_pickle.opcodes == 1 && *version <= kNewest);
    return *version <= kNewest || unknown(ASSAY_TEXT("Reason", "it is of a protocol that is not known here"));
}

bool PickleMachine::frame(int)
{
    // Frames only help readers that buffer; what is inside is read on as if they were not there.
    return m_stream.number(8) ? true : cutOff();
}

bool PickleMachine::stop(int)
{
    m_stopped = pop(m_pickle.root);
    return m_stopped;
}

bool PickleMachine::mark(int)
{
    if (m_marks.size() >= m_limits.stack)
        return unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
    m_marks.push_back(m_stack.size());
    return true;
}

bool PickleMachine::popOne(int)
{
    if (!m_marks.empty() && m_marks.back() == m_stack.size()) {
        m_marks.pop_back();
        return true;
    }
    PickleRef ignored;
    return pop(ignored);
}

bool PickleMachine::popToMark(int)
{
    std::vector<PickleRef> ignored;
    return popMark(ignored);
}

bool PickleMachine::duplicate(int)
{
    PickleRef node;
    return top(node) && push(node);
}

bool PickleMachine::empty(int kind)
{
    return push(addContainer(PickleKind(kind)));
}

bool PickleMachine::fromMark(int kind)
{
    std::vector<PickleRef> members;
    if (!popMark(members))
        return false;
    if (PickleKind(kind) == PickleKind::Dict && members.size() % 2 != 0)
        return damaged(ASSAY_TEXT("Reason", "it has a key without a value"));
    return push(addContainer(PickleKind(kind), members));
}

bool PickleMachine::tuple(int count)
{
    PickleRef members[3];
    for (int i = count - 1; i >= 0; --i) {
        if (!pop(members[i]))
            return false;
    }
    return push(addContainer(PickleKind::Tuple, std::span(members, size_t(count))));
}

bool PickleMachine::addTo(PickleRef target, std::span<const PickleRef> members)
{
    switch (m_tree.kind(target)) {
    case PickleKind::List:
    case PickleKind::Dict:
    case PickleKind::Set:
    case PickleKind::Call: m_tree.append(target, members); return true;
    // Python would try: what a persistent id or a global stands for is not known here.
    case PickleKind::Global:
    case PickleKind::Persistent: return true;
    default: return damaged(ASSAY_TEXT("Reason", "it adds to something that holds nothing"));
    }
}

bool PickleMachine::append(int)
{
    PickleRef member, target;
    return pop(member) && top(target) && addTo(target, std::span(&member, 1));
}

bool PickleMachine::appendMarked(int multiple)
{
    std::vector<PickleRef> members;
    PickleRef target;
    if (!popMark(members) || !top(target))
        return false;
    if (multiple > 1 && members.size() % size_t(multiple) != 0)
        return damaged(ASSAY_TEXT("Reason", "it has a key without a value"));
    return addTo(target, members);
}

bool PickleMachine::setItem(int)
{
    PickleRef pair[2], target;
    return pop(pair[1]) && pop(pair[0]) && top(target) && addTo(target, pair);
}

bool PickleMachine::global(int)
{
    if (!readLine())
        return false;
    const std::string module = m_line;
    if (!readLine())
        return false;
    if (m_globals.size() >= m_limits.globals)
        return unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
    return push(addGlobal(module + "." + m_line));
}

bool PickleMachine::stackGlobal(int)
{
    PickleRef name, module;
    if (!pop(name) || !pop(module))
        return false;
    const auto known = [this](PickleRef node) {
        return m_tree.is(node, PickleKind::Text) && m_tree.text(node).size() == m_tree.length(node);
    };
    if (!known(name) || !known(module))
        return unknown(ASSAY_TEXT("Reason", "it computes the name of a global"));
    if (m_globals.size() >= m_limits.globals)
        return unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
    return push(addGlobal(std::string(m_tree.text(module)) + "." + std::string(m_tree.text(name))));
}

bool PickleMachine::extension(int bytes)
{
    // Stands for a global that the reading program has registered: which one is not in the file.
    if (!m_stream.number(bytes))
        return cutOff();
    return unknown(ASSAY_TEXT("Reason", "it names a global by a number of the program that wrote it"));
}

bool PickleMachine::persistentId(int)
{
    PickleRef id;
    if (!pop(id))
        return false;
    const PickleRef node = add(PickleKind::Persistent);
    m_tree.m_nodes[node].b = id;
    return push(node);
}

bool PickleMachine::idLine(int)
{
    const uint64_t position = m_stream.position();
    if (!readLine())
        return false;
    return push(addText(PickleKind::Text, position, m_line.size(), m_line)) && persistentId(0);
}

bool PickleMachine::call(int arguments)
{
    // NEWOBJ_EX has keyword arguments on top, which rebuild nothing that is read here.
    PickleRef keywords, positional, callee;
    if ((arguments == 2 && !pop(keywords)) || !pop(positional) || !pop(callee))
        return false;
    return push(addCall(callee, positional));
}

bool PickleMachine::object(int)
{
    std::vector<PickleRef> members;
    if (!popMark(members))
        return false;
    if (members.empty())
        return damaged(ASSAY_TEXT("Reason", "it takes from an empty stack"));
    const PickleRef arguments = addContainer(PickleKind::Tuple, std::span(members).subspan(1));
    return push(addCall(members.front(), arguments));
}

bool PickleMachine::instance(int)
{
    std::vector<PickleRef> members;
    if (!global(0))
        return false;
    const PickleRef callee = m_stack.back();
    m_stack.pop_back();
    if (!popMark(members))
        return false;
    const PickleRef arguments = addContainer(PickleKind::Tuple, members);
    return push(addCall(callee, arguments));
}

bool PickleMachine::build(int)
{
    PickleRef state, target;
    if (!pop(state) || !top(target))
        return false;
    if (m_tree.is(target, PickleKind::Call))
        m_tree.m_nodes[target].state = state;
    return true;
}

bool PickleMachine::remember(uint64_t index)
{
    PickleRef node;
    if (!top(node))
        return false;
    if (index >= m_limits.memo)
        return unknown(ASSAY_TEXT("Reason", "it is larger than any checkpoint needs"));
    if (index >= m_memo.size())
        m_memo.resize(size_t(index) + 1, kNoPickle);
    m_memoCount += m_memo[size_t(index)] == kNoPickle;
    m_memo[size_t(index)] = node;
    return true;
}

bool PickleMachine::recall(uint64_t index)
{
    if (index >= m_memo.size() || m_memo[size_t(index)] == kNoPickle)
        return damaged(ASSAY_TEXT("Reason", "it recalls what it never stored"));
    return push(m_memo[size_t(index)]);
}

bool PickleMachine::put(int bytes)
{
    const auto index = m_stream.number(bytes);
    return index ? remember(*index) : cutOff();
}

bool PickleMachine::get(int bytes)
{
    const auto index = m_stream.number(bytes);
    return index ? recall(*index) : cutOff();
}

bool PickleMachine::memoize(int)
{
    return remember(m_memoCount);
}

bool PickleMachine::buffer(int)
{
    return push(add(PickleKind::Buffer));
}

bool PickleMachine::readOnly(int)
{
    PickleRef node;
    return top(node);
}

} // namespace assay
