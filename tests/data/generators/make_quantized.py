# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes ../quantized/*: small weights packed by hand after the published layouts, each with the float32 values that
they stand for ("expected"). Needs numpy alone; run with any Python 3: python3 make_quantized.py"""
import json
import os
import struct

import numpy as np

random = np.random.default_rng(7)
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "quantized")
names = {np.dtype("<f4"): "F32", np.dtype("<f2"): "F16", np.dtype("<i4"): "I32", np.dtype("<u4"): "U32", np.dtype("u1"): "U8",
         np.dtype("i1"): "I8", np.dtype("<i8"): "I64"}
fp4 = np.array([0, .5, 1, 1.5, 2, 3, 4, 6, -0., -.5, -1, -1.5, -2, -3, -4, -6], dtype="<f4")


class Typed:
    """Bytes that are stored under a dtype that numpy lacks."""
    def __init__(self, array, dtype):
        self.array, self.dtype = array, dtype


def write(name, tensors, config, expected):
    tensors = dict(tensors, expected=np.ascontiguousarray(expected, dtype="<f4"))
    header, data = {}, b""
    for key, value in tensors.items():
        array, dtype = (value.array, value.dtype) if isinstance(value, Typed) else (value, names[value.dtype])
        raw = np.ascontiguousarray(array).tobytes()
        header[key] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path = os.path.join(folder, name)
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    with open(os.path.join(path, "config.json"), "w") as file:
        json.dump({"model_type": "llama", "quantization_config": config}, file)


def bit_rows(codes, bits):
    """Codes [n, m] as words [n x bits / 32, m]: one column's codes stand one after another, from the lowest bit on."""
    n, m = codes.shape
    stream = ((codes[:, None, :] >> np.arange(bits)[None, :, None]) & 1).reshape(n * bits // 32, 32, m)
    return (stream.astype(np.uint64) << np.arange(32, dtype=np.uint64)[None, :, None]).sum(axis=1).astype("<u4")


def gptq(name, bits, version2=False, order=False, inputs=128, outputs=64, group=32):
    codes = random.integers(0, 2 ** bits, (inputs, outputs))
    groups = inputs // group
    zeros = random.integers(1, 2 ** bits, (groups, outputs))
    scales = random.uniform(.001, .1, (groups, outputs)).astype("<f2")
    index = random.permutation(inputs) // group if order else np.arange(inputs) // group
    values = (codes - zeros[index]) * scales[index].astype("<f4")
    stored = zeros if version2 else zeros - 1
    tensors = {"l.0.qweight": bit_rows(codes, bits).view("<i4"), "l.0.qzeros": bit_rows(stored.T, bits).T.copy().view("<i4"),
               "l.0.scales": scales, "l.0.g_idx": index.astype("<i4")}
    config = {"quant_method": "gptq", "bits": bits, "group_size": group}
    if version2:
        config["checkpoint_format"] = "gptq_v2"
    write(name, tensors, config, values.T)


def awq(inputs=128, outputs=64, group=32):
    order = [0, 2, 4, 6, 1, 3, 5, 7]

    def pack(codes):
        words = np.zeros((codes.shape[0], codes.shape[1] // 8), dtype=np.uint64)
        for place, column in enumerate(order):
            words |= codes[:, column::8].astype(np.uint64) << np.uint64(4 * place)
        return words.astype("<u4").view("<i4")
    codes, zeros = random.integers(0, 16, (inputs, outputs)), random.integers(0, 16, (inputs // group, outputs))
    scales = random.uniform(.001, .1, (inputs // group, outputs)).astype("<f2")
    index = np.arange(inputs) // group
    values = (codes - zeros[index]) * scales[index].astype("<f4")
    write("awq", {"l.0.qweight": pack(codes), "l.0.qzeros": pack(zeros), "l.0.scales": scales},
          {"quant_method": "awq", "bits": 4, "group_size": group}, values.T)


def state(shape, kind, **more):
    text = json.dumps(dict({"quant_type": kind, "blocksize": 64, "dtype": "bfloat16", "shape": list(shape)}, **more))
    return np.frombuffer(text.encode(), dtype="u1")


def bitsandbytes(name, kind, table, nested, shape=(48, 56)):
    count = shape[0] * shape[1]
    codes = random.integers(0, 16, count)
    packed = (codes[0::2] << 4 | codes[1::2]).astype("u1").reshape(-1, 1)
    blocks = (count + 63) // 64
    tensors = {"l.0.weight": packed, "l.0.weight.quant_map": table}
    more = {}
    if nested:
        inner, book = random.integers(0, 256, blocks).astype("u1"), np.sort(random.uniform(-1, 1, 256)).astype("<f4")
        outer, offset = random.uniform(.01, .02, (blocks + 255) // 256).astype("<f4"), np.float32(.0625)
        absmax = book[inner] * np.repeat(outer, 256)[:blocks] + offset
        tensors.update({"l.0.weight.absmax": inner, "l.0.weight.nested_absmax": outer, "l.0.weight.nested_quant_map": book})
        more = {"nested_blocksize": 256, "nested_dtype": "float32", "nested_offset": float(offset)}
    else:
        absmax = random.uniform(.01, .2, blocks).astype("<f4")
        tensors["l.0.weight.absmax"] = absmax
    tensors["l.0.weight.quant_state.bitsandbytes__" + kind] = state(shape, kind, **more)
    values = table[codes] * np.repeat(absmax, 64)[:count]
    write(name, tensors, {"quant_method": "bitsandbytes", "load_in_4bit": True}, values.reshape(shape))


def int8(rows=24, columns=40):
    codes = random.integers(-127, 128, (rows, columns)).astype("i1")
    scales = random.uniform(.1, 2, rows).astype("<f4")
    write("bnb-int8", {"l.0.weight": codes, "l.0.SCB": scales, "l.0.weight_format": np.zeros((), dtype="u1")},
          {"quant_method": "bitsandbytes", "load_in_8bit": True}, codes.astype("<f8") * scales[:, None] / 127)


def packed(name, bits, symmetric, rows=24, columns=100, group=25):
    each, centre = 32 // bits, 2 ** (bits - 1)

    def words(codes):  # [n, m] -> [n, ceil(m / each)]
        full = np.zeros((codes.shape[0], -(-codes.shape[1] // each) * each), dtype=np.uint64)
        full[:, :codes.shape[1]] = codes
        shifted = full.reshape(codes.shape[0], -1, each) << (np.arange(each, dtype=np.uint64) * np.uint64(bits))
        return shifted.sum(axis=2).astype("<u4").view("<i4")
    codes = random.integers(-centre, centre, (rows, columns))
    groups = columns // group
    scales = random.uniform(.001, .1, (rows, groups)).astype("<f2")
    tensors = {"l.0.weight_packed": words(codes + centre), "l.0.weight_scale": scales,
               "l.0.weight_shape": np.array([rows, columns], dtype="<i8")}
    zeros = np.zeros((rows, groups), dtype=np.int64)
    if not symmetric:
        zeros = random.integers(-centre, centre, (rows, groups))
        tensors["l.0.weight_zero_point"] = words((zeros + centre).T).T.copy()
    spread = np.repeat(np.arange(groups), group)
    values = (codes - zeros[:, spread]) * scales[:, spread].astype("<f4")
    config = {"quant_method": "compressed-tensors", "format": "pack-quantized",
              "config_groups": {"group_0": {"weights": {"num_bits": bits, "group_size": group}}}}
    write(name, tensors, config, values)


def pairs(codes):
    return (codes[..., 0::2] | codes[..., 1::2] << 4).astype("u1")


def e4m3(code):
    sign, exponent, mantissa = code >> 7, code >> 3 & 15, code & 7
    value = (8 + mantissa) * 2. ** (exponent - 10) if exponent else mantissa * 2. ** -9
    return -value if sign else value


def nvfp4(name, optimizer, rows=16, columns=64):
    codes, scales = random.integers(0, 16, (rows, columns)), random.integers(0x10, 0x70, (rows, columns // 16)).astype("u1")
    scale = np.vectorize(e4m3)(scales)
    whole = np.array([.0037] if optimizer else [448.5], dtype="<f4")
    values = fp4[codes] * np.repeat(scale, 16, axis=1) * (whole[0] if optimizer else 1 / whole[0])
    weight, other = ("l.0.weight", "l.0.weight_scale_2") if optimizer else ("l.0.weight_packed", "l.0.weight_global_scale")
    write(name, {weight: pairs(codes), "l.0.weight_scale": Typed(scales, "F8_E4M3"), other: whole}, {"quant_method": "nvfp4"}, values)


def mxfp4(blocks, experts=3, rows=8, columns=64):
    codes = random.integers(0, 16, (experts, rows, columns))
    scales = random.integers(110, 135, (experts, rows, columns // 32)).astype("u1")
    values = fp4[codes] * np.repeat(2. ** (scales.astype(int) - 127), 32, axis=2)
    if blocks:
        write("mxfp4-blocks", {"l.0.down_proj_blocks": pairs(codes).reshape(experts, rows, columns // 32, 16),
                               "l.0.down_proj_scales": scales}, {"quant_method": "mxfp4"}, values)
    else:
        write("mxfp4-packed", {"l.0.weight_packed": pairs(codes[0]), "l.0.weight_scale": scales[0]},
              {"quant_method": "compressed-tensors"}, values[0])


def fp4_experts(rows=16, columns=64):
    codes, scales = random.integers(0, 16, (rows, columns)), random.integers(110, 135, (rows, columns // 32)).astype("u1")
    write("fp4-experts", {"l.0.experts.0.weight": pairs(codes).view("i1"), "l.0.experts.0.scale": Typed(scales, "F8_E8M0")},
          {"quant_method": "fp8", "expert_dtype": "fp4"}, fp4[codes] * np.repeat(2. ** (scales.astype(int) - 127), 32, axis=1))


def mlx(bits, rows=16, columns=128, group=32):
    codes = random.integers(0, 2 ** bits, (rows, columns))
    scales = random.uniform(-.1, .1, (rows, columns // group)).astype("<f2")
    biases = random.uniform(-1, 1, (rows, columns // group)).astype("<f2")
    values = codes * np.repeat(scales.astype("<f4"), group, axis=1) + np.repeat(biases.astype("<f4"), group, axis=1)
    write("mlx-%d" % bits, {"l.0.weight": bit_rows(codes.T, bits).T.copy(), "l.0.scales": scales, "l.0.biases": biases},
          {"bits": bits, "group_size": group}, values)


def float8(name, rows, columns, shape, block=None):
    codes = random.integers(0, 0x7f, (rows, columns)).astype("u1") | (random.integers(0, 2, (rows, columns)) << 7).astype("u1")
    scales = random.uniform(.001, .1, shape).astype("<f4")
    full = np.broadcast_to(scales, (rows, columns)) if block is None else \
        np.repeat(np.repeat(scales, block[0], axis=0), block[1], axis=1)[:rows, :columns]
    config = {"quant_method": "fp8", "weight_block_size": block} if block else {"quant_method": "compressed-tensors"}
    write(name, {"l.0.weight": Typed(codes, "F8_E4M3"), "l.0.weight_scale_inv" if block else "l.0.weight_scale": scales},
          config, np.vectorize(e4m3)(codes) * full)


nf4 = np.array([-1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334,
                -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224,
                0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0], dtype="<f4")
bnb4 = np.array([0, .0052083333, .6666667, 1, .3333333, .5, .1666667, .25], dtype="<f4")
for width in (2, 3, 4, 8):
    gptq("gptq-%d" % width, width)
gptq("gptq-order", 4, order=True)
gptq("gptq-v2", 4, version2=True)
awq()
bitsandbytes("bnb-nf4", "nf4", nf4, False)
bitsandbytes("bnb-nf4-nested", "nf4", nf4, True)
bitsandbytes("bnb-fp4", "fp4", np.concatenate([bnb4, -bnb4]), False)
int8()
packed("packed-4", 4, True)
packed("packed-4-zeros", 4, False)
packed("packed-8", 8, True)
nvfp4("nvfp4", False)
nvfp4("nvfp4-optimizer", True)
mxfp4(True)
mxfp4(False)
fp4_experts()
for width in (3, 4, 6, 8):
    mlx(width)
float8("fp8-block", 40, 72, (3, 5), [16, 16])
float8("fp8-channel", 24, 40, (24, 1))
float8("fp8-tensor", 24, 40, ())
