// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of one large weight of every kind on one core, file in the page cache, beside `cat FILE >/dev/null` and a
// plain pread of the same file in the same run, the best of several runs each. Goal: bf16 and f32 at half of cat's speed.
#include "core/base/file.h"
#include "core/format/dtype.h"
#include "core/weights/statistics.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>

namespace {

using namespace assay;

constexpr uint64_t kColumns = 8192;
constexpr uint64_t kLargeBytes = uint64_t(1) << 30; ///< of the files for bf16 and f32: more than any cache holds
constexpr uint64_t kOtherBytes = uint64_t(1) << 28;
constexpr int kRepetitions = 7;
constexpr double kGoal = 0.5;

/// The best of several runs by the wall's clock, since that is what a user waits for: the best run is the one that
/// other work on the machine disturbed least.
double seconds(const std::function<void()> &work)
{
    using Clock = std::chrono::steady_clock;
    double best = 1e9;
    for (int i = 0; i < kRepetitions; ++i) {
        const auto start = Clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return best;
}

/// Files of one folder without anything read.
class Folder final : public FileSet
{
public:
    explicit Folder(std::filesystem::path path) : m_path(std::move(path)) {}
    std::string location() const override { return m_path.string(); }
    std::string name() const override { return "benchmark"; }
    const std::vector<FileEntry> &files() const override { return m_files; }
    std::filesystem::path localPath(const std::string &name) const override { return m_path / name; }
    Result<std::shared_ptr<const ByteSource>> open(const std::string &name) const override
    {
        auto file = File::open(m_path / name);
        if (!file)
            return tl::unexpected(file.error());
        return std::make_shared<const File>(std::move(*file));
    }

private:
    std::filesystem::path m_path;
    std::vector<FileEntry> m_files;
};

/// Writes `bytes` bytes, made a piece at a time and repeated: the piece is larger than the second-level cache.
void writeFile(const QString &path, uint64_t bytes, const std::vector<char> &piece)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        std::abort();
    for (uint64_t done = 0; done < bytes; done += piece.size())
        file.write(piece.data(), qint64(std::min<uint64_t>(piece.size(), bytes - done)));
}

template <class T, class Make> std::vector<char> pieceOf(Make make)
{
    std::vector<T> numbers(32 * 1024 * 1024 / sizeof(T));
    for (T &number : numbers)
        number = make();
    std::vector<char> bytes(numbers.size() * sizeof(T));
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
    return bytes;
}

/// A checkpoint of hand-made records over one file.
struct Case
{
    std::string label;
    Checkpoint checkpoint;
    QuantizationDetails details;
};

void addTensor(Checkpoint &checkpoint, std::string_view name, Dtype dtype, std::vector<int64_t> sizes, uint64_t offset)
{
    TensorRecord record;
    record.name = checkpoint.arena->text(name);
    record.dtypeText = dtypeName(dtype);
    record.shape = Shape(checkpoint.arena->numbers(sizes));
    record.elements = record.shape.elements().value_or(0);
    record.bytes = dtypeBytes(dtype, record.elements).value_or(0);
    record.offset = offset;
    record.dtype = dtype;
    checkpoint.tensors.push_back(record);
}

Case plainCase(Dtype dtype, const std::string &file, uint64_t bytes)
{
    Case test{dtypeName(dtype), {}, {}};
    test.checkpoint.files.push_back({file, file, bytes, 0, true, false});
    const DtypeBlock block = dtypeBlock(dtype);
    const uint64_t rows = bytes / (kColumns / block.elements * block.bytes);
    addTensor(test.checkpoint, "x.weight", dtype, {int64_t(rows), int64_t(kColumns)}, 0);
    return test;
}

struct Part
{
    const char *name;
    Dtype dtype;
    std::vector<int64_t> sizes;
};

Case packedCase(const char *label, const std::string &file, uint64_t bytes, const std::vector<Part> &parts, int64_t group)
{
    Case test{label, {}, {}};
    test.details.groupSize = group;
    test.checkpoint.files.push_back({file, file, bytes, 0, true, false});
    for (const Part &part : parts)
        addTensor(test.checkpoint, part.name, part.dtype, part.sizes, 0);
    return test;
}

std::vector<Case> packedCases(const std::string &file, uint64_t bytes)
{
    const int64_t n = int64_t(kColumns), out = 28672;
    std::vector<Case> cases;
    cases.push_back(packedCase("fp8 blocks", file, bytes, {{"x.weight", Dtype::F8E4M3, {out, n}}, {"x.weight_scale_inv", Dtype::F32, {out / 128, n / 128}}}, 0));
    cases.push_back(packedCase("GPTQ 4 bit", file, bytes, {{"x.qweight", Dtype::I32, {n / 8, out}}, {"x.scales", Dtype::F16, {n / 128, out}}, {"x.qzeros", Dtype::I32, {n / 128, out / 8}}}, 128));
    cases.push_back(packedCase("AWQ", file, bytes, {{"x.qweight", Dtype::I32, {n, out / 8}}, {"x.scales", Dtype::F16, {n / 128, out}}, {"x.qzeros", Dtype::I32, {n / 128, out / 8}}}, 128));
    cases.push_back(packedCase("nf4", file, bytes, {{"x.weight", Dtype::U8, {out * n / 2, 1}}, {"x.weight.absmax", Dtype::F32, {out * n / 64}}}, 0));
    cases.push_back(packedCase("MXFP4 blocks", file, bytes, {{"x_blocks", Dtype::U8, {out, n / 32, 16}}, {"x_scales", Dtype::U8, {out, n / 32}}}, 0));
    cases.push_back(packedCase("packed int4", file, bytes, {{"x.weight_packed", Dtype::I32, {out, n / 8}}, {"x.weight_scale", Dtype::BF16, {out, n / 128}}}, 128));
    cases.push_back(packedCase("NVFP4", file, bytes, {{"x.weight_packed", Dtype::U8, {out, n / 2}}, {"x.weight_scale", Dtype::F8E4M3, {out, n / 16}}}, 0));
    cases.push_back(packedCase("MLX 4 bit", file, bytes, {{"x.weight", Dtype::U32, {out, n / 8}}, {"x.scales", Dtype::F16, {out, n / 64}}, {"x.biases", Dtype::F16, {out, n / 64}}}, 64));
    return cases;
}

double catSeconds(const QString &path)
{
    return seconds([&] {
        QProcess cat;
        cat.setStandardOutputFile(QProcess::nullDevice());
        cat.start(QStringLiteral("cat"), {path});
        cat.waitForFinished(-1);
    });
}

double preadSeconds(const QString &path)
{
    const auto file = File::open(path.toStdString());
    std::vector<std::byte> buffer(128 * 1024);
    return seconds([&] {
        for (uint64_t done = 0; done + buffer.size() <= file->size(); done += buffer.size())
            (void)file->readAt(done, buffer);
    });
}

/// GB/s of stored bytes; 0 when the values cannot be read.
double measure(const Case &test, const Folder &folder, CountingDetail detail = CountingDetail::Exact)
{
    const WeightCatalog catalog(test.checkpoint, test.details);
    const TensorRecord &record = test.checkpoint.tensors.front();
    if (auto opened = openWeight(catalog, 0, folder); !opened) {
        std::printf("%-14s %s\n", test.label.c_str(), opened.error().sentence().c_str());
        return 0;
    }
    uint64_t elements = 0;
    const double best = seconds([&] {
        auto weight = openWeight(catalog, 0, folder);
        const auto statistics = computeStatistics(*weight, {}, detail);
        elements = statistics ? statistics->count : 0;
    });
    const double speed = double(record.bytes) / best / 1e9;
    std::printf("%-14s %6.2f GB/s stored %6.2f G values/s", test.label.c_str(), speed, double(elements) / best / 1e9);
    return speed;
}

bool measureAgainstCat(const QString &path, uint64_t bytes, const std::vector<Dtype> &dtypes, const Folder &folder)
{
    bool reached = true;
    for (const Dtype dtype : dtypes) {
        const std::string name = path.section(QLatin1Char('/'), -1).toStdString();
        const double cat = double(bytes) / catSeconds(path) / 1e9, pread = double(bytes) / preadSeconds(path) / 1e9;
        std::printf("cat of its file %.2f GB/s, pread in pieces of 128 KiB %.2f GB/s\n", cat, pread);
        for (const auto &[label, detail] : {std::pair("whole checkpoints", CountingDetail::Sampled), std::pair("every value counted", CountingDetail::Exact)}) {
            const double speed = measure(plainCase(dtype, name, bytes), folder, detail);
            std::printf("   %.2f of cat, %.2f of pread; %s\n", speed / cat, speed / pread, label);
            reached = reached && (detail == CountingDetail::Exact || speed >= kGoal * cat);
        }
    }
    return reached;
}

} // namespace

