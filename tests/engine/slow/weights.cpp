// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/slow/weights.h"

#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "tests/engine/slow/randomvalues.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace assay::slow {
namespace {

size_t product(const std::vector<int64_t> &shape)
{
    size_t out = 1;
    for (const int64_t size : shape)
        out *= size_t(size);
    return out;
}

double deviation(Kind kind, int64_t columns)
{
    switch (kind) {
    case Kind::Matrix:
        return 1.3 / std::sqrt(double(columns));
    case Kind::Table:
        return 1 / std::sqrt(double(columns));
    case Kind::Choice:
        return 3 / std::sqrt(double(columns));
    case Kind::Norm:
    case Kind::Offsets:
        break;
    }
    return 0.25;
}

/// The nearest value whose lower 16 bits are zero, ties to even.
float toBfloat16(float value)
{
    const uint32_t bits = std::bit_cast<uint32_t>(value);
    return std::bit_cast<float>((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000u);
}

Result<Vector> valuesOf(const File &file, const TensorRecord &record)
{
    const bool bfloat16 = record.dtype == Dtype::BF16;
    if (record.dtype == Dtype::U8) // mask buffers of old checkpoints, which nothing asks for
        return Vector(record.elements);
    if (!bfloat16 && record.dtype != Dtype::F32)
        return failure(ErrorCode::DtypeUnsupported, {std::string(record.name), std::string(record.dtypeText)});
    std::vector<std::byte> bytes(record.elements * (bfloat16 ? 2 : 4));
    if (const auto done = file.readAt(record.offset, bytes); !done)
        return tl::unexpected(done.error());
    Vector out(record.elements);
    for (size_t i = 0; i < out.size(); ++i) {
        uint32_t bits = 0;
        std::memcpy(bfloat16 ? reinterpret_cast<std::byte *>(&bits) + 2 : reinterpret_cast<std::byte *>(&bits),
                    bytes.data() + i * (bfloat16 ? 2 : 4), bfloat16 ? 2 : 4);
        out[i] = double(std::bit_cast<float>(bits));
    }
    return out;
}

} // namespace

Result<Weights> Weights::read(const std::filesystem::path &directory)
{
    Weights out;
    for (const auto &entry : std::filesystem::directory_iterator(directory)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("model") || !name.ends_with(".safetensors"))
            continue;
        const auto file = File::open(entry.path());
        if (!file)
            return tl::unexpected(file.error());
        const auto header = readSafetensorsHeader(*file);
        if (!header)
            return tl::unexpected(header.error());
        for (const TensorRecord &record : header->tensors) {
            auto values = valuesOf(*file, record);
            if (!values)
                return tl::unexpected(values.error());
            out.m_tensors[std::string(record.name)] = {{record.shape.begin(), record.shape.end()}, std::move(*values)};
        }
    }
    return out;
}

Weights Weights::make(uint64_t seed, bool bfloat16)
{
    Weights out;
    out.m_seed = seed;
    out.m_bfloat16 = bfloat16;
    return out;
}

const Vector &Weights::get(const std::string &name, const std::vector<int64_t> &shape, Kind kind)
{
    const auto found = m_tensors.find(name);
    if (found != m_tensors.end() && found->second.shape == shape)
        return found->second.values;
    Tensor &tensor = m_tensors[name];
    tensor = {shape, Vector(product(shape))};
    if (!m_seed) {
        m_problem = m_problem.value_or(name);
        return tensor.values;
    }
    RandomValues random(*m_seed, name);
    for (double &value : tensor.values) {
        const float exact = float((kind == Kind::Norm ? 1 : 0) + deviation(kind, shape.back()) * random.normal());
        value = double(m_bfloat16 ? toBfloat16(exact) : exact);
    }
    return tensor.values;
}

const Vector &Weights::packedFp4(const std::string &name, const std::vector<int64_t> &shape)
{
    constexpr double kValues[] = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
    const auto found = m_unpacked.find(name);
    if (found != m_unpacked.end())
        return found->second;
    Vector &out = m_unpacked[name];
    out.resize(product(shape));
    std::vector<int64_t> blocks = shape;
    blocks.back() /= 32;
    Packed &scales = m_packed[name + "_scales"] = {blocks, std::vector<uint8_t>(out.size() / 32)};
    blocks.push_back(16);
    Packed &numbers = m_packed[name + "_blocks"] = {blocks, std::vector<uint8_t>(out.size() / 2)};
    RandomValues random(m_seed.value_or(0), name);
    // Numbers of all codes alike have deviation 2.9; the scales, powers of 2, vary by a few steps.
    const int middle = 127 + int(std::lround(std::log2(deviation(Kind::Matrix, shape.back()) / 2.9)));
    for (uint8_t &scale : scales.bytes)
        scale = uint8_t(middle - 1 + int(random.below(3)));
    for (size_t i = 0; i < out.size(); ++i) {
        const uint8_t code = uint8_t(random.below(16));
        numbers.bytes[i / 2] |= uint8_t(i % 2 == 0 ? code : code << 4);
        out[i] = (code & 8 ? -1 : 1) * kValues[code & 7] * std::exp2(scales.bytes[i / 32] - 127);
    }
    return out;
}

void Weights::forEach(const std::function<void(const std::string &, const std::vector<int64_t> &, const Vector &)> &visit) const
{
    for (const auto &[name, tensor] : m_tensors)
        visit(name, tensor.shape, tensor.values);
}

Result<void> Weights::write(const std::filesystem::path &file) const
{
    std::vector<std::vector<uint8_t>> storage;
    storage.reserve(m_tensors.size());
    std::vector<TensorToWrite> out;
    const size_t width = m_bfloat16 ? 2 : 4;
    for (const auto &[name, tensor] : m_tensors) {
        std::vector<uint8_t> &bytes = storage.emplace_back(tensor.values.size() * width);
        for (size_t i = 0; i < tensor.values.size(); ++i) {
            const uint32_t bits = std::bit_cast<uint32_t>(float(tensor.values[i]));
            std::memcpy(bytes.data() + i * width, reinterpret_cast<const std::byte *>(&bits) + 4 - width, width);
        }
        out.push_back({name, m_bfloat16 ? Dtype::BF16 : Dtype::F32, tensor.shape, std::as_bytes(std::span(bytes))});
    }
    for (const auto &[name, packed] : m_packed)
        out.push_back({name, Dtype::U8, packed.shape, std::as_bytes(std::span(packed.bytes))});
    return writeSafetensors(file, out);
}

} // namespace assay::slow
