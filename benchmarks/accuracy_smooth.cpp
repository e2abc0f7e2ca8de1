// SPDX-License-Identifier: GPL-3.0-or-later
// The Accuracy page with 200,000 answers of each of four subjects: how long the window does not answer while the page opens, and while somebody
// filters, sorts, scrolls and looks at answers; how long filters take. Limit of both: 50 ms.
#include "benchmarks/script.h"
#include "core/service/runlibrary.h"
#include "core/service/workspace.h"
#include "widgets/accuracy/accuracypage.h"
#include "widgets/accuracy/answerfilters.h"
#include "widgets/accuracy/answermodel.h"
#include "widgets/accuracy/answersview.h"

#include <QApplication>
#include <QComboBox>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTreeView>
#include <cstdio>
#include <ctime>

namespace {

using namespace assay;

constexpr int kItems = 200'000, kSubjects = 4;
constexpr double kLimit = 50; // ms

EvaluationRun runOf(int subject)
{
    EvaluationRun run;
    run.header.id = "run " + std::to_string(subject);
    run.header.subject = {"tool:subject " + std::to_string(subject), "subject " + std::to_string(subject), {}};
    run.header.state = RunState::Finished;
    run.protocol.suite = run.protocol.suiteFingerprint = "arithmetic";
    run.protocol.tool = "tool 1";
    for (int item = 0; item < kItems; ++item) {
        ItemResult row;
        row.itemId = "arithmetic/" + std::to_string(item);
        row.task = "task " + std::to_string(item % 57);
        row.expected = std::to_string(item * 7 % 1000);
        row.axes = {{"difficulty", double(item % 10)}};
        row.given.output = "It is " + row.expected;
        row.given.outputTokens = 64;
        row.judged.outcome = Outcome(unsigned(item * 31 + subject * 17) % 11 < 6 ? 0u : unsigned(item + subject) % 6);
        row.judged.extracted = row.expected;
        run.items.push_back(row);
    }
    return run;
}

double processorMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
}

/// Of the processor, the best of some tries.
double filterMilliseconds(const AnswerTable &table, const AnswerFilter &filter)
{
    double least = 1e9;
    for (int i = 0; i < 5; ++i) {
        const double start = processorMilliseconds();
        (void)table.filtered(filter);
        least = std::min(least, processorMilliseconds() - start);
    }
    return least;
}

} // namespace

int main(int count, char **arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(count, arguments);
    const QTemporaryDir folder;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    Workspace workspace;
    RunLibrary runs{QString()};
    AccuracyPage page(&workspace, &runs);
    page.resize(1280, 800);
    page.show();
    benchmark::Script::turn(10);
    for (int subject = 0; subject < kSubjects; ++subject)
        runs.begin(runOf(subject));
    AnswersView &answers = *page.answers();
    AnswerModel *model = answers.model();
    benchmark::Script script;
    double processor = 0;
    script.waitUntil("compute and show the charts", [&] { processor = processorMilliseconds(); }, [&] { return model->rowCount() == kItems; });
    processor = processorMilliseconds() - processor;
    script.waitUntil("the list of answers", [&] { page.showAnswers(); }, [&] { return model->rowCount() == kItems; });
    QTreeView *view = answers.list();
    QScrollBar *bar = view->verticalScrollBar();
    script.playEach("scroll page by page", 60, [&](int) { bar->triggerAction(QAbstractSlider::SliderPageStepAdd); });
    script.playEach("drag through all", 40, [&](int i) { bar->setValue(bar->maximum() * (i % 2 ? i : 40 - i) / 40); });
    script.playEach("look at answers", 40, [&](int i) { view->setCurrentIndex(model->index(i * (kItems / 40), 0)); });
    for (int column = 0; column < model->columnCount(); ++column) {
        const QString title = model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        script.play(qPrintable(QStringLiteral("sort by ") + title), [&] { view->sortByColumn(column, Qt::DescendingOrder); }, 60);
    }
    script.play("as it was", [&] { view->sortByColumn(-1, Qt::AscendingOrder); }, 60);
    QComboBox *presets = answers.filters()->presets();
    script.waitUntil("filter: one right, another not", [&] {
        presets->setCurrentIndex(1);
        emit presets->activated(1);
    }, [&] { return model->rowCount() < kItems; });
    script.waitUntil("filter off", [&] {
        presets->setCurrentIndex(0);
        emit presets->activated(0);
    }, [&] { return model->rowCount() == kItems; });
    const AnswerTable &table = *model->table();
    const double byClass = filterMilliseconds(table, {{AnswerFilter::kRight, AnswerFilter::kNotRight}, {}, {}});
    const double byText = filterMilliseconds(table, {{}, {}, "no such text"});
    const double byAll = filterMilliseconds(table, {{AnswerFilter::kRight, AnswerFilter::kNotRight}, "task 3", "99"});
    const bool kept = script.worst() < kLimit && std::max({byClass, byText, byAll}) < kLimit;
    std::printf("charts and list after %.0f ms of the processor; filters: classes %.1f ms, text %.1f ms, all %.1f ms; longest stall %.1f ms, limit %.0f ms: %s\n",
                processor, byClass, byText, byAll, script.worst(), kLimit, kept ? "kept" : "NOT KEPT");
    return kept ? 0 : 1;
}
