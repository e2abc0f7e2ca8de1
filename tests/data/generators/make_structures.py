#!/usr/bin/env python3
"""Tensor lists of further families as data: what make_r1_index.py and make_dense_index.py do not know.

  make_structures.py REFERENCE      prints each model's stored elements beside the published figure

A family is a table of name patterns with shapes in letters; "#" stands for the layer, "%" for the expert.  Names and
shapes are those of the published checkpoints (as transformers' model classes and their weight maps name them).
tensors_of(config) gives [(name, shape)] or None.  gpt-oss is not here: its experts are stored packed, and honest
conversions of it name them otherwise; nor Kimi K2, whose published total the list of its tensors does not meet.  Python 3 standard library only.
"""
import json
import os
import sys

L = "model.layers.#."
ATTENTION = {"self_attn.q_proj.weight": "H*d,h", "self_attn.k_proj.weight": "K*d,h", "self_attn.v_proj.weight": "K*d,h", "self_attn.o_proj.weight": "h,H*d"}
ATTENTION_BIAS = {"self_attn.q_proj.bias": "H*d", "self_attn.k_proj.bias": "K*d", "self_attn.v_proj.bias": "K*d"}
HEAD_NORMS = {"self_attn.q_norm.weight": "d", "self_attn.k_norm.weight": "d"}
TWO_NORMS = {"input_layernorm.weight": "h", "post_attention_layernorm.weight": "h"}
FOUR_NORMS = {**TWO_NORMS, "pre_feedforward_layernorm.weight": "h", "post_feedforward_layernorm.weight": "h"}
MLP = {"mlp.gate_proj.weight": "I,h", "mlp.up_proj.weight": "I,h", "mlp.down_proj.weight": "h,I"}
EXPERTS = {"mlp.experts.%.gate_proj.weight": "M,h", "mlp.experts.%.up_proj.weight": "M,h", "mlp.experts.%.down_proj.weight": "h,M"}
SHARED = {"mlp.shared_experts.gate_proj.weight": "S*M,h", "mlp.shared_experts.up_proj.weight": "S*M,h", "mlp.shared_experts.down_proj.weight": "h,S*M"}
ENDS = {"model.embed_tokens.weight": "V,h", "model.norm.weight": "h"}
HEAD = {"lm_head.weight": "V,h"}
LATENT = {"self_attn.kv_a_proj_with_mqa.weight": "r+p,h", "self_attn.kv_a_layernorm.weight": "r", "self_attn.kv_b_proj.weight": "H*(n+v),r",
          "self_attn.o_proj.weight": "h,H*v"}
VISION = "vision_tower.vision_model."
VISION_LAYER = VISION + "encoder.layers.#."

