// SPDX-License-Identifier: GPL-3.0-or-later
// lineage_speed [--mib N] [--cold] [--runs N] [--sparse] [--folder DIR]: lineage of two model directories of so many MiB each (default 2048; 7630
// are 8 GB), made on the fly and removed: bf16 layers of Llama's names, real numbers or (--sparse) holes. Told as a share of the speed of
// `cat` over the same files in the same run, and of a reader on one thread that looks at each byte: from the page cache where they fit
// there, or (--cold) each time after the system was asked to give their pages up. With the most memory that this process held. Goals:
// bounded by the disk, below 200 MB.
#include "core/identify/weights/hiddenquantisation.h"
#include "core/identify/weights/lineage.h"
#include "core/model/facts.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <bit>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <fcntl.h>
#include <numeric>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace assay;
using Clock = std::chrono::steady_clock;

constexpr int64_t kHidden = 2048, kHeads = 16, kKvHeads = 4, kHeadDim = 128, kIntermediate = 8192, kVocabulary = 32768;

struct Tensor
{
    std::string name;
    std::vector<int64_t> shape;
};

std::vector<Tensor> layer(int index)
{
    const std::string prefix = "model.layers." + std::to_string(index) + ".";
    return {{prefix + "self_attn.q_proj.weight", {kHeads * kHeadDim, kHidden}}, {prefix + "self_attn.k_proj.weight", {kKvHeads * kHeadDim, kHidden}},
            {prefix + "self_attn.v_proj.weight", {kKvHeads * kHeadDim, kHidden}}, {prefix + "self_attn.o_proj.weight", {kHidden, kHeads * kHeadDim}},
            {prefix + "mlp.gate_proj.weight", {kIntermediate, kHidden}}, {prefix + "mlp.up_proj.weight", {kIntermediate, kHidden}},
            {prefix + "mlp.down_proj.weight", {kHidden, kIntermediate}}, {prefix + "input_layernorm.weight", {kHidden}}};
}

uint64_t bytesOf(const Tensor &tensor)
{
    uint64_t bytes = 2;
    for (const int64_t size : tensor.shape)
        bytes *= uint64_t(size);
    return bytes;
}

/// One file of header and data; the data is a piece of normal numbers that is repeated, from another place for each seed, or a hole.
void writeShard(const std::filesystem::path &path, const std::vector<Tensor> &tensors, const std::vector<char> &piece, uint64_t seed, bool sparse)
{
    nlohmann::ordered_json header;
    uint64_t offset = 0;
    for (const Tensor &tensor : tensors) {
        header[tensor.name] = {{"dtype", "BF16"}, {"shape", tensor.shape}, {"data_offsets", {offset, offset + bytesOf(tensor)}}};
        offset += bytesOf(tensor);
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const uint64_t length = text.size();
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char *>(&length), 8);
    file << text;
    for (uint64_t done = 0; !sparse && done < offset;) {
        const uint64_t from = (seed * 7919 + done * 31) % piece.size() / 2 * 2, count = std::min(piece.size() - from, offset - done);
        file.write(piece.data() + from, std::streamsize(count));
        done += count;
    }
    file.close();
    if (sparse)
        std::filesystem::resize_file(path, 8 + length + offset);
}

QStringList writeModel(const std::filesystem::path &folder, uint64_t bytes, const std::vector<char> &piece, uint64_t seed, bool sparse)
{
    std::filesystem::create_directories(folder);
    QStringList files;
    uint64_t written = 0;
    int layers = 0;
    nlohmann::json map;
    const auto add = [&](const std::string &name, const std::vector<Tensor> &tensors) {
        writeShard(folder / name, tensors, piece, seed + uint64_t(layers), sparse);
        for (const Tensor &tensor : tensors) {
            written += bytesOf(tensor);
            map[tensor.name] = name;
        }
        files << QString::fromStdString((folder / name).string());
    };
    add("embedding.safetensors", {{"model.embed_tokens.weight", {kVocabulary, kHidden}}});
    while (written < bytes) {
        add("layer-" + std::to_string(layers) + ".safetensors", layer(layers));
        ++layers;
    }
    std::ofstream(folder / "model.safetensors.index.json") << nlohmann::json{{"weight_map", map}}.dump();
    std::ofstream(folder / "config.json") << nlohmann::json{
        {"architectures", {"LlamaForCausalLM"}}, {"model_type", "llama"}, {"vocab_size", kVocabulary}, {"hidden_size", kHidden},
        {"intermediate_size", kIntermediate}, {"num_hidden_layers", layers}, {"num_attention_heads", kHeads}, {"num_key_value_heads", kKvHeads},
        {"head_dim", kHeadDim}, {"tie_word_embeddings", true}, {"torch_dtype", "bfloat16"}}.dump();
    return files;
}

