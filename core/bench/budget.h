// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/plan.h"
#include "core/bench/requestrecord.h"

#include <map>
#include <mutex>
#include <optional>

namespace assay {

/// What requests used up.
struct Spend
{
    int64_t requests = 0; ///< tries: a repeated request is paid twice
    int64_t promptTokens = 0, completionTokens = 0, cachedTokens = 0; ///< cached ones are among the prompt's
    bool operator==(const Spend &) const = default;
    Spend &operator+=(const Spend &other);
    int64_t tokens() const { return promptTokens + completionTokens; }
};
/// In the prices' currency.
double moneyOf(const Spend &spend, const Prices &prices);
/// By the server's own counts; without them by the prompt's length as it was asked for and the pieces that came. What was
/// never answered costs nothing.
Spend spendOf(const RequestRecord &record);

/// Keeps a run within its limits: a request may go out only if even the worst case of all that are under way stays below.
/// Safe from several threads.
class Budget
{
public:
    Budget(PlanLimits limits, std::optional<Prices> prices);
    /// What was spent before, by an earlier part of the run.
    void add(const RequestRecord &record);
    void add(const Spend &spent);
    /// Asks for a request of at most so many tokens and tries. False: it would perhaps pass a limit; reached() says which.
    bool reserve(int64_t index, int64_t promptTokens, int64_t outputTokens, int64_t tries);
    /// A try ended: its worst case is replaced by what it did cost.
    void settle(const RequestRecord &record);
    /// Gives back what tries of this request that never came had reserved.
    void release(int64_t index);

    Spend spent() const;
    std::optional<double> money() const; ///< spent; nothing without prices
    PlanLimit reached() const;           ///< the limit that refused a request

private:
    struct Reservation
    {
        Spend each;        ///< of one try
        int64_t tries = 0; ///< that may still come
    };
    PlanLimit passedBy(const Spend &spend) const;

    const PlanLimits m_limits;
    const std::optional<Prices> m_prices;
    mutable std::mutex m_mutex;
    Spend m_spent, m_reserved;
    std::map<int64_t, Reservation> m_open;
    PlanLimit m_reached = PlanLimit::None;
};

} // namespace assay
