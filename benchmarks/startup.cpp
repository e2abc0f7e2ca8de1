// SPDX-License-Identifier: GPL-3.0-or-later
// From starting the program to its first painted window, and the memory it then holds: assay beside the least
// that a Qt window can be. Limits: 0.3 s, 100 MB. Runs on whatever QT_QPA_PLATFORM says (offscreen by default).
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

namespace {

struct Start
{
    double seconds = 0;
    double megabytes = 0;
};

double residentMegabytes(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ')[1].toDouble() * 1024 / 1e6;
    }
    return 0;
}

Start startOnce(const QString &program, const QStringList &arguments)
{
    QProcess process;
    QElapsedTimer clock;
    clock.start();
    process.start(program, arguments);
    Start start;
    if (!process.waitForStarted() || !process.waitForReadyRead(20000))
        return start;
    start.seconds = double(clock.nsecsElapsed()) * 1e-9;
    start.megabytes = residentMegabytes(process.processId());
    process.waitForFinished(5000);
    return start;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Start medianOf(const QList<Start> &starts)
{
    QList<double> seconds, megabytes;
    for (const Start &start : starts) {
        seconds << start.seconds;
        megabytes << start.megabytes;
    }
    return {median(seconds), median(megabytes)};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder = QCoreApplication::applicationDirPath() + u'/';
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir data;
    qputenv("ASSAY_DATA", data.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", data.path().toUtf8());
    QList<Start> ours, peers;
    for (int i = 0; i < 9; ++i) {
        peers << startOnce(folder + QStringLiteral("startup_peer"), {});
        ours << startOnce(folder + QStringLiteral("assay"), {QStringLiteral("--exit-after-paint")});
    }
    // The first start reads everything from the disk.
    const Start cold = ours.takeFirst();
    peers.removeFirst();
    const Start warm = medianOf(ours), peer = medianOf(peers);
    std::printf("assay to first paint: %.3f s (first start %.3f s), limit 0.3 s; %.1f MB, limit 100 MB\n", warm.seconds, cold.seconds, warm.megabytes);
    std::printf("bare Qt window:       %.3f s; %.1f MB; ratios %.2f and %.2f\n", peer.seconds, peer.megabytes,
                warm.seconds / peer.seconds, warm.megabytes / peer.megabytes);
    return 0;
}