int main()
{
    QTemporaryDir directory;
    const Folder folder(directory.path().toStdString());
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 0.02f);
    const QString halves = directory.filePath(QStringLiteral("bf16")), floats = directory.filePath(QStringLiteral("f32"));
    const QString bytes = directory.filePath(QStringLiteral("bytes"));
    writeFile(halves, kLargeBytes, pieceOf<uint16_t>([&] { return uint16_t(std::bit_cast<uint32_t>(normal(random)) >> 16); }));
    bool reached = measureAgainstCat(halves, kLargeBytes, {Dtype::BF16}, folder);
    QFile::remove(halves);
    writeFile(floats, kLargeBytes, pieceOf<float>([&] { return normal(random); }));
    reached = measureAgainstCat(floats, kLargeBytes, {Dtype::F32}, folder) && reached;
    QFile::remove(floats);
    // Bytes below 64 are harmless as codes and as scales of every type.
    writeFile(bytes, kOtherBytes, pieceOf<uint8_t>([&] { return uint8_t(random() & 63); }));
    const double cat = double(kOtherBytes) / catSeconds(bytes) / 1e9;
    std::printf("other types; cat of their file: %.2f GB/s\n", cat);
    for (int dtype = 0; dtype < int(Dtype::Unknown); ++dtype) {
        const Dtype each = Dtype(dtype);
        if (each == Dtype::BF16 || each == Dtype::F32 || each == Dtype::C64 || each == Dtype::C128)
            continue;
        if (measure(plainCase(each, "bytes", kOtherBytes), folder) > 0)
            std::printf("\n");
    }
    for (const Case &test : packedCases("bytes", kOtherBytes)) {
        if (measure(test, folder) > 0)
            std::printf("\n");
    }
    std::printf("bf16 and f32 at %.1f of cat: %s\n", kGoal, reached ? "yes" : "no");
    return reached ? 0 : 1;
}
