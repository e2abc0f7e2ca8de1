// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/pickle.h"
#include "core/format/bytestream.h"

#include <unordered_map>

namespace assay {

/// Runs a pickle's opcodes over inert nodes. A step gives false when the pickle cannot go on.
class PickleMachine
{
public:
    PickleMachine(const ByteSource &source, uint64_t begin, uint64_t end, const PickleLimits &limits);
    Pickle run();

private:
    using Step = bool (PickleMachine::*)(int parameter);
    struct Opcode
    {
        unsigned char code;
        Step step;
        int parameter;
    };
    static const Opcode kOpcodes[];
    static const Opcode *find(int code);

    bool damaged(const char *reason);
    bool unknown(const char *reason);
    bool cutOff();

    // The tree
    PickleRef add(PickleKind kind);
    PickleRef addInteger(int64_t value, PickleKind kind = PickleKind::Integer);
    PickleRef addContainer(PickleKind kind, std::span<const PickleRef> members = {});
    PickleRef addCall(PickleRef callee, PickleRef arguments);
    PickleRef addText(PickleKind kind, uint64_t position, uint64_t length, std::string_view kept);
    PickleRef addGlobal(const std::string &name);

    // The stack
    bool push(PickleRef node);
    bool pop(PickleRef &node);
    bool top(PickleRef &node);
    /// Takes what lies above the last mark.
    bool popMark(std::vector<PickleRef> &members);
    size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }

    // Steps: what they take besides the stack is in the parameter
    bool protocol(int), frame(int), stop(int), mark(int), popOne(int), popToMark(int), duplicate(int);
    bool constant(int kind), boolean(int value), integer(int bytes), real(int), longInteger(int bytes);
    bool decimalLine(int isLong), realLine(int), textLine(int escaped), idLine(int);
    bool text(int lengthBytes), bytes(int lengthBytes);
    bool empty(int kind), fromMark(int kind), tuple(int count);
    bool append(int), appendMarked(int), setItem(int);
    bool global(int), stackGlobal(int), extension(int bytes), persistentId(int);
    bool call(int arguments), object(int), instance(int), build(int);
    bool put(int bytes), putLine(int), get(int bytes), getLine(int), memoize(int);
    bool buffer(int), readOnly(int);

    bool pushPayload(PickleKind kind, uint64_t length);
    bool readLine();
    bool addTo(PickleRef target, std::span<const PickleRef> members);
    bool remember(uint64_t index);
    bool recall(uint64_t index);

    ByteStream m_stream;
    const PickleLimits m_limits;
    Pickle m_pickle;
    PickleTree &m_tree = m_pickle.tree;
    std::vector<PickleRef> m_stack;
    std::vector<size_t> m_marks;
    std::vector<PickleRef> m_memo; ///< by index; kNoPickle where nothing was stored
    size_t m_memoCount = 0;
    std::unordered_map<std::string, uint32_t> m_globals;
    std::string m_line;
    bool m_stopped = false;
};

} // namespace assay
