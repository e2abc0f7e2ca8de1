// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/matrix.h"

namespace assay::kernels {

StoredBlock storedBlock(StoredAs type)
{
    switch (type) {
    case StoredAs::F32:
        return {1, 4};
    case StoredAs::BF16:
    case StoredAs::F16:
        return {1, 2};
    case StoredAs::I8Rows:
        return {1, 1};
    case StoredAs::Q8_0:
        return {32, 34};
    case StoredAs::Q4_0:
    case StoredAs::IQ4_NL:
        return {32, 18};
    case StoredAs::Q4_1:
        return {32, 20};
    case StoredAs::Q5_0:
        return {32, 22};
    case StoredAs::Q5_1:
        return {32, 24};
    case StoredAs::MXFP4:
        return {32, 17};
    case StoredAs::Q4_K:
        return {256, 144};
    case StoredAs::Q5_K:
        return {256, 176};
    case StoredAs::Q6_K:
        return {256, 210};
    case StoredAs::Q2_K:
        return {256, 84};
    case StoredAs::Q3_K:
        return {256, 110};
    case StoredAs::IQ4_XS:
        return {256, 136};
    }
    return {1, 0};
}

int64_t bytesOfRow(StoredAs type, int64_t columns)
{
    const StoredBlock block = storedBlock(type);
    return columns % block.elements == 0 ? columns / block.elements * block.bytes : 0;
}

MatrixView matrixOf(StoredAs type, const void *data, int64_t rows, int64_t columns, const float *scales)
{
    return {type, static_cast<const std::byte *>(data), scales, rows, columns, bytesOfRow(type, columns)};
}

} // namespace assay::kernels
