// SPDX-License-Identifier: GPL-3.0-or-later
// The Accuracy page: charts of one suite, the list of answers with its filters, two answers side by side.
#include "core/evaluate/imports/imports.h"
#include "tests/widgets/comparesupport.h"
#include "widgets/accuracy/accuracypage.h"
#include "widgets/accuracy/accuracytools.h"
#include "widgets/accuracy/answerfilters.h"
#include "widgets/accuracy/answermodel.h"
#include "widgets/accuracy/answerpane.h"
#include "widgets/accuracy/answersview.h"
#include "widgets/accuracy/questionpane.h"
#include "widgets/chart/chartwidget.h"
#include "widgets/common/theme.h"
#include "widgets/compare/chartgrid.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <cmath>

using namespace assay;

namespace {

struct AccuracyUnderTest
{
    Workspace workspace;
    RunLibrary runs{QString()};
    AccuracyPage page{&workspace, &runs};

    AccuracyUnderTest()
    {
        page.resize(1280, 800);
        page.show();
    }
    QString state() const { return page.findChild<StatePage *>()->sentence(); }
    void open(const QStringList &paths)
    {
        for (const QString &path : paths)
            workspace.open(path);
        QTRY_VERIFY_WITH_TIMEOUT(!workspace.loading(), 30000);
    }
    /// Items 0 ... n-1; the first `right` are right, the next ten truncated, the rest wrong.
    void answer(size_t subject, int right, int n)
    {
        EvaluationRun run;
        run.header.id = "evaluation-" + std::to_string(subject);
        run.header.subject = workspace.subjects()[subject]->reference();
        run.header.startedAt = "2026-11-21T20:00:00Z";
        run.protocol.suite = "sums";
        run.protocol.suiteTitle = "Sums";
        run.protocol.suiteFingerprint = "1";
        run.protocol.suiteItems = uint64_t(n);
        runs.begin(run);
        for (int i = 0; i < n; ++i) {
            ItemResult item;
            item.itemId = "item-" + std::to_string(i);
            item.task = i % 2 ? "odd" : "even";
            item.expected = std::to_string(i);
            item.axes = {{"context", double(1 + i % 4)}, {"depth", double(i / 4 % 4)}};
            item.judged.outcome = i < right ? Outcome::Right : i < right + 10 ? Outcome::Truncated : Outcome::Wrong;
            item.given.output = "<think>It may be 7.</think>\nSo the \u00e4nswer is " + std::to_string(i) + ", surely.";
            item.given.outputTokens = 12;
            item.given.promptTokens = 5 + i % 7;
            item.given.seconds = subject == 0 ? 0.5 : 0.1;
            item.judged.extracted = std::to_string(i);
            item.judged.rule = "last number";
            item.judged.from = item.given.output.find("is " + std::to_string(i)) + 3;
            item.judged.length = item.judged.extracted.size();
            runs.append(run.header.id, item);
        }
        runs.finish(run.header.id, RunState::Finished);
    }
    AnswerModel *model() const { return page.answers()->model(); }
    void waitForSubjects(size_t count)
    {
        QTRY_COMPARE_WITH_TIMEOUT(page.answers()->panes().size(), count, 30000);
    }
    ChartWidget *chart(const std::string &id) const
    {
        for (ChartWidget *chart : page.charts()->charts()) {
            if (chart->spec().id == id)
                return chart;
        }
        return nullptr;
    }
    ~AccuracyUnderTest() { page.hide(); }
};

} // namespace

class TestAccuracyPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        comparepages::useOwnSettings(m_folder);
    }

    void emptySaysWhatToDo()
    {
        AccuracyUnderTest test;
        QVERIFY(test.state().contains(QLatin1String("Open models")));
        QSignalSpy open(&test.page, &AccuracyPage::openRequested), measure(&test.page, &AccuracyPage::measureRequested);
        test.page.findChild<StatePage *>()->buttonClicked();
        QCOMPARE(open.count(), 1);
        test.open(comparepages::writeFamily(m_folder).mid(0, 1));
        QTRY_VERIFY(test.state().contains(QLatin1String("No suite has been answered")));
        test.page.findChild<StatePage *>()->buttonClicked();
        QCOMPARE(measure.count(), 1);
        save(test.page, "accuracy-empty");
    }

    void oneSubjectHasItsAnswers()
    {
        AccuracyUnderTest test;
        test.open(comparepages::writeFamily(m_folder).mid(0, 1));
        test.answer(0, 30, 50);
        test.waitForSubjects(1);
        QTRY_COMPARE(test.model()->rowCount(), 50);
        QVERIFY(test.page.headline().isEmpty()); // there is nobody to stand against
        QTRY_VERIFY(test.chart("accuracy") && !test.chart("flips_1"));
        save(test.page, "accuracy-one");
    }

    void threeSubjectsAreComparedAndFiltered()
    {
        AccuracyUnderTest test;
        test.open(comparepages::writeFamily(m_folder));
        const int right[] = {170, 150, 90};
        for (size_t i = 0; i < 3; ++i)
            test.answer(i, right[i], 200);
        test.waitForSubjects(3);
        QTRY_COMPARE(test.model()->rowCount(), 200);
        QVERIFY2(test.page.headline().contains(QLatin1String("inferior")), qPrintable(test.page.headline()));
        QTRY_VERIFY(test.chart("routing_1") && test.chart("flips_2") && test.chart("surface_difference_sums_1"));
        save(test.page, "accuracy-three");

        // Full right, distilled not.
        AnswerFilters *filters = test.page.answers()->filters();
        filters->presets()->setCurrentIndex(1);
        emit filters->presets()->activated(1);
        QCOMPARE(test.model()->rowCount(), 20);
        QCOMPARE(test.model()->data(test.model()->index(0, AnswerModel::Item), Qt::DisplayRole).toString(), QStringLiteral("item-150"));
        QVERIFY(test.model()->data(test.model()->index(0, AnswerModel::FirstSubject + 1), Qt::DisplayRole).toString().startsWith(QLatin1String("truncated")));
        test.page.showAnswers();
        const auto &panes = test.page.answers()->panes();
        QTRY_COMPARE(panes[0]->shownMark(), QStringLiteral("150"));
        QVERIFY(panes[0]->shownText().contains(QString::fromUtf8("So the \u00e4nswer is 150")));
        QVERIFY(!panes[0]->shownText().contains(QLatin1String("It may be 7")) && !panes[0]->thinkingShown());
        QVERIFY2(panes[0]->judgementLine().contains(QLatin1String("rule: last number")), qPrintable(panes[0]->judgementLine()));
        panes[0]->showThinking(true);
        QVERIFY(panes[0]->thinkingShown());
        save(test.page, "accuracy-answers");
        QApplication::setPalette(darkPalette());
        save(test.page, "accuracy-answers-dark");
        QApplication::setPalette(lightPalette());
    }

    void marginMovesTheVerdicts()
    {
        AccuracyUnderTest test;
        test.open(comparepages::writeFamily(m_folder).mid(0, 2));
        test.answer(0, 180, 200);
        test.answer(1, 170, 200);
        test.waitForSubjects(2);
        QTRY_VERIFY(test.chart(kAccuracyForest) && !test.chart(kAccuracyForest)->spec().series.empty());
        const auto verdict = [&] { return QString::fromStdString(test.chart(kAccuracyForest)->spec().series[0].points[0].mark); };
        QCOMPARE(verdict(), QStringLiteral("inferior"));
        test.page.tools()->margin()->setValue(20);
        QTRY_COMPARE(verdict(), QStringLiteral("not inferior"));
        // The line of the chart is the same margin.
        emit test.chart(kAccuracyForest)->lineMoved(QLatin1String(kMarginHandle), -2.5);
        QCOMPARE(test.page.tools()->margin()->value(), 2.5);
    }

    void aCellShowsItsAnswers()
    {
        AccuracyUnderTest test;
        test.open(comparepages::writeFamily(m_folder).mid(0, 2));
        test.answer(0, 180, 200);
        test.answer(1, 170, 200);
        test.waitForSubjects(2);
        QTRY_VERIFY(test.chart("flips_1") && !test.chart("flips_1")->spec().categories.empty());
        const auto &names = test.chart("flips_1")->spec().categories;
        const auto truncated = std::find(names.begin(), names.end(), "truncated");
        QVERIFY(truncated != names.end());
        emit test.chart("flips_1")->cellChosen(int(truncated - names.begin()), 0); // full right, distilled truncated
        QCOMPARE(test.model()->rowCount(), 10);
        QVERIFY(test.page.answers()->isVisible());
    }

    /// Twelve sums, asked of two subjects. Whoever looks for the last number finds it; whoever wants the answer to stand alone does not.
    static Suite sums()
    {
        Suite suite;
        suite.name = "sums";
        suite.title = "Sums";
        suite.scorer.name = "gsm8k_flexible";
        for (int i = 0; i < 12; ++i) {
            SuiteItem item;
            item.id = "item-" + std::to_string(i);
            item.prompt = "What is " + std::to_string(i) + " + 0?\x1b[31m";
            item.answers = {std::to_string(i)};
            suite.items.push_back(item);
        }
        settle(suite);
        return suite;
    }
    static EvaluationRun answersOf(const Suite &suite, const std::string &name, int right)
    {
        EvaluationRun run;
        run.header.id = "run-of-" + name;
        run.header.subject = {"another-tool:" + name, name, {}};
        run.header.state = RunState::Finished;
        run.protocol.suite = suite.name;
        run.protocol.suiteTitle = suite.title;
        run.protocol.suiteFingerprint = suite.fingerprint;
        run.protocol.suiteItems = suite.items.size();
        run.protocol.tool = "another tool 1";
        run.protocol.scorer = "its own";
        for (int i = 0; i < int(suite.items.size()); ++i) {
            Answer answer;
            answer.output = "It is " + std::to_string(i < right ? i : i + 1);
            run.items.push_back(judgedRow(suite, suite.items[size_t(i)], answer));
        }
        return run;
    }

    /// Runs of other tools have no model here; they are shown all the same, judged by another rule and back.
    void storedRunsAreJudgedAnewAndBack()
    {
        AccuracyUnderTest test;
        const auto suite = std::make_shared<const Suite>(sums());
        test.runs.keepSuite(suite);
        test.runs.begin(answersOf(*suite, "weak", 4));
        test.runs.begin(answersOf(*suite, "strong", 9));
        test.waitForSubjects(2);
        QTRY_COMPARE(test.model()->rowCount(), 12);
        QCOMPARE(test.page.tools()->references()->currentText(), QStringLiteral("strong")); // the most accurate one
        QVERIFY(!test.page.tools()->undo()->isEnabled());
        const auto rights = [&] {
            const auto table = test.model()->table();
            int count = 0;
            for (size_t row = 0; row < table->size(); ++row)
                count += table->outcome(0, row) == Outcome::Right;
            return count;
        };
        QCOMPARE(rights(), 9); // strong comes first by name

        test.page.showAnswers();
        QTRY_COMPARE(test.page.answers()->question()->shownText(), QStringLiteral("What is 0 + 0?\uFFFD[31m"));
        QVERIFY(test.page.answers()->question()->line().contains(u'0'));

        QComboBox *judges = test.page.tools()->judges();
        QCOMPARE(judges->currentText(), QStringLiteral("its own"));
        const int exact = judges->findData(QStringLiteral("exact_match"));
        QVERIFY(exact > 0 && judges->findData(QStringLiteral("acc_norm")) < 0); // that one asks for choices
        judges->setCurrentIndex(exact);
        emit judges->activated(exact);
        QTRY_COMPARE(rights(), 0); // "It is 3" is not "3"
        QTRY_VERIFY(test.chart("accuracy")->spec().series.at(0).points.at(0).y == 0);
        QCOMPARE(judges->currentData().toString(), QStringLiteral("exact_match"));
        QVERIFY(test.page.tools()->undo()->isEnabled());
        save(test.page, "accuracy-rejudged");
        test.page.tools()->undo()->click();
        QTRY_COMPARE(rights(), 9);
        QTRY_COMPARE(judges->currentText(), QStringLiteral("its own"));
        QVERIFY(!test.page.tools()->undo()->isEnabled());

        QComboBox *references = test.page.tools()->references();
        const int weak = references->findText(QStringLiteral("weak"));
        references->setCurrentIndex(weak);
        emit references->activated(weak);
        QTRY_VERIFY(test.chart("flips_0") && !test.chart("flips_1")); // strong is held against weak now
    }

    void questionsThatWereNotKeptAreSaid()
    {
        AccuracyUnderTest test;
        test.runs.begin(answersOf(sums(), "alone", 4));
        test.waitForSubjects(1);
        test.page.showAnswers();
        QTRY_VERIFY(test.page.answers()->question()->line().contains(QLatin1String("not kept")));
        QSignalSpy failed(&test.page, &AccuracyPage::failed);
        QComboBox *judges = test.page.tools()->judges();
        judges->setCurrentIndex(judges->findData(QStringLiteral("exact_match")));
        emit judges->activated(judges->currentIndex());
        QTRY_COMPARE(failed.count(), 1); // SuiteMissing: what was judged stays
        QVERIFY(!test.page.tools()->undo()->isEnabled());
        QCOMPARE(test.model()->table()->outcome(0, 0), std::optional(Outcome::Right));
    }

    /// GSM8K's 1,319 questions as four published systems answered them (their README: 21.7, 39.0, 34.7 and 56.3 %).
    void fourSystemsOnRealQuestions()
    {
        const QString shared = qEnvironmentVariable("ASSAY_SHARED", QStringLiteral(ASSAY_SOURCE_DIR "/../shared"));
        const QString file = shared + QStringLiteral("/reference-qa/gsm8k-example_model_solutions.jsonl.gz");
        if (!QFile::exists(file))
            QSKIP("the published answers are not here (ASSAY_SHARED)");
        auto import = importResults(file.toStdString());
        QVERIFY(import && import->runs.size() == 4);
        AccuracyUnderTest test;
        for (ImportedRun &one : import->runs) {
            test.runs.keepSuite(std::make_shared<const Suite>(std::move(one.suite)));
            test.runs.begin(one.run);
        }
        test.waitForSubjects(4);
        QTRY_COMPARE_WITH_TIMEOUT(test.model()->rowCount(), 1319, 30000);
        QCOMPARE(test.page.tools()->references()->currentText(), QStringLiteral("175b_verification"));
        for (const char *id : {"flips_0", "gap_2", "flips_3"})
            QTRY_VERIFY2(test.chart(id), id); // they are drawn one after the other
        std::vector<int> rates;
        for (const ChartSeries &series : test.chart("accuracy")->spec().series)
            rates.push_back(int(std::lround(series.points.at(0).y * 1000)));
        QCOMPARE(rates, (std::vector<int>{347, 563, 217, 390}));
        const auto &forest = test.chart(kAccuracyForest)->spec();
        QCOMPARE(forest.series.size(), size_t(3));
        for (const ChartSeries &series : forest.series)
            QCOMPARE(series.points.at(0).mark, std::string("inferior"));
        // Nobody recorded what these answers cost: the curve counts calls to the best, from none (34.7 %) to all (56.3 %).
        QTRY_VERIFY(test.chart("routing_0") && !test.chart("routing_0")->spec().series.empty());
        const auto &curve = test.chart("routing_0")->spec().series[0].points;
        QVERIFY(curve.front().x == 0 && std::lround(curve.front().y * 1000) == 347);
        QVERIFY(curve.back().x == 1 && std::lround(curve.back().y * 1000) == 563);
        // The question's length routes these no better than chance (APGR 0.46), and the chart says so.
        const std::string &note = test.chart("routing_0")->spec().note;
        QVERIFY2(note.find("better than chance") == std::string::npos && note.find("APGR 0.4") != std::string::npos, note.c_str());
        save(*test.chart("routing_0"), "gsm8k-routing");
        saveInEveryLook(test.page, "gsm8k-charts");
        test.page.showAnswers();
        QTRY_VERIFY(test.page.answers()->question()->shownText().contains(QLatin1String("?")));
        saveInEveryLook(test.page, "gsm8k-answers");
    }

    void hostileTextIsHarmless()
    {
        AnswerPane pane;
        pane.resize(500, 400);
        pane.show();
        pane.setSubject({"evil", "/evil", {}, Role::Other, 0});
        ItemResult row;
        row.itemId = "x";
        row.judged.outcome = Outcome::Wrong;
        row.given.output = std::string(10 << 20, 'a') + std::string("\0\x1b[31m\xff\xfe 42", 11);
        row.judged.from = row.given.output.size() - 2;
        row.judged.length = 2;
        pane.setAnswer(row);
        QVERIFY(pane.shownText().size() < 100000);
        QCOMPARE(pane.shownMark(), QStringLiteral("42"));
        QVERIFY(!pane.shownText().contains(QChar(0x1b)));
        row.judged.from = UINT64_MAX; // a place that is none
        row.judged.length = UINT64_MAX;
        pane.setAnswer(row);
        QVERIFY(pane.shownMark().isEmpty());
        row.given.output = "<think>never ends";
        row.judged = {};
        pane.setAnswer(row);
        QCOMPARE(pane.shownText(), QStringLiteral("<think>never ends"));
        pane.setAnswer(std::nullopt);
        QVERIFY(pane.shownText().isEmpty() && !pane.judgementLine().isEmpty());
    }

private:
    /// For people to look at, where they ask for it.
    static void save(QWidget &page, const char *name)
    {
        const QString folder = qEnvironmentVariable("ASSAY_PICTURES");
        if (folder.isEmpty())
            return;
        QTest::qWait(400);
        page.grab().save(folder + u'/' + QLatin1String(name) + QStringLiteral(".png"));
    }
    static void saveInEveryLook(AccuracyPage &page, const QByteArray &name)
    {
        if (qEnvironmentVariable("ASSAY_PICTURES").isEmpty())
            return;
        const QFont font = QApplication::font();
        save(page, name);
        QApplication::setPalette(darkPalette());
        save(page, name + "-dark");
        QApplication::setPalette(lightPalette());
        QFont large = font;
        large.setPointSizeF(2 * font.pointSizeF());
        QApplication::setFont(large);
        save(page, name + "-large");
        QApplication::setFont(font);
    }
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestAccuracyPage)
#include "tst_accuracypage.moc"
