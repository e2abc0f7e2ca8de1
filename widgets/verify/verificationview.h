// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/verification.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;
class QVBoxLayout;

namespace assay {

class ChartGrid;
class ClaimModel;
class ClaimWidths;
class FilterBar;
class GroupedRows;
class VerdictBanner;

/// One verification: verdict, why, what is open, what would decide; claims; evidence tier by tier; charts; nearest models; odds; how it was
/// checked. Another prior is judged at once, from the same evidence; nothing is asked again.
class VerificationView : public QWidget
{
    Q_OBJECT
public:
    explicit VerificationView(QWidget *parent = nullptr);
    void setVerification(const Verification &verification);
    const Verification &verification() const { return m_shown; } ///< with the verdict under the prior that stands in the field
    void focusFilter();

    VerdictBanner *banner() const { return m_banner; }
    QTreeView *claims() const { return m_claimsView; }
    QTreeView *odds() const { return m_oddsView; }
    QTreeView *nearest() const { return m_nearestView; }
    ChartGrid *charts() const { return m_charts; }
    QLineEdit *prior() const { return m_prior; }
    QString summary() const; ///< why, what is open, what would decide, notes

signals:
    void judged(); ///< anew, by another prior
    void priorLeft(); ///< the field, or Return in it
    void pictureFailed(const QString &message);

private:
    QWidget *buildContent();
    QWidget *buildClaims();
    QWidget *buildOdds();
    QLabel *addHeading(QVBoxLayout *column, const QString &text);
    void judgeAgain();
    void showVerdict();
    void showClaims();
    void showEvidence();
    void showNearest();
    void showTables();

    Verification m_shown;
    VerdictBanner *m_banner;
    QLabel *m_summary = nullptr;
    QLabel *m_claimsHeading = nullptr, *m_nearestHeading = nullptr, *m_oddsHeading = nullptr, *m_chartsHeading = nullptr;
    QWidget *m_claimsPart = nullptr;
    FilterBar *m_filter = nullptr;
    ClaimModel *m_claims;
    QSortFilterProxyModel *m_sorted;
    ClaimWidths *m_claimWidths = nullptr;
    QTreeView *m_claimsView = nullptr, *m_nearestView = nullptr, *m_oddsView = nullptr, *m_testsView = nullptr, *m_protocolView = nullptr;
    GroupedRows *m_nearest;
    QWidget *m_cards = nullptr;
    ChartGrid *m_charts = nullptr;
    QLineEdit *m_prior = nullptr;
    QLabel *m_priorProblem = nullptr;
};

} // namespace assay
