// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/picklereport.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A node of a pickle's tree: an index, so that no depth of nesting can exhaust the program's own stack.
using PickleRef = uint32_t;
constexpr PickleRef kNoPickle = ~PickleRef(0);

/// What a pickle's opcodes leave behind. Nothing is ever looked up or called: a Global is two texts, and a Call notes
/// that Python would call something (REDUCE, NEWOBJ, NEWOBJ_EX, INST, OBJ).
enum class PickleKind : uint8_t {
    None, Bool, Integer, LongInteger, Real, Text, Bytes, Tuple, List, Dict, Set, Global, Call, Persistent, Buffer
};

/// The inert objects of one pickle. Accessors of a kind that a node is not give zero, empty or kNoPickle.
class PickleTree
{
public:
    PickleKind kind(PickleRef node) const { return node < m_nodes.size() ? m_nodes[node].kind : PickleKind::None; }
    bool is(PickleRef node, PickleKind wanted) const { return node < m_nodes.size() && m_nodes[node].kind == wanted; }
    int64_t integer(PickleRef node) const; ///< of Integer and Bool
    double real(PickleRef node) const;
    /// Of Text and Bytes; empty when the content was too long to be kept.
    std::string_view text(PickleRef node) const;
    uint64_t length(PickleRef node) const;   ///< of Text and Bytes: their bytes in the stream
    uint64_t position(PickleRef node) const; ///< of Text and Bytes: where they begin in the source
    /// "module.name" of a Global.
    std::string_view global(PickleRef node) const;
    PickleRef callee(PickleRef node) const;    ///< of Call
    PickleRef arguments(PickleRef node) const; ///< of Call: mostly a Tuple; of Persistent: the id
    PickleRef state(PickleRef node) const;     ///< of Call: what BUILD gave last
    /// Of Tuple, List, Set: the members; of Dict: keys and values in turn; of Call: what was appended or set later.
    std::vector<PickleRef> items(PickleRef node) const;
    /// The only way to a tuple's member without copying them all: null-like kNoPickle beyond the end.
    PickleRef item(PickleRef node, size_t index) const;
    size_t size() const { return m_nodes.size(); }
    uint64_t bytes() const; ///< of memory

private:
    friend class PickleMachine;

    /// Members are kept in runs within m_items, as a list may grow after others were made.
    struct Run
    {
        uint32_t first, count, next;
    };
    struct Runs
    {
        uint32_t head, tail;
    };
    struct Node
    {
        PickleKind kind;
        uint32_t a = 0, b = 0; ///< Text, Bytes: place and length in m_text; Call: callee, arguments; Global: index
        PickleRef state = kNoPickle;
        union {
            int64_t integer; ///< of Text and Bytes the position in m_payloads
            double real;
            Runs runs;
        };
    };
    struct Payload
    {
        uint64_t position, length;
    };

    bool hasRuns(PickleRef node) const;
    void append(PickleRef node, std::span<const PickleRef> members);

    std::vector<Node> m_nodes;
    std::vector<PickleRef> m_items;
    std::vector<Run> m_runs;
    std::vector<Payload> m_payloads;
    std::vector<std::string> m_globals;
    std::string m_text;
};

} // namespace assay
