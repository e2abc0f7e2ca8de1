// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/statistics/similarity.h"

#include <Eigen/Dense>
#include <cmath>

namespace assay {
namespace {

constexpr size_t kMostRows = 4096;

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// XX' of centred columns: ||Y'X||^2 is the sum over products of two such, so that widths do not matter.
Eigen::MatrixXd centredGram(const NumberTable &table)
{
    const Rows rows = Eigen::Map<const Rows>(table.values.data(), Eigen::Index(table.rows), Eigen::Index(table.columns));
    const Rows centred = rows.rowwise() - rows.colwise().mean();
    return centred * centred.transpose();
}

} // namespace

std::optional<double> linearCka(const NumberTable &x, const NumberTable &y)
{
    if (!x.fits() || !y.fits() || x.rows != y.rows || x.rows < 2 || x.rows > kMostRows)
        return std::nullopt;
    const Eigen::MatrixXd a = centredGram(x), b = centredGram(y);
    const double cka = a.cwiseProduct(b).sum() / (a.norm() * b.norm());
    return std::isfinite(cka) ? std::optional(cka) : std::nullopt;
}

} // namespace assay
