#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random blocks of GGUF's quantised types and what they stand for.

  make_ggufblocks.py --out DIR      DIR/TYPE.blocks, DIR/TYPE.values (float32, little-endian)

Every value is computed by itself from the layout and the formula that ggml
publishes (ggml-common.h, ggml-quants.c), in double precision, rounded once.
Scales include zero, the smallest and the largest float16, both signs,
infinity and NaN.  Python 3 standard library only.
"""
import argparse
import math
import os
import random
import struct

HALVES = (0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x0400, 0x7BFF, 0xFBFF, 0x3C00, 0xBC00, 0x7C00, 0xFC00, 0x7E00)
NONLINEAR = (-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113)
E2M1 = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)


def f16(b, at):
    return struct.unpack_from("<e", b, at)[0]


def u16(b, at):
    return struct.unpack_from("<H", b, at)[0]


def u32(b, at):
    return struct.unpack_from("<I", b, at)[0]


def i8(value):
    return value - 256 if value > 127 else value


def bits(value, at, count):
    return (value >> at) & ((1 << count) - 1)


def nibble(b, at, i):
    """Element i of 32 whose first 16 lie in the lower halves of 16 bytes."""
    return bits(b[at + i % 16], 4 * (i // 16), 4)


def q4_0(b, i):
    return f16(b, 0) * (nibble(b, 2, i) - 8)


def q4_1(b, i):
    return f16(b, 0) * nibble(b, 4, i) + f16(b, 2)


def q5_0(b, i):
    return f16(b, 0) * (nibble(b, 6, i) + 16 * bits(u32(b, 2), i, 1) - 16)


def q5_1(b, i):
    return f16(b, 0) * (nibble(b, 8, i) + 16 * bits(u32(b, 4), i, 1)) + f16(b, 2)


def q8_0(b, i):
    return f16(b, 0) * i8(b[2 + i])


def q8_1(b, i):
    return f16(b, 0) * i8(b[4 + i])


def q1_0(b, i):
    return f16(b, 0) * (2 * bits(b[2 + i // 8], i % 8, 1) - 1)


def q2_0(b, i):
    return f16(b, 0) * (bits(b[2 + i // 4], 2 * (i % 4), 2) - 1)


def q2_k(b, i):
    packed = b[i // 16]
    code = bits(b[16 + 32 * (i // 128) + i % 32], 2 * (i % 128 // 32), 2)
    return f16(b, 80) * (packed & 15) * code - f16(b, 82) * (packed >> 4)


def q3_k(b, i):
    part = i // 16
    scale = bits(b[96 + part % 8], 4 * (part // 8), 4) + 16 * bits(b[104 + part % 4], 2 * (part // 4), 2) - 32
    code = bits(b[32 + 32 * (i // 128) + i % 32], 2 * (i % 128 // 32), 2)
    third = bits(b[i % 32], i // 32, 1)
    return f16(b, 108) * scale * (code + 4 * third - 4)


def six_bits(b, part):
    """Scale and minimum of one of eight parts: the 12 bytes behind two float16."""
    s = b[4:16]
    if part < 4:
        return bits(s[part], 0, 6), bits(s[part + 4], 0, 6)
    return (bits(s[part + 4], 0, 4) + 16 * bits(s[part - 4], 6, 2),
            bits(s[part + 4], 4, 4) + 16 * bits(s[part], 6, 2))


def q4_k(b, i):
    scale, minimum = six_bits(b, i // 32)
    code = bits(b[16 + 32 * (i // 64) + i % 32], 4 * (i // 32 % 2), 4)
    return f16(b, 0) * scale * code - f16(b, 2) * minimum


def q5_k(b, i):
    scale, minimum = six_bits(b, i // 32)
    code = bits(b[48 + 32 * (i // 64) + i % 32], 4 * (i // 32 % 2), 4) + 16 * bits(b[16 + i % 32], i // 32, 1)
    return f16(b, 0) * scale * code - f16(b, 2) * minimum


def q6_k(b, i):
    half, quarter = i // 128, i % 128 // 32
    low = bits(b[64 * half + 32 * (quarter % 2) + i % 32], 4 * (quarter // 2), 4)
    high = bits(b[128 + 32 * half + i % 32], 2 * quarter, 2)
    return f16(b, 208) * i8(b[192 + i // 16]) * (low + 16 * high - 32)


def q8_k(b, i):
    return struct.unpack_from("<f", b, 0)[0] * i8(b[4 + i])


def iq4_nl(b, i):
    return f16(b, 0) * NONLINEAR[nibble(b, 2, i)]


def iq4_xs(b, i):
    part = i // 32
    scale = bits(b[4 + part // 2], 4 * (part % 2), 4) + 16 * bits(u16(b, 2), 2 * part, 2) - 32
    return f16(b, 0) * scale * NONLINEAR[nibble(b, 8 + 16 * part, i % 32)]


def e2m1(code):
    return E2M1[code & 7] * (-1 if code & 8 else 1)


def mxfp4(b, i):
    return 2.0 ** (b[0] - 127) * e2m1(nibble(b, 1, i))


def nvfp4(b, i):
    part, code = i // 16, b[i // 16]
    exponent, mantissa = bits(code, 3, 4), bits(code, 0, 3)
    scale = mantissa / 8 * 2.0**-6 if exponent == 0 else (1 + mantissa / 8) * 2.0 ** (exponent - 7)
    if code == 0x7F:
        scale = 0.0
    return scale * e2m1(bits(b[4 + 8 * part + i % 8], 4 * (i % 16 // 8), 4))


def tq1_0(b, i):
    """A byte is a fraction of 256 whose first five digits in base 3 are five elements."""
    if i < 160:
        byte, digit = b[i % 32], i // 32
    elif i < 240:
        byte, digit = b[32 + (i - 160) % 16], (i - 160) // 16
    else:
        byte, digit = b[48 + (i - 240) % 4], (i - 240) // 4
    return f16(b, 52) * (byte * 3 ** (digit + 1) // 256 % 3 - 1)


def tq2_0(b, i):
    return f16(b, 64) * (bits(b[32 * (i // 128) + i % 32], 2 * (i % 128 // 32), 2) - 1)


def table(name, elements, levels):
    """A grid of the IQ types, read from the file beside the tests: it is data of the format, not a formula."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gguf", name + ".grid"), "rb") as file:
        data = file.read()
    width = 16 // elements
    rows = [u16(data, at) for at in range(0, len(data), 2)]
    return [[levels[bits(row, width * i, width)] for i in range(elements)] for row in rows]


