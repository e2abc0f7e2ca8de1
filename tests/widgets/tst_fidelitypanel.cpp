// SPDX-License-Identifier: GPL-3.0-or-later
// What the panel of fidelity shows, and what its boxes of what-ifs ask for.
#include "core/evaluate/fidelity/fidelity.h"
#include "core/service/translation.h"
#include "widgets/accuracy/fidelitypanel.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/compare/chartgrid.h"
#include "widgets/shell/whatifboxes.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTreeView>
#include <QtTest>

using namespace assay;

namespace {

ComparedSubject subject(Role role, const char *name)
{
    ComparedSubject out;
    out.role = role;
    out.subject = {std::string("/models/") + name, name, std::string("f-") + name};
    return out;
}

FidelityRun heldAgainst(const ComparedSubject &reference, const ComparedSubject &other)
{
    FidelityRun run;
    run.header.subject = other.subject;
    run.protocol.reference = reference.subject;
    run.protocol.dtype = "f32";
    run.protocol.text = "text.txt";
    run.columns.divergence = {0.01f, 0.02f};
    run.columns.nllReference = run.columns.nllOther = {1, 2};
    run.columns.sameTop = {1, 0};
    run.columns.chunkEnds = {1, 2};
    return run;
}

void show(FidelityPanel &panel, const Comparison &comparison)
{
    ComparisonView figures;
    figures.subjects = columnsOf(comparison);
    figures.rows = fidelityTable(comparison);
    panel.setContents(fidelityCharts(comparison), figures);
}

} // namespace

class TestFidelityPanel : public QObject
{
    Q_OBJECT

private slots:
    void emptySaysWhatToDo()
    {
        FidelityPanel panel;
        panel.QWidget::show();
        QVERIFY(panel.hint().contains(QStringLiteral("assay fidelity")));
        const QSignalSpy asked(&panel, &FidelityPanel::startRequested);
        const auto buttons = panel.findChildren<QPushButton *>();
        const auto shown = std::ranges::find_if(buttons, [](const QPushButton *one) { return one->isVisible(); });
        QVERIFY(shown != buttons.end());
        (*shown)->click();
        QCOMPARE(asked.count(), 1);
    }

    void figuresAndReasons()
    {
        Comparison comparison;
        comparison.subjects = {subject(Role::Full, "full"), subject(Role::Distilled, "small"), subject(Role::Base, "other")};
        comparison.fidelity = {std::make_shared<FidelityRun>(heldAgainst(comparison.subjects[0], comparison.subjects[1]))};
        FidelityPanel panel;
        panel.QWidget::show();
        show(panel, comparison);
        QTRY_VERIFY(panel.charts()->charts().size() >= 4); // they come one by one
        QVERIFY(panel.hint().isEmpty());
        const QAbstractItemModel *figures = panel.figures()->model();
        QCOMPARE(figures->rowCount(), 1);
        const QModelIndex group = figures->index(0, 0);
        QVERIFY(group.data().toString().contains(QStringLiteral("full on text.txt")));
        QStringList labels;
        for (int row = 0; row < figures->rowCount(group); ++row)
            labels << figures->index(row, 0, group).data().toString();
        const int same = int(labels.indexOf(QStringLiteral("Same likeliest token (%)")));
        QVERIFY(same >= 0);
        QVERIFY(figures->index(same, 2, group).data().toString().startsWith(QStringLiteral("50")));
        QCOMPARE(figures->index(same, 3, group).data().toString(), QStringLiteral("-"));

        FidelityRun refused = heldAgainst(comparison.subjects[0], comparison.subjects[2]);
        refused.columns = {};
        refused.notCompared = Error{ErrorCode::Cancelled, {}, {}};
        comparison.fidelity = {std::make_shared<FidelityRun>(refused)};
        show(panel, comparison);
        const QString why = toQString(refused.notCompared->sentence());
        QVERIFY2(panel.hint().contains(why) && panel.hint().contains(QStringLiteral("other")), qPrintable(panel.hint()));
        QVERIFY(!panel.figures()->isHidden());
    }

    void whatIfsAreNamed()
    {
        WhatIfBoxes boxes;
        QVERIFY(boxes.chosen().empty());
        const QSignalSpy changed(&boxes, &WhatIfBoxes::changed);
        for (QCheckBox *box : boxes.findChildren<QCheckBox *>())
            box->click();
        boxes.findChild<QSpinBox *>()->setValue(30);
        QCOMPARE(changed.count(), 4);
        QCOMPARE(boxes.chosen(), (std::vector<std::string>{"int8", "prune30", "prune2:4"}));
    }
};

QTEST_MAIN(TestFidelityPanel)
#include "tst_fidelitypanel.moc"
