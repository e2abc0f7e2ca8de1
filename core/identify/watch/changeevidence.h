// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace assay {

/// Evidence for a change somewhere in a row of checks that one may look at after each. Each p, made of a fresh batch against all
/// earlier ones, becomes the e-value 0.5 / sqrt(p) (identity.md, 8); a change may have begun at each of `horizon` checks alike, so
/// the evidence is (sum over k <= n of e_k ... e_n + horizon - n) / horizon, a nonnegative supermartingale that begins at 1 while
/// nothing changes. By Ville's inequality it ever reaches 1 / alpha within the horizon with probability at most alpha. After so many
/// checks it begins anew.
class ChangeEvidence
{
public:
    ChangeEvidence(double alpha, int64_t horizon) : m_alpha(alpha), m_horizon(horizon) {}
    /// Takes in the next check's p. True: the evidence reached 1 / alpha.
    bool add(double p);
    double value() const;
    /// At how many checks before the last one (0: at the last one) the change most likely began.
    size_t checksSince() const { return m_since; }

private:
    double m_alpha;
    int64_t m_horizon;
    int64_t m_checks = 0;
    double m_sum = 0, m_highest = 0; ///< products: all of them; the one that is largest
    size_t m_since = 0;
};

/// A band that the values before a check give, and when leaving it is a change.
struct LeavingRule
{
    double least = 0.2;     ///< so far from the mean at least, in the statistic's unit
    double deviations = 4;  ///< and so many standard deviations
    size_t days = 3;        ///< so often one after the other
    size_t baseline = 14, skipped = 4; ///< values of the baseline, and how many between it and the value
    bool bothSides = false; ///< else only above
};
struct LeavingBand
{
    double mean = 0, low = 0, high = 0;
};
/// Of the value at this place; nothing while there are too few before it.
std::optional<LeavingBand> bandAt(std::span<const double> values, size_t place, const LeavingRule &rule);
/// Whether the last values left their bands `days` times running, all to the same side (B3IT; identity.md, 3).
bool leaves(std::span<const double> values, const LeavingRule &rule);

} // namespace assay
