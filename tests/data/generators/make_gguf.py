#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes GGUF files of published models: real headers, holes for the tensors.

  make_gguf.py MODEL --out FILE.gguf

Names and keys as llama.cpp's converters write them; sizes from the models'
published configs.  Only create these in a temporary folder: cp, tar or git
would blow the holes up.  Python 3 standard library only.
"""
import argparse
import math
import struct

F32, Q8_0, Q4_K, MXFP4 = 0, 8, 12, 39
BLOCKS = {F32: (1, 4), Q8_0: (32, 34), Q4_K: (256, 144), MXFP4: (32, 17)}
ALIGNMENT = 32


class Model:
    """Keys and tensors; shapes are given as PyTorch has them, slowest axis first."""

    def __init__(self, architecture, file_type):
        self.architecture = architecture
        self.keys = [("general.architecture", architecture), ("general.file_type", file_type)]
        self.tensors = []

    def key(self, **values):
        for name, value in values.items():
            self.keys.append((self.architecture + "." + name.replace("__", "."), value))

    def add(self, name, *shape, kind=None):
        if kind is None:
            kind = F32 if len(shape) == 1 else Q4_K if shape[-1] % 256 == 0 else Q8_0
        self.tensors.append((name, shape, kind))

    def gated(self, prefix, hidden, inner, suffix=".weight", experts=()):
        for part in ("gate", "up"):
            self.add(f"{prefix}ffn_{part}{suffix}", *experts, inner, hidden)
        self.add(f"{prefix}ffn_down{suffix}", *experts, hidden, inner)

    def attention(self, prefix, hidden, heads, kv_heads, width, biases=()):
        for part, rows in (("q", heads * width), ("k", kv_heads * width), ("v", kv_heads * width)):
            self.add(f"{prefix}attn_{part}.weight", rows, hidden)
            if part in biases:
                self.add(f"{prefix}attn_{part}.bias", rows)
        self.add(f"{prefix}attn_output.weight", hidden, heads * width)
        if "o" in biases:
            self.add(f"{prefix}attn_output.bias", hidden)


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def pack(key, value):
    head = text(key)
    if isinstance(value, bool):
        return head + struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return head + struct.pack("<II", 4, value)
    if isinstance(value, float):
        return head + struct.pack("<If", 6, value)
    if isinstance(value, str):
        return head + struct.pack("<I", 8) + text(value)
    return head + struct.pack("<IIQ", 9, 5, len(value)) + struct.pack(f"<{len(value)}i", *value)


def write(model, path):
    header = b"GGUF" + struct.pack("<IQQ", 3, len(model.tensors), len(model.keys))
    header += b"".join(pack(key, value) for key, value in model.keys)
    offset = 0
    for name, shape, kind in model.tensors:
        header += text(name) + struct.pack("<I", len(shape))
        header += b"".join(struct.pack("<Q", size) for size in reversed(shape))
        header += struct.pack("<IQ", kind, offset)
        elements, size = BLOCKS[kind]
        offset += -(-(math.prod(shape) // elements * size) // ALIGNMENT) * ALIGNMENT
    header += b"\0" * (-len(header) % ALIGNMENT)
    with open(path, "wb") as file:
        file.write(header)
        file.truncate(len(header) + offset)


def deepseek_r1(whole=False, divided=True):
    """671B without its layer for further tokens, which the converter leaves out.  `divided`: the matrix from the
    latent space is stored as its two halves, as made for absorbed attention; `whole`: as it was."""
    m = Model("deepseek2", 15)
    hidden, heads, nope, rope, value, q_rank, kv_rank = 7168, 128, 128, 64, 128, 1536, 512
    m.key(block_count=61, context_length=163840, embedding_length=hidden, feed_forward_length=18432,
          attention__head_count=heads, attention__head_count_kv=1 if divided else heads,
          attention__layer_norm_rms_epsilon=1e-6, attention__q_lora_rank=q_rank, attention__kv_lora_rank=kv_rank,
          attention__key_length=kv_rank + rope if divided else nope + rope,
          attention__value_length=kv_rank if divided else value,
          rope__freq_base=10000.0, rope__dimension_count=rope, rope__scaling__type="yarn", rope__scaling__factor=40.0,
          rope__scaling__original_context_length=4096, rope__scaling__yarn_log_multiplier=0.1,
          vocab_size=129280, leading_dense_block_count=3, expert_count=256, expert_used_count=8,
          expert_shared_count=1, expert_feed_forward_length=2048, expert_gating_func=2, expert_weights_norm=True)
    if divided:
        m.key(attention__key_length_mla=nope + rope, attention__value_length_mla=value)
    m.add("token_embd.weight", 129280, hidden)
    m.add("output_norm.weight", hidden)
    m.add("output.weight", 129280, hidden)
    for layer in range(61):
        p = f"blk.{layer}."
        m.add(p + "attn_norm.weight", hidden)
        m.add(p + "attn_q_a.weight", q_rank, hidden)
        m.add(p + "attn_q_a_norm.weight", q_rank)
        m.add(p + "attn_q_b.weight", heads * (nope + rope), q_rank)
        m.add(p + "attn_kv_a_mqa.weight", kv_rank + rope, hidden)
        m.add(p + "attn_kv_a_norm.weight", kv_rank)
        if whole:
            m.add(p + "attn_kv_b.weight", heads * (nope + value), kv_rank)
        if divided:
            m.add(p + "attn_k_b.weight", heads, kv_rank, nope)
            m.add(p + "attn_v_b.weight", heads, value, kv_rank)
        m.add(p + "attn_output.weight", hidden, heads * value)
        m.add(p + "ffn_norm.weight", hidden)
        if layer < 3:
            m.gated(p, hidden, 18432)
        else:
            m.add(p + "ffn_gate_inp.weight", 256, hidden, kind=F32)
            m.add(p + "exp_probs_b.bias", 256)
            m.gated(p, hidden, 2048, "_exps.weight", (256,))
            m.gated(p, hidden, 2048, "_shexp.weight")
    return m


def qwen2_7b():
    """DeepSeek-R1-Distill-Qwen-7B."""
    m = Model("qwen2", 15)
    m.key(block_count=28, context_length=131072, embedding_length=3584, feed_forward_length=18944,
          attention__head_count=28, attention__head_count_kv=4, attention__layer_norm_rms_epsilon=1e-6,
          rope__freq_base=10000.0)
    m.keys.append(("tokenizer.ggml.bos_token_id", 151646))
    m.add("token_embd.weight", 152064, 3584)
    m.add("output_norm.weight", 3584)
    m.add("output.weight", 152064, 3584)
    for layer in range(28):
        p = f"blk.{layer}."
        m.add(p + "attn_norm.weight", 3584)
        m.attention(p, 3584, 28, 4, 128, "qkv")
        m.add(p + "ffn_norm.weight", 3584)
        m.gated(p, 3584, 18944)
    return m


def mixtral(fused):
    """Mixtral 8x7B; old files hold each expert by itself."""
    m = Model("llama", 15)
    m.key(block_count=32, context_length=32768, embedding_length=4096, feed_forward_length=14336,
          attention__head_count=32, attention__head_count_kv=8, attention__layer_norm_rms_epsilon=1e-5,
          rope__freq_base=1e6, rope__dimension_count=128, vocab_size=32000, expert_count=8, expert_used_count=2)
    m.add("token_embd.weight", 32000, 4096)
    m.add("output_norm.weight", 4096)
    m.add("output.weight", 32000, 4096)
    for layer in range(32):
        p = f"blk.{layer}."
        m.add(p + "attn_norm.weight", 4096)
        m.attention(p, 4096, 32, 8, 128)
        m.add(p + "ffn_norm.weight", 4096)
        m.add(p + "ffn_gate_inp.weight", 8, 4096, kind=F32)
        if fused:
            m.gated(p, 4096, 14336, "_exps.weight", (8,))
        else:
            for expert in range(8):
                m.gated(p, 4096, 14336, f".{expert}.weight")
    return m


def gpt_oss_20b():
    m = Model("gpt-oss", 38)
    hidden, experts = 2880, 32
    m.key(block_count=24, context_length=131072, embedding_length=hidden, feed_forward_length=hidden,
          attention__head_count=64, attention__head_count_kv=8, attention__key_length=64, attention__value_length=64,
          attention__layer_norm_rms_epsilon=1e-5, attention__sliding_window=128, rope__freq_base=150000.0,
          expert_count=experts, expert_used_count=4, expert_feed_forward_length=hidden, vocab_size=201088)
    m.add("token_embd.weight", 201088, hidden)
    m.add("output_norm.weight", hidden)
    m.add("output.weight", 201088, hidden)
    for layer in range(24):
        p = f"blk.{layer}."
        m.add(p + "attn_norm.weight", hidden)
        m.attention(p, hidden, 64, 8, 64, "qkvo")
        m.add(p + "attn_sinks.weight", 64)
        m.add(p + "post_attention_norm.weight", hidden)
        m.add(p + "ffn_gate_inp.weight", experts, hidden, kind=F32)
        m.add(p + "ffn_gate_inp.bias", experts)
        for part in ("gate", "up", "down"):
            m.add(f"{p}ffn_{part}_exps.weight", experts, hidden, hidden, kind=MXFP4)
            m.add(f"{p}ffn_{part}_exps.bias", experts, hidden, kind=F32)
    return m


def phi3_mini():
    """Phi-3-mini-4k: query, key and value in one matrix, gate and up in another."""
    m = Model("phi3", 7)
    m.key(block_count=32, context_length=4096, embedding_length=3072, feed_forward_length=8192,
          attention__head_count=32, attention__head_count_kv=32, attention__layer_norm_rms_epsilon=1e-5,
          rope__freq_base=10000.0, rope__dimension_count=96, attention__sliding_window=2047, vocab_size=32064)
    m.add("token_embd.weight", 32064, 3072, kind=Q8_0)
    m.add("output_norm.weight", 3072)
    m.add("output.weight", 32064, 3072, kind=Q8_0)
    m.add("rope_factors_long.weight", 48)
    m.add("rope_factors_short.weight", 48)
    for layer in range(32):
        p = f"blk.{layer}."
        m.add(p + "attn_norm.weight", 3072)
        m.add(p + "attn_qkv.weight", 3 * 3072, 3072, kind=Q8_0)
        m.add(p + "attn_output.weight", 3072, 3072, kind=Q8_0)
        m.add(p + "ffn_norm.weight", 3072)
        m.add(p + "ffn_up.weight", 2 * 8192, 3072, kind=Q8_0)
        m.add(p + "ffn_down.weight", 3072, 8192, kind=Q8_0)
    return m


def gpt2():
    """GPT-2 small: tied, learned positions."""
    m = Model("gpt2", 7)
    m.key(block_count=12, context_length=1024, embedding_length=768, feed_forward_length=3072,
          attention__head_count=12, attention__layer_norm_epsilon=1e-5)
    m.add("token_embd.weight", 50257, 768, kind=Q8_0)
    m.add("position_embd.weight", 1024, 768, kind=F32)
    m.add("output_norm.weight", 768)
    m.add("output_norm.bias", 768)
    for layer in range(12):
        p = f"blk.{layer}."
        for part in ("attn_norm", "ffn_norm"):
            m.add(p + part + ".weight", 768)
            m.add(p + part + ".bias", 768)
        for part, rows, columns in (("attn_qkv", 2304, 768), ("attn_output", 768, 768), ("ffn_up", 3072, 768),
                                    ("ffn_down", 768, 3072)):
            m.add(p + part + ".weight", rows, columns, kind=Q8_0)
            m.add(p + part + ".bias", rows)
    return m


MODELS = {
    "deepseek-r1": deepseek_r1,
    "deepseek-r1-whole": lambda: deepseek_r1(whole=True, divided=False),
    "deepseek-r1-both": lambda: deepseek_r1(whole=True, divided=True),
    "qwen2-7b": qwen2_7b,
    "mixtral": lambda: mixtral(True),
    "mixtral-old": lambda: mixtral(False),
    "gpt-oss-20b": gpt_oss_20b,
    "phi3-mini": phi3_mini,
    "gpt2": gpt2,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    write(MODELS[arguments.model](), arguments.out)