FAMILIES = {
    "gemma2": {"once": ENDS, "layer": {**ATTENTION, **MLP, **FOUR_NORMS}},
    "gemma3_text": {"once": ENDS, "layer": {**ATTENTION, **HEAD_NORMS, **MLP, **FOUR_NORMS}},
    # Its config leaves out what equals the class's defaults.
    "gemma3": {"prefix": "language_model.", "defaults": {"vocab_size": 262208, "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256},
               "once": ENDS, "layer": {**ATTENTION, **HEAD_NORMS, **MLP, **FOUR_NORMS},
               "plain": {"multi_modal_projector.mm_input_projection_weight": "w,h", "multi_modal_projector.mm_soft_emb_norm.weight": "w",
                         VISION + "embeddings.patch_embedding.weight": "w,3,z,z", VISION + "embeddings.patch_embedding.bias": "w",
                         VISION + "embeddings.position_embedding.weight": "(g//z)*(g//z),w",
                         VISION + "post_layernorm.weight": "w", VISION + "post_layernorm.bias": "w"},
               "towers": {**{f"{VISION_LAYER}{part}.{end}": "w" for part in ("layer_norm1", "layer_norm2") for end in ("weight", "bias")},
                          **{f"{VISION_LAYER}self_attn.{part}.weight": "w,w" for part in ("q_proj", "k_proj", "v_proj", "out_proj")},
                          **{f"{VISION_LAYER}self_attn.{part}.bias": "w" for part in ("q_proj", "k_proj", "v_proj", "out_proj")},
                          VISION_LAYER + "mlp.fc1.weight": "y,w", VISION_LAYER + "mlp.fc1.bias": "y",
                          VISION_LAYER + "mlp.fc2.weight": "w,y", VISION_LAYER + "mlp.fc2.bias": "w"}},
    "phi3": {"once": {**ENDS, **HEAD},
             "layer": {"self_attn.qkv_proj.weight": "(H+2*K)*d,h", "self_attn.o_proj.weight": "h,H*d", "mlp.gate_up_proj.weight": "2*I,h",
                       "mlp.down_proj.weight": "h,I", **TWO_NORMS}},
    "mixtral": {"once": {**ENDS, **HEAD},
                "layer": {**ATTENTION, **TWO_NORMS, "block_sparse_moe.gate.weight": "E,h", "block_sparse_moe.experts.%.w1.weight": "I,h",
                          "block_sparse_moe.experts.%.w2.weight": "h,I", "block_sparse_moe.experts.%.w3.weight": "I,h"}},
    "qwen3_moe": {"once": {**ENDS, **HEAD}, "layer": {**ATTENTION, **HEAD_NORMS, **TWO_NORMS, "mlp.gate.weight": "E,h", **EXPERTS}},
    "deepseek_v2": {"once": {**ENDS, **HEAD}, "layer": {"self_attn.q_proj.weight": "H*(n+p),h", **LATENT, **TWO_NORMS}, "dense": MLP,
                    "sparse": {"mlp.gate.weight": "E,h", **EXPERTS, **SHARED}},
    "glm4_moe": {"once": {**ENDS, **HEAD}, "layer": {**ATTENTION, **ATTENTION_BIAS, **HEAD_NORMS, **TWO_NORMS}, "dense": MLP,
                 "sparse": {"mlp.gate.weight": "E,h", "mlp.gate.e_score_correction_bias": "E", **EXPERTS, **SHARED},
                 "next": {"embed_tokens.weight": "V,h", "enorm.weight": "h", "hnorm.weight": "h", "eh_proj.weight": "h,2*h",
                          "shared_head.norm.weight": "h", "shared_head.head.weight": "V,h"}},
    # Its file holds the causal masks, too, and no prefix.
    "gpt2": {"layers": "h.#.", "once": {"wte.weight": "V,h", "wpe.weight": "P,h", "ln_f.weight": "h", "ln_f.bias": "h"},
             "layer": {"ln_1.weight": "h", "ln_1.bias": "h", "attn.bias": "1,1,P,P", "attn.c_attn.weight": "h,3*h", "attn.c_attn.bias": "3*h",
                       "attn.c_proj.weight": "h,h", "attn.c_proj.bias": "h", "ln_2.weight": "h", "ln_2.bias": "h", "mlp.c_fc.weight": "h,4*h",
                       "mlp.c_fc.bias": "4*h", "mlp.c_proj.weight": "4*h,h", "mlp.c_proj.bias": "h"}},
}

LETTERS = {"h": ("hidden_size", "n_embd"), "V": ("vocab_size",), "I": ("intermediate_size",), "H": ("num_attention_heads", "n_head"),
           "K": ("num_key_value_heads",), "E": ("n_routed_experts", "num_experts", "num_local_experts"), "M": ("moe_intermediate_size",),
           "S": ("n_shared_experts",), "r": ("kv_lora_rank",), "p": ("qk_rope_head_dim",), "n": ("qk_nope_head_dim",),
           "v": ("v_head_dim",), "P": ("n_positions",)}
VISION_LETTERS = {"w": "hidden_size", "y": "intermediate_size", "z": "patch_size", "g": "image_size"}


def letters_of(family, config):
    c = {**family.get("defaults", {}), **config, **config.get("text_config", {})}
    out = {letter: next((c[key] for key in keys if c.get(key) is not None), 0) for letter, keys in LETTERS.items()}
    out["d"] = c.get("head_dim") or (out["h"] // out["H"] if out["H"] else 0)
    out.update({letter: config.get("vision_config", {}).get(key, 0) for letter, key in VISION_LETTERS.items()})
    return c, out


def tensors_of(config):
    family = FAMILIES.get(config["model_type"])
    if family is None:
        return None
    c, letters = letters_of(family, config)
    out = []

    def shape(text):
        value = eval(text, {"__builtins__": {}}, letters)  # letters and signs of the table above
        return list(value) if isinstance(value, tuple) else [value]

    def add(prefix, table):
        for name, text in table.items():
            for expert in range(letters["E"]) if "%" in name else (0,):
                out.append((prefix + name.replace("%", str(expert)), shape(text)))

    prefix, layers = family.get("prefix", ""), family.get("layers", L)
    add(prefix, family["once"])
    add("", family.get("plain", {}))
    count = c.get("num_hidden_layers") or c["n_layer"]
    for n in range(count):
        at = prefix + layers.replace("#", str(n))
        add(at, family["layer"])
        add(at, family.get("dense" if n < c.get("first_k_dense_replace", 0) else "sparse", {}))
    for n in range(count, count + (c.get("num_nextn_predict_layers") or 0) if "next" in family else count):
        at = prefix + layers.replace("#", str(n))
        add(at, {**family["layer"], **family["sparse"], **family["next"]})
    for n in range(config.get("vision_config", {}).get("num_hidden_layers", 0) if "towers" in family else 0):
        add("", {name.replace("#", str(n)): text for name, text in family["towers"].items()})
    return out


def elements(tensors):
    total = 0
    for _, shape in tensors:
        product = 1
        for size in shape:
            product *= size
        total += product
    return total


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with open(os.path.join(sys.argv[1], "model_facts.json"), encoding="utf-8") as facts:
        rows = json.load(facts)["parameters"]
    for row in rows:
        with open(os.path.join(sys.argv[1], "configs", row["slug"], "config.json"), encoding="utf-8") as file:
            tensors = tensors_of(json.load(file))
        if tensors:
            total = elements(tensors)
            print(row["slug"], len(tensors), total, "published", row["published"], "computed", row["computed_from_config"],
                  "equal" if total == (row["published"] or row["computed_from_config"]) else f"differs by {total - (row['published'] or row['computed_from_config'] or 0)}")
