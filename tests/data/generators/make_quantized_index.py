#!/usr/bin/env python3
"""Rebuilds the tensor list of a dense model as a quantiser stores it: every
linear layer inside the layers is packed, the rest stays as it is.

  make_quantized_index.py --config ../configs/llama-3.1-8b-shape.json --scheme bnb-nf4 --out DIR

The layouts are those of inspectors.md 4f.  --no-config leaves the config's
quantization_config out, --drop-scales the scales: for tests of findings.
Header-only sparse files, as in make_dense_index.py.  Python 3 standard
library only.
"""
import argparse
import json
import os
import sys

sys.dont_write_bytecode = True
import make_dense_index as dense
import sparse_safetensors as st


def ceil(a, b):
    return -(-a // b)


def gptq(base, rows, cols, bits=4, group=128):
    pack = 32 // bits
    return [(base + "qweight", "I32", [cols // pack, rows]), (base + "qzeros", "I32", [ceil(cols, group), rows // pack]),
            (base + "scales", "F16", [ceil(cols, group), rows]), (base + "g_idx", "I32", [cols])]


def awq(base, rows, cols, group=128):
    return [(base + "qweight", "I32", [cols, rows // 8]), (base + "qzeros", "I32", [ceil(cols, group), rows // 8]),
            (base + "scales", "F16", [ceil(cols, group), rows])]


def bnb4(base, rows, cols, kind="nf4"):
    n = rows * cols
    return [(base + "weight", "U8", [ceil(n, 2), 1]), (base + "weight.absmax", "U8", [ceil(n, 64)]),
            (base + "weight.nested_absmax", "F32", [ceil(ceil(n, 64), 256)]),
            (base + "weight.nested_quant_map", "F32", [256]), (base + "weight.quant_map", "F32", [16]),
            (base + f"weight.quant_state.bitsandbytes__{kind}", "U8", [80])]


def bnb8(base, rows, cols):
    return [(base + "weight", "I8", [rows, cols]), (base + "SCB", "F32", [rows]), (base + "weight_format", "U8", [])]


def w4a16(base, rows, cols, group=128):
    return [(base + "weight_packed", "I32", [rows, ceil(cols, 8)]), (base + "weight_scale", "BF16", [rows, cols // group]),
            (base + "weight_shape", "I64", [2])]


def nvfp4(base, rows, cols):
    return [(base + "weight_packed", "U8", [rows, cols // 2]), (base + "weight_scale", "F8_E4M3", [rows, cols // 16]),
            (base + "weight_global_scale", "F32", [1]), (base + "input_global_scale", "F32", [1])]


def modelopt(base, rows, cols):
    return [(base + "weight", "U8", [rows, cols // 2]), (base + "weight_scale", "F8_E4M3", [rows, cols // 16]),
            (base + "weight_scale_2", "F32", []), (base + "input_scale", "F32", [])]


def mlx(base, rows, cols, group=64):
    return [(base + "weight", "U32", [rows, cols // 8]), (base + "scales", "BF16", [rows, cols // group]),
            (base + "biases", "BF16", [rows, cols // group])]


def fp8_block(base, rows, cols):
    return [(base + "weight", "F8_E4M3", [rows, cols]),
            (base + "weight_scale_inv", "F32", [ceil(rows, 128), ceil(cols, 128)])]


def fp8_channel(base, rows, cols):
    return [(base + "weight", "F8_E4M3", [rows, cols]), (base + "weight_scale", "BF16", [rows, 1])]


SCHEMES = {
    "gptq": (gptq, {"quant_method": "gptq", "bits": 4, "group_size": 128}),
    "gptq-8bit": (lambda b, r, c: gptq(b, r, c, 8), {"quant_method": "gptq", "bits": 8, "group_size": 128}),
    "awq": (awq, {"quant_method": "awq", "bits": 4, "group_size": 128, "version": "gemm"}),
    "bnb-nf4": (bnb4, {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"}),
    "bnb-fp4": (lambda b, r, c: bnb4(b, r, c, "fp4"),
                {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "fp4"}),
    "bnb-int8": (bnb8, {"quant_method": "bitsandbytes", "load_in_8bit": True}),
    "w4a16": (w4a16, {"quant_method": "compressed-tensors", "format": "pack-quantized",
                      "config_groups": {"group_0": {"weights": {"num_bits": 4, "group_size": 128}}}}),
    "nvfp4": (nvfp4, {"quant_method": "compressed-tensors", "format": "nvfp4-pack-quantized",
                      "config_groups": {"group_0": {"weights": {"num_bits": 4, "group_size": 16}}}}),
    "modelopt": (modelopt, {"quant_method": "modelopt", "quant_algo": "NVFP4"}),
    "mlx": (mlx, None),
    "fp8-block": (fp8_block, {"quant_method": "fp8", "weight_block_size": [128, 128]}),
    "fp8-channel": (fp8_channel, {"quant_method": "compressed-tensors", "format": "float-quantized",
                                  "config_groups": {"group_0": {"weights": {"num_bits": 8}}}}),
}
SCALES = ("scales", "absmax", "SCB", "weight_scale", "weight_scale_inv")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("--config", required=True)
    ap.add_argument("--scheme", required=True, choices=SCHEMES)
    ap.add_argument("--out", required=True, help="folder to write; must be temporary (files are sparse)")
    ap.add_argument("--no-config", action="store_true")
    ap.add_argument("--drop-scales", action="store_true")
    args = ap.parse_args()
    with open(args.config) as f:
        config = json.load(f)
    pack, declared = SCHEMES[args.scheme]
    tensors = []
    for name, dtype, shape in dense.groups(config, 1)[0]:
        if ".layers." in name and name.endswith("_proj.weight"):
            tensors += pack(name[:-len("weight")], *shape)
        else:
            tensors.append((name, dtype, shape))
    if args.drop_scales:
        tensors = [t for t in tensors if not t[0].endswith(SCALES)]
    st.write_model(args.out, st.split_shards([tensors]))
    if not args.no_config:
        config["quantization" if declared is None else "quantization_config"] = declared or {"group_size": 64, "bits": 4}
    with open(os.path.join(args.out, "config.json"), "w") as f:
        json.dump(config, f, indent=2)


if __name__ == "__main__":
    main()