double seconds(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double catSeconds(const QStringList &files)
{
    const auto start = Clock::now();
    QProcess cat;
    cat.setStandardOutputFile(QProcess::nullDevice());
    cat.start(QStringLiteral("cat"), files);
    cat.waitForFinished(-1);
    return seconds(start);
}

/// Reads pieces of 128 KiB and adds up their words: what a reader needs at least that looks at everything.
double bareSeconds(const QStringList &files, uint64_t &sum)
{
    const auto start = Clock::now();
    std::vector<uint64_t> piece(16 * 1024);
    for (const QString &file : files) {
        const int descriptor = ::open(file.toStdString().c_str(), O_RDONLY | O_CLOEXEC);
        for (ssize_t got = 0; (got = ::read(descriptor, piece.data(), piece.size() * sizeof(uint64_t))) > 0;)
            sum = std::accumulate(piece.begin(), piece.begin() + got / ptrdiff_t(sizeof(uint64_t)), sum);
        ::close(descriptor);
    }
    return seconds(start);
}

/// Gives the files' pages up, so that they are read from the disk again.
void forget(const QStringList &files)
{
    for (const QString &file : files) {
        const int descriptor = ::open(file.toStdString().c_str(), O_RDONLY | O_CLOEXEC);
        ::fdatasync(descriptor);
        ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
        ::close(descriptor);
    }
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

struct Opened
{
    explicit Opened(const std::filesystem::path &folder)
        : inspection(inspectModel(folder).value()), catalog(catalogOf(inspection.directory.checkpoint, inspection.facts.config, inspection.directory.files.get()))
    {
    }
    WeightSide side() const { return {catalog, *inspection.directory.files}; }
    InvariantSide invariants() const { return invariantSide(catalog, *inspection.directory.files, inspection.facts); }
    Inspection inspection;
    WeightCatalog catalog;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("mib"), QStringLiteral("MiB of each directory"), QStringLiteral("N"), QStringLiteral("2048")},
                       {QStringLiteral("cold"), QStringLiteral("ask the system to forget the files before each reading")},
                       {QStringLiteral("runs"), QStringLiteral("of which the fastest counts"), QStringLiteral("N"), QStringLiteral("3")},
                       {QStringLiteral("sparse"), QStringLiteral("files without data: reading gives zeros")},
                       {QStringLiteral("folder"), QStringLiteral("where to make them"), QStringLiteral("DIR"), QString()}});
    parser.process(application);
    const uint64_t bytes = parser.value(QStringLiteral("mib")).toULongLong() * 1024 * 1024;
    const bool sparse = parser.isSet(QStringLiteral("sparse"));
    const QString place = parser.value(QStringLiteral("folder"));
    QTemporaryDir folder(place.isEmpty() ? QString() : place + QStringLiteral("/lineage-XXXXXX"));
    QStringList files;
    {
        std::mt19937 random(1);
        std::normal_distribution<float> normal(0, 0.02f);
        std::vector<char> piece(32 * 1024 * 1024);
        for (size_t i = 0; i + 1 < piece.size(); i += 2) {
            const auto half = uint16_t(std::bit_cast<uint32_t>(normal(random)) >> 16);
            piece[i] = char(half & 255);
            piece[i + 1] = char(half >> 8);
        }
        files = writeModel(folder.filePath(QStringLiteral("a")).toStdString(), bytes, piece, 1, sparse);
        files += writeModel(folder.filePath(QStringLiteral("b")).toStdString(), bytes, piece, 2, sparse);
    }
    const double before = peakMegabytes();
    const Opened a(folder.filePath(QStringLiteral("a")).toStdString()), b(folder.filePath(QStringLiteral("b")).toStdString());
    double size = 0;
    for (const QString &file : files)
        size += double(std::filesystem::file_size(file.toStdString()));
    const bool cold = parser.isSet(QStringLiteral("cold"));
    const auto prepare = [&] {
        if (cold)
            forget(files);
    };
    double best = 1e9, cat = 1e9, bare = 1e9;
    uint64_t sum = 0;
    for (int i = 0; i < parser.value(QStringLiteral("runs")).toInt(); ++i) {
        prepare();
        cat = std::min(cat, catSeconds(files));
        prepare();
        bare = std::min(bare, bareSeconds(files, sum));
        prepare();
        const auto start = Clock::now();
        const auto parameters = parameterLikeness(a.side(), b.side());
        best = std::min(best, seconds(start));
        if (i == 0)
            std::printf("cosine of all tensors %.6f, %llu tensors\n", parameters->all.cosine(), static_cast<unsigned long long>(parameters->all.tensors));
    }
    std::printf("two directories, %.2f GB together%s%s\n", size / 1e9, sparse ? " (sparse)" : "", cold ? ", each time from the disk" : "");
    std::printf("cat        %7.2f s  %6.2f GB/s\n", cat, size / cat / 1e9);
    std::printf("each byte  %7.2f s  %6.2f GB/s  (sum %llx)\n", bare, size / bare / 1e9, static_cast<unsigned long long>(sum));
    std::printf("cosines    %7.2f s  %6.2f GB/s  %.2f of cat, %.2f of each byte\n", best, size / best / 1e9, cat / best, bare / best);
    auto start = Clock::now();
    const auto null = mismatchedLayers(a.side(), b.side());
    std::printf("null       %7.2f s  %zu values, limit %.4f\n", seconds(start), null->values.size(), null->limit());
    start = Clock::now();
    const auto invariants = invariantLikeness(a.invariants(), b.invariants());
    std::printf("invariants %7.2f s  %zu tokens, mean %.4f\n", seconds(start), invariants->tokens, invariants->mean());
    start = Clock::now();
    const auto quantisation = hiddenQuantisation(a.catalog, *a.inspection.directory.files);
    std::printf("distinct   %7.2f s  %zu matrices, median %.0f of 128\n", seconds(start), quantisation->matrices.size(), quantisation->groupMedian);
    const double peak = peakMegabytes();
    std::printf("most memory %.0f MB (making the files: %.0f MB)\n", peak, before);
    return peak < 200 ? 0 : 1;
}
