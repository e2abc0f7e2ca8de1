// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/numericalrank.h"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>

namespace assay {
namespace {

constexpr size_t kLeast = 3, kMost = 10000;

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

bool usable(const NumberTable &table)
{
    return table.fits() && std::min(table.rows, table.columns) >= kLeast && std::max(table.rows, table.columns) <= kMost
           && std::all_of(table.values.begin(), table.values.end(), [](double value) { return std::isfinite(value); });
}

std::vector<double> singularValues(const NumberTable &table)
{
    Eigen::MatrixXd centred = Eigen::Map<const Rows>(table.values.data(), Eigen::Index(table.rows), Eigen::Index(table.columns));
    centred.colwise() -= centred.rowwise().mean().eval();
    const Eigen::BDCSVD<Eigen::MatrixXd> decomposition(centred); // no vectors
    const auto &values = decomposition.singularValues();
    return {values.data(), values.data() + values.size()};
}

} // namespace

std::optional<RankGap> numericalRank(const NumberTable &table)
{
    if (!usable(table))
        return std::nullopt;
    RankGap out;
    out.singular = singularValues(table);
    if (!(out.singular.front() > 0))
        return std::nullopt;
    // What rounding leaves of zero has no logarithm that means anything.
    const double floor = out.singular.front() * std::numeric_limits<double>::epsilon() * double(std::max(table.rows, table.columns));
    const auto logarithm = [&](size_t i) { return std::log(std::max(out.singular[i], floor)); };
    // Rows that sum up to nothing have one dimension less than columns: that last fall says nothing of the model.
    const size_t real = std::min(out.singular.size(), table.columns - 1);
    for (size_t i = 0; i + 1 < real; ++i) {
        const double gap = logarithm(i) - logarithm(i + 1);
        if (gap > out.gap) {
            out.gap = gap;
            out.rank = i + 1;
        }
    }
    out.clear = out.gap > 1;
    return out;
}

} // namespace assay
