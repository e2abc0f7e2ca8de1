// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/turntable.h"

#include <algorithm>
#include <utility>

namespace assay {

int TurnTable::join(std::string name)
{
    const std::lock_guard lock(m_mutex);
    m_places.push_back({std::move(name), true, {}});
    return int(m_places.size()) - 1;
}

std::vector<std::string> TurnTable::others(int place) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> names;
    for (size_t i = 0; i < m_places.size(); ++i) {
        if (i != size_t(place) && m_places[i].here)
            names.push_back(m_places[i].name);
    }
    return names;
}

std::function<void()> TurnTable::next()
{
    const auto anybody = std::ranges::any_of(m_places, &Place::here);
    if (m_taken || !anybody)
        return {};
    while (!m_places[m_turn].here)
        m_turn = (m_turn + 1) % m_places.size();
    // Nobody overtakes: a subject that is still being loaded is waited for.
    if (!m_places[m_turn].asking)
        return {};
    m_taken = true;
    return std::exchange(m_places[m_turn].asking, {});
}

void TurnTable::ask(int place, std::function<void()> granted)
{
    std::function<void()> call;
    {
        const std::lock_guard lock(m_mutex);
        m_places[size_t(place)].asking = std::move(granted);
        call = next();
    }
    if (call)
        call();
}

void TurnTable::pass(int place)
{
    std::function<void()> call;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_taken || m_turn != size_t(place))
            return;
        m_taken = false;
        m_turn = (m_turn + 1) % m_places.size();
        call = next();
    }
    if (call)
        call();
}

void TurnTable::leave(int place)
{
    std::function<void()> call;
    {
        const std::lock_guard lock(m_mutex);
        Place &left = m_places[size_t(place)];
        if (!left.here)
            return;
        left.here = false;
        left.asking = {};
        if (m_taken && m_turn == size_t(place))
            m_taken = false;
        call = next();
    }
    if (call)
        call();
}

} // namespace assay
