// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/pickletree.h"

namespace assay {
namespace {
constexpr uint32_t kNoRun = ~uint32_t(0);
}

bool PickleTree::hasRuns(PickleRef node) const
{
    switch (kind(node)) {
    case PickleKind::Tuple:
    case PickleKind::List:
    case PickleKind::Dict:
    case PickleKind::Set:
    case PickleKind::Call: return true;
    default: return false;
    }
}

int64_t PickleTree::integer(PickleRef node) const
{
    return is(node, PickleKind::Integer) || is(node, PickleKind::Bool) ? m_nodes[node].integer : 0;
}

double PickleTree::real(PickleRef node) const
{
    return is(node, PickleKind::Real) ? m_nodes[node].real : 0;
}

std::string_view PickleTree::text(PickleRef node) const
{
    if (!is(node, PickleKind::Text) && !is(node, PickleKind::Bytes))
        return {};
    return std::string_view(m_text).substr(m_nodes[node].a, m_nodes[node].b);
}

uint64_t PickleTree::length(PickleRef node) const
{
    return is(node, PickleKind::Text) || is(node, PickleKind::Bytes) ? m_payloads[size_t(m_nodes[node].integer)].length
                                                                      : 0;
}

uint64_t PickleTree::position(PickleRef node) const
{
    return is(node, PickleKind::Text) || is(node, PickleKind::Bytes)
               ? m_payloads[size_t(m_nodes[node].integer)].position
               : 0;
}

std::string_view PickleTree::global(PickleRef node) const
{
    return is(node, PickleKind::Global) ? std::string_view(m_globals[m_nodes[node].a]) : std::string_view();
}

PickleRef PickleTree::callee(PickleRef node) const
{
    return is(node, PickleKind::Call) ? m_nodes[node].a : kNoPickle;
}

PickleRef PickleTree::arguments(PickleRef node) const
{
    return is(node, PickleKind::Call) || is(node, PickleKind::Persistent) ? m_nodes[node].b : kNoPickle;
}

PickleRef PickleTree::state(PickleRef node) const
{
    return is(node, PickleKind::Call) ? m_nodes[node].state : kNoPickle;
}

std::vector<PickleRef> PickleTree::items(PickleRef node) const
{
    std::vector<PickleRef> out;
    if (!hasRuns(node))
        return out;
    for (uint32_t run = m_nodes[node].runs.head; run != kNoRun; run = m_runs[run].next) {
        const auto first = m_items.begin() + m_runs[run].first;
        out.insert(out.end(), first, first + m_runs[run].count);
    }
    return out;
}

PickleRef PickleTree::item(PickleRef node, size_t index) const
{
    if (!hasRuns(node))
        return kNoPickle;
    for (uint32_t run = m_nodes[node].runs.head; run != kNoRun; run = m_runs[run].next) {
        if (index < m_runs[run].count)
            return m_items[m_runs[run].first + index];
        index -= m_runs[run].count;
    }
    return kNoPickle;
}

uint64_t PickleTree::bytes() const
{
    return m_nodes.capacity() * sizeof(Node) + m_items.capacity() * sizeof(PickleRef) + m_runs.capacity() * sizeof(Run)
           + m_payloads.capacity() * sizeof(Payload) + m_text.capacity();
}

void PickleTree::append(PickleRef node, std::span<const PickleRef> members)
{
    if (members.empty())
        return;
    const auto first = uint32_t(m_items.size());
    m_items.insert(m_items.end(), members.begin(), members.end());
    Runs &runs = m_nodes[node].runs;
    const bool begun = runs.head != kNoRun;
    if (begun && m_runs[runs.tail].first + m_runs[runs.tail].count == first) {
        m_runs[runs.tail].count += uint32_t(members.size());
        return;
    }
    const auto run = uint32_t(m_runs.size());
    m_runs.push_back({first, uint32_t(members.size()), kNoRun});
    if (begun)
        m_runs[runs.tail].next = run;
    else
        runs.head = run;
    runs.tail = run;
}

} // namespace assay
