// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::kernels {

/// How a matrix's elements lie in memory. The blocks are GGUF's, run on as the file holds them (layouts:
/// ggml-common.h of ggml, see core/weights/ggufblocks.h).
enum class StoredAs {
    F32,
    BF16,
    F16,
    I8Rows, ///< int8 and one float32 scale a row: value = scale x code
    Q8_0,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q4_K,
    Q5_K,
    Q6_K,
    Q2_K,
    Q3_K,
    MXFP4,
    IQ4_NL,
    IQ4_XS,
};

/// Elements that are stored together, and the bytes they take: 1 element for all that are no blocks.
struct StoredBlock
{
    int64_t elements, bytes;
};
StoredBlock storedBlock(StoredAs type);

/// Whether it is one of GGUF's types of blocks.
inline bool inBlocks(StoredAs type)
{
    return type >= StoredAs::Q8_0;
}

/// Bytes of a row without padding; 0 when the columns are no whole number of blocks.
int64_t bytesOfRow(StoredAs type, int64_t columns);

/// Weights [rows, columns] = [out, in], row after row, owned by someone else. No alignment is asked for.
struct MatrixView
{
    StoredAs type = StoredAs::F32;
    const std::byte *data = nullptr;
    const float *scales = nullptr; ///< [rows], for I8Rows only
    int64_t rows = 0, columns = 0;
    int64_t rowBytes = 0; ///< from one row to the next, at least bytesOfRow()

    /// The rows [begin, end).
    MatrixView part(int64_t begin, int64_t end) const
    {
        return {type,    data + begin * rowBytes, scales ? scales + begin : nullptr, end - begin, columns,
                rowBytes};
    }
};

/// A view of rows without padding.
MatrixView matrixOf(StoredAs type, const void *data, int64_t rows, int64_t columns,
                    const float *scales = nullptr);

} // namespace assay::kernels
