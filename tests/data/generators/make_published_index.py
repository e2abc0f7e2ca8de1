#!/usr/bin/env python3
"""Rebuilds the tensor lists of models whose published shapes are enough to
count them: gpt-oss (MXFP4 experts) and BLOOM.

  make_published_index.py --model gpt-oss-20b --out DIR

Header-only sparse files, as in make_dense_index.py.  Python 3 standard
library only.
"""
import argparse
import json
import os
import sys

sys.dont_write_bytecode = True
import sparse_safetensors as st


def gpt_oss(layers, experts, active):
    hidden, vocab, heads, kv, head, inner = 2880, 201088, 64, 8, 64, 2880
    t = [("model.embed_tokens.weight", "BF16", [vocab, hidden]), ("lm_head.weight", "BF16", [vocab, hidden]),
         ("model.norm.weight", "BF16", [hidden])]
    for n in range(layers):
        p = f"model.layers.{n}."
        for part, rows in (("q", heads), ("k", kv), ("v", kv)):
            t += [(f"{p}self_attn.{part}_proj.weight", "BF16", [rows * head, hidden]),
                  (f"{p}self_attn.{part}_proj.bias", "BF16", [rows * head])]
        t += [(p + "self_attn.o_proj.weight", "BF16", [hidden, heads * head]),
              (p + "self_attn.o_proj.bias", "BF16", [hidden]), (p + "self_attn.sinks", "BF16", [heads]),
              (p + "mlp.router.weight", "BF16", [experts, hidden]), (p + "mlp.router.bias", "BF16", [experts])]
        for part, rows, cols in (("gate_up", 2 * inner, hidden), ("down", hidden, inner)):
            e = f"{p}mlp.experts.{part}_proj"
            t += [(e + "_blocks", "U8", [experts, rows, cols // 32, 16]), (e + "_scales", "U8", [experts, rows, cols // 32]),
                  (e + "_bias", "BF16", [experts, rows])]
        t += [(p + "input_layernorm.weight", "BF16", [hidden]), (p + "post_attention_layernorm.weight", "BF16", [hidden])]
    config = {"architectures": ["GptOssForCausalLM"], "model_type": "gpt_oss", "num_hidden_layers": layers,
              "hidden_size": hidden, "intermediate_size": inner, "num_attention_heads": heads, "num_key_value_heads": kv,
              "head_dim": head, "vocab_size": vocab, "num_local_experts": experts, "num_experts_per_tok": active,
              "sliding_window": 128, "layer_types": ["sliding_attention", "full_attention"] * (layers // 2),
              "attention_bias": True, "hidden_act": "silu", "tie_word_embeddings": False, "rope_theta": 150000,
              "max_position_embeddings": 131072, "quantization_config": {"quant_method": "mxfp4"}}
    return t, config


def bloom():
    hidden, vocab, layers = 14336, 250880, 70
    t = [("word_embeddings.weight", "BF16", [vocab, hidden])]

    def norm(name):
        return [(name + ".weight", "BF16", [hidden]), (name + ".bias", "BF16", [hidden])]

    def linear(name, rows, cols):
        return [(name + ".weight", "BF16", [rows, cols]), (name + ".bias", "BF16", [rows])]

    t += norm("word_embeddings_layernorm")
    for n in range(layers):
        p = f"h.{n}."
        t += norm(p + "input_layernorm") + linear(p + "self_attention.query_key_value", 3 * hidden, hidden)
        t += linear(p + "self_attention.dense", hidden, hidden) + norm(p + "post_attention_layernorm")
        t += linear(p + "mlp.dense_h_to_4h", 4 * hidden, hidden) + linear(p + "mlp.dense_4h_to_h", hidden, 4 * hidden)
    t += norm("ln_f")
    config = {"architectures": ["BloomForCausalLM"], "model_type": "bloom", "n_layer": layers, "hidden_size": hidden,
              "n_head": 112, "vocab_size": vocab, "torch_dtype": "bfloat16", "seq_length": 2048}
    return t, config


MODELS = {"gpt-oss-20b": lambda: gpt_oss(24, 32, 4), "gpt-oss-120b": lambda: gpt_oss(36, 128, 4), "bloom": bloom}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("--model", required=True, choices=MODELS)
    ap.add_argument("--out", required=True, help="folder to write; must be temporary (files are sparse)")
    args = ap.parse_args()
    tensors, config = MODELS[args.model]()
    st.write_model(args.out, st.split_shards([tensors]), total_digits=5)
    with open(os.path.join(args.out, "config.json"), "w") as f:
        json.dump(config, f, indent=2)


if __name__ == "__main__":
    main()
