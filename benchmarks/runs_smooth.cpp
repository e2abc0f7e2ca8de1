// SPDX-License-Identifier: GPL-3.0-or-later
// The Runs page with a run of 100,000 requests of 100 pieces each: the time until it is open, and the longest time for which
// the window does not answer while somebody scrolls, sorts, filters and looks at requests. Limits: 0.5 s and 50 ms.
#include "benchmarks/script.h"
#include "core/service/runlibrary.h"
#include "widgets/runs/requestmodel.h"
#include "widgets/runs/runpanel.h"
#include "widgets/runs/runspage.h"

#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTreeView>
#include <cstdio>
#include <ctime>
#include <random>

namespace {

using namespace assay;

constexpr int kRequests = 100'000, kChunks = 100, kInFlight = 64;
constexpr double kOpenLimit = 500, kStallLimit = 50; // ms

/// Of all threads: reading the run is one after the other, and other work may hold the machine.
double processorMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
}

/// A closed loop: 0.2 s to the first piece, 20 ms between them, some scatter; each 500th is refused.
BenchRun largeRun()
{
    std::mt19937_64 random(1);
    std::normal_distribution<double> scatter(0, 2e6);
    std::vector<int64_t> freeAt(kInFlight, 0);
    BenchRun run;
    run.header.id = "large";
    run.header.subject = {"http://localhost:8000/v1#model", "model", "endpoint"};
    run.header.startedAt = "2026-01-02T03:04:05Z";
    run.header.state = RunState::Finished;
    run.plan.promptTokens = {512};
    run.plan.outputTokens = {kChunks};
    run.plan.load.emplace().concurrencies = {kInFlight};
    for (int i = 0; i < kRequests; ++i) {
        RequestRecord record;
        int64_t &now = freeAt[size_t(i % kInFlight)];
        record.index = i;
        record.scheduled = record.sent = now;
        record.promptTokens = 512;
        record.outputTokens = kChunks;
        record.status = i % 500 == 499 ? 429 : 200;
        record.failure = i % 500 == 499 ? Failure::RateLimited : Failure::None;
        now += 200'000'000 + int64_t(10 * scatter(random));
        for (int c = 0; record.failure == Failure::None && c < kChunks; ++c) {
            now += std::max<int64_t>(20'000'000 + int64_t(scatter(random)), 0);
            record.chunks.push_back({now, uint32_t(c), c < 30 ? Channel::Reasoning : Channel::Answer, uint32_t(1 + random() % 9), 0});
        }
        record.headers = record.firstByte = record.chunks.empty() ? now : record.chunks.front().at;
        record.ended = now;
        run.requests.append(record);
    }
    return run;
}

QTreeView *requestsView(RunsPage &page)
{
    for (QTreeView *view : page.findChildren<QTreeView *>()) {
        if (qobject_cast<RequestModel *>(view->model()))
            return view;
    }
    return nullptr;
}

} // namespace

int main(int count, char **arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(count, arguments);
    const QTemporaryDir folder;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    RunLibrary none{QString()}, library{QString()};
    library.begin(largeRun());
    RunsPage first(&none); // fonts and styles are loaded when a window opens, not when its page does
    first.show();
    benchmark::Script::turn(10);
    benchmark::Script script;
    std::unique_ptr<RunsPage> page;
    QElapsedTimer clock;
    double opened = 0, processor = 0;
    const auto ready = [&] { return page->findChild<RunPanel *>()->details() != nullptr; };
    script.waitUntil("open the page", [&] {
        clock.start();
        processor = processorMilliseconds();
        page = std::make_unique<RunsPage>(&library);
        page->resize(1280, 800);
        page->show();
    }, [&] {
        if (!ready())
            return false;
        opened = double(clock.elapsed());
        processor = processorMilliseconds() - processor;
        return true;
    });
    QTreeView *view = requestsView(*page);
    auto *model = qobject_cast<RequestModel *>(view->model());
    auto *tabs = page->findChild<QTabWidget *>();
    script.play("the list of requests", [&] { tabs->setCurrentIndex(1); }, 20);
    QScrollBar *bar = view->verticalScrollBar();
    script.playEach("scroll page by page", 60, [&](int) { bar->triggerAction(QAbstractSlider::SliderPageStepAdd); });
    script.playEach("drag through all", 40, [&](int i) { bar->setValue(bar->maximum() * (i % 2 ? i : 40 - i) / 40); });
    script.playEach("look at requests", 40, [&](int i) { view->setCurrentIndex(model->index(i * (kRequests / 40), 0)); });
    for (int column = 0; column < RequestModel::Count_; ++column) {
        const QString title = model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        script.play(qPrintable(QStringLiteral("sort by ") + title), [&] { view->sortByColumn(column, Qt::DescendingOrder); }, 10);
    }
    script.play("filter to the refused", [&] { model->setFilter(QStringLiteral("rate limited")); }, 10);
    const bool found = model->rowCount() == kRequests / 500;
    script.play("filter off", [&] { model->setFilter(QString()); }, 10);
    script.play("redraw all", [&] { page->repaint(); }, 5);
    const bool kept = found && opened < kOpenLimit && script.worst() < kStallLimit;
    std::printf("open after %.0f ms, of which %.0f ms of the processor, limit %.0f ms; longest stall %.1f ms, limit %.0f ms: %s\n", opened, processor, kOpenLimit, script.worst(), kStallLimit,
                kept ? "kept" : "NOT KEPT");
    return kept ? 0 : 1;
}
