// SPDX-License-Identifier: GPL-3.0-or-later
// What a machine tells of its state: Linux's files as its documentation has them, and the NVIDIA library by one of our own.
#include "core/engine/nvml.h"
#include "core/engine/sensors.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <dlfcn.h>

using namespace assay::engine;

namespace {

const std::string kCard = "00000000:17:00.0";

class Machine
{
public:
    void write(const QString &path, const QByteArray &text) const
    {
        const QString file = m_root.filePath(path);
        QVERIFY(QDir().mkpath(QFileInfo(file).absolutePath()));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    std::filesystem::path root() const { return m_root.path().toStdString(); }

private:
    QTemporaryDir m_root;
};

void setFake(const std::map<QByteArray, QByteArray> &values)
{
    for (const char *name : {"FAKE_ENERGY", "FAKE_POWER", "FAKE_TEMPERATURE", "FAKE_SM_CLOCK", "FAKE_MEMORY_CLOCK", "FAKE_REASONS"})
        qunsetenv(name);
    for (const auto &[name, value] : values)
        qputenv(name.constData(), value);
}

} // namespace

class TestSensors : public QObject
{
    Q_OBJECT
private slots:
    void findsCaches();
    void readsClockAndTemperature();
    void tellsNothingWhereNothingIsTold();
    void countsEnergyOverTheCountersEnd();
    void losesACounterThatGoes();
    void readsTheCard();
    void leavesOutWhatTheCardDoesNotTell();
    void namesWhyItIsThrottled();
};

void TestSensors::findsCaches()
{
    const Machine machine;
    const auto cache = [&](int cpu, int index, const char *level, const char *type, const char *size, const char *shared) {
        const QString folder = QStringLiteral("sys/devices/system/cpu/cpu%1/cache/index%2/").arg(cpu).arg(index);
        machine.write(folder + QStringLiteral("level"), level);
        machine.write(folder + QStringLiteral("type"), type);
        machine.write(folder + QStringLiteral("size"), size);
        machine.write(folder + QStringLiteral("shared_cpu_list"), shared);
    };
    for (int cpu = 0; cpu < 4; ++cpu) {
        cache(cpu, 0, "1\n", "Data\n", "48K\n", "x");
        cache(cpu, 1, "1\n", "Instruction\n", "32K\n", "x");
        cache(cpu, 2, "2\n", "Unified\n", "1M\n", "x");
        cache(cpu, 3, "3\n", "Unified\n", "32768K\n", cpu < 2 ? "0-1\n" : "2-3\n");
    }
    const ProcessorCaches caches = processorCaches(machine.root());
    QVERIFY((caches.one == std::vector<uint64_t>{48 << 10, 1 << 20, 32 << 20}));
    QCOMPARE(caches.lastInAll, uint64_t(64) << 20);
}

void TestSensors::readsClockAndTemperature()
{
    const Machine machine;
    machine.write(QStringLiteral("proc/cpuinfo"), "model name\t: X\ncpu MHz\t\t: 2600.125\n");
    QCOMPARE(*processorClock(machine.root()), 2600.125e6);
    machine.write(QStringLiteral("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq"), "3400000\n");
    machine.write(QStringLiteral("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"), "schedutil\n");
    QCOMPARE(*processorClock(machine.root()), 3.4e9);
    QCOMPARE(clockGovernor(machine.root()), std::string("schedutil"));
    machine.write(QStringLiteral("sys/class/thermal/thermal_zone0/type"), "acpitz\n");
    machine.write(QStringLiteral("sys/class/thermal/thermal_zone0/temp"), "99000\n");
    QVERIFY(!processorTemperature(machine.root()));
    machine.write(QStringLiteral("sys/class/thermal/thermal_zone1/type"), "x86_pkg_temp\n");
    machine.write(QStringLiteral("sys/class/thermal/thermal_zone1/temp"), "61500\n");
    QCOMPARE(*processorTemperature(machine.root()), 61.5);
    machine.write(QStringLiteral("sys/class/hwmon/hwmon3/name"), "k10temp\n");
    machine.write(QStringLiteral("sys/class/hwmon/hwmon3/temp1_input"), "70250\n");
    machine.write(QStringLiteral("sys/class/hwmon/hwmon3/temp2_input"), "-128000\n");
    machine.write(QStringLiteral("sys/class/hwmon/hwmon3/temp3_input"), "9999999\n");
    QCOMPARE(*processorTemperature(machine.root()), 70.25);
}

void TestSensors::tellsNothingWhereNothingIsTold()
{
    const Machine empty;
    QVERIFY(processorCaches(empty.root()).one.empty());
    QVERIFY(!processorClock(empty.root()) && !processorTemperature(empty.root()));
    QVERIFY(clockGovernor(empty.root()).empty());
    PackageEnergy energy(empty.root());
    QVERIFY(!energy.available() && !energy.joules());
    empty.write(QStringLiteral("proc/cpuinfo"), "cpu MHz\t\t: \n");
    QVERIFY(!processorClock(empty.root()));
}

void TestSensors::countsEnergyOverTheCountersEnd()
{
    const Machine machine;
    const auto zone = [&](const char *name, const QString &folder, const char *now) {
        machine.write(QStringLiteral("sys/class/powercap/%1/name").arg(folder), name);
        machine.write(QStringLiteral("sys/class/powercap/%1/energy_uj").arg(folder), now);
        machine.write(QStringLiteral("sys/class/powercap/%1/max_energy_range_uj").arg(folder), "10000000\n");
    };
    zone("package-0\n", QStringLiteral("intel-rapl:0"), "1000000\n");
    zone("package-1\n", QStringLiteral("intel-rapl:1"), "9500000\n");
    zone("core\n", QStringLiteral("intel-rapl:0:0"), "5\n");
    zone("psys\n", QStringLiteral("intel-rapl:2"), "5\n");
    PackageEnergy energy(machine.root());
    QVERIFY(energy.available());
    QCOMPARE(*energy.joules(), 0.0);
    zone("package-0\n", QStringLiteral("intel-rapl:0"), "3000000\n");
    zone("package-1\n", QStringLiteral("intel-rapl:1"), "500000\n"); // began anew at 10 J
    zone("core\n", QStringLiteral("intel-rapl:0:0"), "9000000\n");
    QCOMPARE(*energy.joules(), 3.0);
    zone("package-0\n", QStringLiteral("intel-rapl:0"), "4000000\n");
    QCOMPARE(*energy.joules(), 4.0);
}

void TestSensors::losesACounterThatGoes()
{
    const Machine machine;
    machine.write(QStringLiteral("sys/class/powercap/intel-rapl:0/name"), "package-0\n");
    machine.write(QStringLiteral("sys/class/powercap/intel-rapl:0/max_energy_range_uj"), "100\n");
    machine.write(QStringLiteral("sys/class/powercap/intel-rapl:0/energy_uj"), "nonsense\n");
    QVERIFY(!PackageEnergy(machine.root()).available());
    machine.write(QStringLiteral("sys/class/powercap/intel-rapl:0/energy_uj"), "50\n");
    PackageEnergy energy(machine.root());
    QVERIFY(energy.joules());
    machine.write(QStringLiteral("sys/class/powercap/intel-rapl:0/energy_uj"), "\n");
    QVERIFY(!energy.joules());
}

void TestSensors::readsTheCard()
{
    // By its name inside the library, whichever file it was loaded from.
    QVERIFY2(::dlopen(ASSAY_BINARY_DIR "/tests/nvml/libnvidia-ml.so.1", RTLD_NOW), ::dlerror());
    setFake({{"FAKE_ENERGY", "123456789"}, {"FAKE_POWER", "301500"}, {"FAKE_TEMPERATURE", "67"}, {"FAKE_SM_CLOCK", "1980"},
             {"FAKE_MEMORY_CLOCK", "2619"}, {"FAKE_REASONS", "0"}});
    const auto state = readNvmlState(kCard);
    QVERIFY(state);
    QCOMPARE(state->driver, std::string("550.90.07"));
    QCOMPARE(*state->joules, 123456.789);
    QCOMPARE(*state->watts, 301.5);
    QCOMPARE(*state->temperature, 67.0);
    QCOMPARE(*state->clockHertz, 1.98e9);
    QCOMPARE(*state->memoryClockHertz, 2.619e9);
    QVERIFY(state->throttled.empty());
    QVERIFY(!readNvmlState("00000000:18:00.0"));
    const auto memory = readNvml(kCard);
    QVERIFY(memory);
    QCOMPARE(memory->total, uint64_t(1000));
    QCOMPARE(memory->used, uint64_t(600));
    QVERIFY(!memory->process);
}

void TestSensors::leavesOutWhatTheCardDoesNotTell()
{
    setFake({{"FAKE_TEMPERATURE", "40"}});
    const auto state = readNvmlState(kCard);
    QVERIFY(state);
    QCOMPARE(*state->temperature, 40.0);
    QVERIFY(!state->joules && !state->watts && !state->clockHertz && !state->memoryClockHertz && state->throttled.empty());
}

void TestSensors::namesWhyItIsThrottled()
{
    // Idle (1) and clocks that somebody set (2) are no throttling.
    setFake({{"FAKE_REASONS", "0x67"}});
    const auto state = readNvmlState(kCard);
    QVERIFY(state);
    QVERIFY((state->throttled == std::vector<std::string>{"power cap", "thermal slowdown by the driver", "thermal slowdown by the hardware"}));
}

QTEST_GUILESS_MAIN(TestSensors)
#include "tst_sensors.moc"
