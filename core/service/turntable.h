// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace assay {

/// Lets several measurements take turns, A B C A B C, so that drift (heat, the hour) hits all alike. Safe from any thread.
class TurnTable
{
public:
    /// A place at the table, in the order of the joining. Everybody joins before the first turn.
    int join(std::string name);
    /// The names of all the others who joined and have not left.
    std::vector<std::string> others(int place) const;
    /// Asks for the place's next turn; granted is called when it is there, perhaps at once, on the thread that makes way.
    void ask(int place, std::function<void()> granted);
    /// The turn is over.
    void pass(int place);
    /// Takes no more turns; also in the midst of one, or while asking.
    void leave(int place);

private:
    struct Place
    {
        std::string name;
        bool here = true;
        std::function<void()> asking;
    };
    std::function<void()> next(); ///< whom to call now
    mutable std::mutex m_mutex;
    std::vector<Place> m_places;
    size_t m_turn = 0;    ///< whose turn it is, or will be
    bool m_taken = false; ///< it is measuring
};

} // namespace assay
