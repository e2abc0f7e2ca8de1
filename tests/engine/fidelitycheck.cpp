// SPDX-License-Identifier: GPL-3.0-or-later
// Divergences as the engine computes them, in a process without Qt, against make_fidelity.py: what llama.cpp prints, to the digit, and
// each position by the definitions in doubles. Argument: tests/data/evaluate/fidelity.
#include "core/engine/divergence.h"
#include "core/evaluate/fidelity/fidelity.h"
#include "core/format/basefile.h"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace {

using namespace assay;
using namespace assay::engine;

int g_failures = 0;

void check(bool fine, const std::string &what)
{
    if (fine)
        return;
    std::printf("FAILED: %s\n", what.c_str());
    ++g_failures;
}

void near(double found, double expected, double tolerance, const std::string &what)
{
    check(std::abs(found - expected) <= tolerance, what + ": " + std::to_string(found) + " instead of " + std::to_string(expected));
}

std::string bytesOf(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

at::Tensor logitsOf(const std::filesystem::path &file, int64_t vocabulary)
{
    const std::string bytes = bytesOf(file);
    at::Tensor out = at::empty({int64_t(bytes.size() / sizeof(float)) / vocabulary, vocabulary}, at::TensorOptions(at::kFloat));
    std::memcpy(out.data_ptr<float>(), bytes.data(), size_t(out.numel()) * sizeof(float));
    return out;
}

/// Section 4 of the research: KL((.5, .25, .25) || (.25, .5, .25)) = ln(2) / 4.
void goldenVector()
{
    const at::Tensor p = at::tensor({.5, .25, .25}).to(at::kFloat).log().unsqueeze(0), q = at::tensor({.25, .5, .25}).to(at::kFloat).log().unsqueeze(0);
    near(divergenceOf(p, q).item<double>(), std::log(2.0) / 4, 1e-7, "golden vector");
    near(std::round(divergenceOf(p, q).item<double>() * 1e6) / 1e6, 0.173287, 1e-12, "golden vector, as printed");
    check(divergenceOf(p, p).item<double>() == 0, "a distribution has no divergence from itself");
    const at::Tensor never = at::tensor({1.0, 0.0, 0.0}).to(at::kFloat).log().unsqueeze(0);
    near(divergenceOf(never, q).item<double>(), std::log(4.0), 1e-6, "what never comes adds nothing");
}

void asLlamaPrints(const std::filesystem::path &data, const at::Tensor &other)
{
    const auto base = BaseFile::open(data / "base.kld");
    check(base.has_value(), "base.kld is read");
    if (!base)
        return;
    const BaseHeader &header = base->header();
    FidelityRun run;
    for (int64_t chunk = 0; chunk < header.chunks; ++chunk) {
        const auto rows = base->rows(chunk, 0, header.positions());
        at::Tensor reference = at::empty({header.positions(), header.layout.vocabulary}, at::TensorOptions(at::kFloat));
        const uint64_t bytes = rowBytes(header.layout);
        for (int64_t i = 0; i < header.positions(); ++i)
            readSixteenBitRow(std::span(*rows).subspan(uint64_t(i) * bytes, bytes), {reference.data_ptr<float>() + i * header.layout.vocabulary, size_t(header.layout.vocabulary)});
        std::vector<int64_t> targets;
        for (int64_t i = 0; i < header.positions(); ++i)
            targets.push_back(header.tokens[size_t(chunk * header.context + header.first() + 1 + i)]);
        PositionValues values;
        addValues(values, reference, Softmax(other.narrow(0, chunk * header.positions(), header.positions())), at::tensor(targets), -16.0F);
        const auto append = [](auto &all, const auto &more) { all.insert(all.end(), more.begin(), more.end()); };
        append(run.columns.divergence, values.divergence);
        append(run.columns.nllReference, values.nllReference);
        append(run.columns.nllOther, values.nllOther);
        append(run.columns.sameTop, values.sameTop);
        run.columns.chunkEnds.push_back(uint32_t(run.columns.size()));
    }
    const std::string expected = bytesOf(data / "expected.txt"), found = fidelityText(run);
    check(!expected.empty() && found.starts_with(expected), "as llama.cpp prints it:\n" + found + "instead of\n" + expected);
}

void byDefinition(const std::filesystem::path &data, const at::Tensor &reference, const at::Tensor &other)
{
    const nlohmann::json expected = nlohmann::json::parse(bytesOf(data / "expected.json"));
    const at::Tensor targets = at::tensor(expected["tokens"].get<std::vector<int64_t>>());
    const int64_t top = expected["top"].get<int64_t>();
    PositionValues exact, bound;
    const Softmax p(reference), q(other);
    addValues(exact, p.logProbabilities(), q, targets, {});
    addSoftened(exact, reference, other, expected["temperature"].get<double>());
    const auto [logs, ids] = p.logProbabilities().topk(top);
    const at::Tensor tail = p.logProbabilities().exp().sum(-1) - logs.exp().sum(-1);
    addTopValues(bound, {logs, ids, tail, p.nll(targets)}, q, targets);
    const nlohmann::json &positions = expected["positions"];
    check(positions.size() == exact.divergence.size(), "all positions are there");
    for (size_t i = 0; i < positions.size() && i < exact.divergence.size(); ++i) {
        const std::string where = "position " + std::to_string(i);
        near(exact.divergence[i], positions[i]["divergence"], 2e-6, where + ", divergence");
        near(exact.softened[i], positions[i]["softened"], 4e-6, where + ", softened");
        near(exact.nllReference[i], positions[i]["nll_reference"], 4e-6, where + ", reference");
        near(exact.nllOther[i], positions[i]["nll_other"], 4e-6, where + ", other");
        near(bound.divergence[i], positions[i]["bound"], 1e-5, where + ", lower bound");
        check(bound.divergence[i] <= exact.divergence[i] + 1e-5F, where + ": the bound is above the divergence");
        check(bound.sameTop[i] == exact.sameTop[i], where + ", same top");
    }
}

/// Rows written from the reference's logits are the file's, byte for byte.
void asLlamaQuantises(const std::filesystem::path &data, const at::Tensor &reference)
{
    const auto base = BaseFile::open(data / "base.kld");
    if (!base)
        return check(false, "base.kld is read");
    const BaseHeader &header = base->header();
    const int64_t vocabulary = header.layout.vocabulary;
    size_t unlike = 0;
    for (int64_t i = 0; i < reference.size(0); ++i) {
        std::vector<std::byte> row(rowBytes(header.layout));
        writeSixteenBitRow({reference.data_ptr<float>() + i * vocabulary, size_t(vocabulary)}, row);
        const auto kept = base->rows(i / header.positions(), i % header.positions(), 1);
        unlike += !kept || *kept != row;
    }
    check(unlike == 0, std::to_string(unlike) + " rows are quantised otherwise");
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    const std::filesystem::path data = arguments[1];
    constexpr int64_t kVocabulary = 61;
    const at::Tensor reference = logitsOf(data / "reference.f32", kVocabulary), other = logitsOf(data / "other.f32", kVocabulary);
    goldenVector();
    asLlamaQuantises(data, reference);
    asLlamaPrints(data, other);
    byDefinition(data, reference, other);
    std::printf("%d failures\n", g_failures);
    return g_failures == 0 ? 0 : 1;
}