LEVELS2 = (8, 25, 43)
GRID1 = table("iq1", 8, (-1, 0, 1))
GRID2_XXS = table("iq2_xxs", 8, LEVELS2)
GRID2_XS = table("iq2_xs", 8, LEVELS2)
GRID2_S = table("iq2_s", 8, LEVELS2)
GRID3_XXS = table("iq3_xxs", 4, (4, 12, 20, 28, 36, 44, 52, 62))
GRID3_S = table("iq3_s", 4, (1, 3, 5, 7, 9, 11, 13, 15))


def sign_of_eight(seven, i):
    """The eighth sign makes the number of minus signs even."""
    minus = bits(seven, i, 1) if i < 7 else bin(seven).count("1") % 2
    return -1 if minus else 1


def iq2_xxs(b, i):
    word = u32(b, 2 + 8 * (i // 32) + 4)
    row = GRID2_XXS[b[2 + 8 * (i // 32) + i % 32 // 8]]
    return f16(b, 0) * (0.5 + bits(word, 28, 4)) / 4 * row[i % 8] * sign_of_eight(bits(word, 7 * (i % 32 // 8), 7), i % 8)


def iq2_xs(b, i):
    word = u16(b, 2 + 2 * (i // 8))
    scale = 0.5 + bits(b[66 + i // 32], 4 * (i // 16 % 2), 4)
    return f16(b, 0) * scale / 4 * GRID2_XS[bits(word, 0, 9)][i % 8] * sign_of_eight(bits(word, 9, 7), i % 8)


def iq2_s(b, i):
    index = b[2 + i // 8] + 256 * bits(b[66 + i // 32], 2 * (i // 8 % 4), 2)
    scale = 0.5 + bits(b[74 + i // 32], 4 * (i // 16 % 2), 4)
    return f16(b, 0) * scale / 4 * GRID2_S[index][i % 8] * (1 - 2 * bits(b[34 + i // 8], i % 8, 1))


def iq3_xxs(b, i):
    word = u32(b, 66 + 4 * (i // 32))
    row = GRID3_XXS[b[2 + i // 4]]
    return f16(b, 0) * (0.5 + bits(word, 28, 4)) / 2 * row[i % 4] * sign_of_eight(bits(word, 7 * (i % 32 // 8), 7), i % 8)


def iq3_s(b, i):
    index = b[2 + i // 4] + 256 * bits(b[66 + i // 32], i // 4 % 8, 1)
    scale = 1 + 2 * bits(b[106 + i // 64], 4 * (i // 32 % 2), 4)
    return f16(b, 0) * scale * GRID3_S[index][i % 4] * (1 - 2 * bits(b[74 + i // 8], i % 8, 1))


def iq1_s(b, i):
    word = u16(b, 34 + 2 * (i // 32))
    index = b[2 + i // 8] + 256 * bits(word, 3 * (i // 8 % 4), 3)
    return f16(b, 0) * (2 * bits(word, 12, 3) + 1) * (GRID1[index][i % 8] + (-0.125 if bits(word, 15, 1) else 0.125))


def iq1_m(b, i):
    words = [u16(b, 48 + 2 * n) for n in range(4)]
    scale = struct.unpack("<e", struct.pack("<H", sum(bits(word, 12, 4) << 4 * n for n, word in enumerate(words))))[0]
    scale *= 2 * bits(words[i // 64], 3 * (i // 16 % 4), 3) + 1
    high = bits(b[32 + i // 16], 4 * (i // 8 % 2), 4)
    return scale * (GRID1[b[i // 8] + 256 * (high & 7)][i % 8] + (-0.125 if high & 8 else 0.125))


# Name: elements, bytes, where the float16 are, the value of element i.
TYPES = {
    "Q4_0": (32, 18, (0,), q4_0), "Q4_1": (32, 20, (0, 2), q4_1), "Q5_0": (32, 22, (0,), q5_0),
    "Q5_1": (32, 24, (0, 2), q5_1), "Q8_0": (32, 34, (0,), q8_0), "Q8_1": (32, 36, (0,), q8_1),
    "Q2_K": (256, 84, (80, 82), q2_k), "Q3_K": (256, 110, (108,), q3_k), "Q4_K": (256, 144, (0, 2), q4_k),
    "Q5_K": (256, 176, (0, 2), q5_k), "Q6_K": (256, 210, (208,), q6_k), "Q8_K": (256, 292, (), q8_k),
    "IQ4_NL": (32, 18, (0,), iq4_nl), "IQ4_XS": (256, 136, (0,), iq4_xs), "MXFP4": (32, 17, (), mxfp4),
    "NVFP4": (64, 36, (), nvfp4), "TQ1_0": (256, 54, (52,), tq1_0), "TQ2_0": (256, 66, (64,), tq2_0),
    "IQ2_XXS": (256, 66, (0,), iq2_xxs), "IQ2_XS": (256, 74, (0,), iq2_xs), "IQ2_S": (256, 82, (0,), iq2_s),
    "IQ3_XXS": (256, 98, (0,), iq3_xxs), "IQ3_S": (256, 110, (0,), iq3_s), "IQ1_S": (256, 50, (0,), iq1_s),
    "IQ1_M": (256, 56, (), iq1_m),
    "Q1_0": (128, 18, (0,), q1_0), "Q2_0": (64, 18, (0,), q2_0),
}


def float32(value):
    try:
        return struct.pack("<f", value)
    except OverflowError:
        return struct.pack("<f", math.copysign(math.inf, value))


def blocks(name, rng):
    elements, size, halves, _ = TYPES[name]
    # Every extreme scale once, then ordinary ones.
    for number in range(48):
        block = bytearray(rng.randbytes(size))
        for at in halves:
            half = HALVES[number] if number < len(HALVES) else rng.randrange(0x2000, 0x3C00) | rng.randrange(2) << 15
            struct.pack_into("<H", block, at, half)
        if name == "Q8_K":
            struct.pack_into("<f", block, 0, rng.uniform(-1, 1) * 10.0 ** rng.randrange(-30, 30))
        if name == "MXFP4":
            block[0] = (0, 1, 2, 127, 128, 252, 253)[number] if number < 7 else rng.randrange(100, 140)
        if name == "NVFP4" and number < 32:
            block[0:4] = bytes(range(4 * number, 4 * number + 4))
        yield bytes(block)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    out = parser.parse_args().out
    os.makedirs(out, exist_ok=True)
    rng = random.Random(20261122)
    for name, (elements, _, _, value) in TYPES.items():
        with open(os.path.join(out, name + ".blocks"), "wb") as packed, \
                open(os.path.join(out, name + ".values"), "wb") as values:
            for block in blocks(name, rng):
                packed.write(block)
                values.write(b"".join(float32(value(block, i)) for i in range(elements)))
