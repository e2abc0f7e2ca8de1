// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/width.h"

#include "core/engine/kernels/kerneltable.h"

namespace assay::kernels {
namespace {

bool runs(Width width)
{
#if defined(__x86_64__)
    switch (width) {
    case Width::Baseline:
        return true;
    case Width::Avx2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
               __builtin_cpu_supports("f16c");
    case Width::Avx512:
        return runs(Width::Avx2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    case Width::Units:
        return runs(Width::Avx512) &&
               (__builtin_cpu_supports("avx512bf16") || __builtin_cpu_supports("avx512vnni"));
    }
#endif
    return width == Width::Baseline;
}

KernelTable with(KernelTable table, const BlockTable &blocks)
{
    table.blocks = blocks;
    return table;
}

KernelTable tableOf(Width width)
{
#if defined(__x86_64__)
    if (width == Width::Avx2)
        return with(avx2::kTable, avx2::kBlocks);
    if (width == Width::Avx512)
        return with(avx512::kTable, avx512::kBlocks);
    if (width == Width::Units) {
        KernelTable table =
            with(avx512::kTable, __builtin_cpu_supports("avx512vnni") ? vnni::kBlocks : avx512::kBlocks);
        if (__builtin_cpu_supports("avx512bf16"))
            table.tileBfloat = units::kTileBfloat;
        return table;
    }
#endif
    (void)width;
    return with(baseline::kTable, baseline::kBlocks);
}

struct Chosen
{
    Width width;
    KernelTable table;
};

Chosen &chosen()
{
    static Chosen one{usableWidths().back(), tableOf(usableWidths().back())};
    return one;
}

} // namespace

std::vector<Width> usableWidths()
{
    std::vector<Width> usable;
    for (const Width width : {Width::Baseline, Width::Avx2, Width::Avx512, Width::Units}) {
        if (runs(width))
            usable.push_back(width);
    }
    return usable;
}

Width width()
{
    return chosen().width;
}

void useWidth(Width width)
{
    chosen() = {width, tableOf(width)};
}

const char *nameOf(Width width)
{
    switch (width) {
    case Width::Baseline:
        return "baseline";
    case Width::Avx2:
        return "AVX2";
    case Width::Avx512:
        return "AVX-512";
    case Width::Units:
        return "AVX-512 with units";
    }
    return "";
}

const KernelTable &table()
{
    return chosen().table;
}

} // namespace assay::kernels
