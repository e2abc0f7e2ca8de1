#!/usr/bin/env python3
"""Writes resources/profiles/*.json and resources/claims/*.json.

  make_profiles.py REFERENCE RESOURCES

REFERENCE is the folder of reference data (configs/, model_facts.json, claims/): published values, which are facts.
The structure (tensor-name grammar with counts) comes from make_r1_index.py, make_dense_index.py and make_structures.py
beside this script, for the families that they know; other models have published facts alone.  The two sheets of articles are copied, with
the known models that they speak of added.  Python 3 standard library only.
"""
import json
import os
import re
import sys

sys.dont_write_bytecode = True
import make_dense_index as dense
import make_r1_index as r1
import make_structures

R1_TWINS = ["deepseek-r1", "deepseek-r1-0528", "deepseek-v3", "deepseek-v3-base", "deepseek-v3.1"]
R1_STRUCTURE = set(R1_TWINS)
DISTILLS = ["deepseek-r1-distill-qwen-1.5b", "deepseek-r1-distill-qwen-7b", "deepseek-r1-distill-llama-8b",
            "deepseek-r1-distill-qwen-14b", "deepseek-r1-distill-qwen-32b", "deepseek-r1-distill-llama-70b"]
# What people run under the full model's name: distills, and other makers' models of the same class.
FALSE_FRIENDS = {"deepseek-r1": DISTILLS + ["deepseek-r1-0528-qwen3-8b", "kimi-k2-instruct"],
                 "deepseek-r1-0528": ["deepseek-r1-0528-qwen3-8b"]}
WORDS = {"silu": ["silu", "swiglu"], "gelu_pytorch_tanh": ["gelu", "geglu"], "gelu_new": ["gelu"], "gelu": ["gelu"]}
LAYER_NORM = {"gpt2", "bert"}
LEARNED = {"gpt2", "bert"}
# Main weights where what is published counts more than the model: next-token layers and scales (README_WEIGHTS.md of V3).
MAIN_R1 = {"parameters.total": [671026419200, 684489845504, 684531386000], "parameters.active": [37552297472, 36625618432],
           "weights.bytes": [688574839360, 688586727753]}
# Another figure that the makers state of the same thing.
DOCUMENTED = {name: {"max_position_embeddings": 131072} for name in R1_TWINS}
TOKENIZERS = [("deepseek-r1-0528-qwen3", "qwen3"), ("deepseek-r1-distill-llama", "llama3_1"), ("deepseek-r1-distill-qwen", "qwen2_5"),
              ("deepseek-v2", ""), ("deepseek", "deepseek_v3"), ("qwen2.5", "qwen2_5"), ("qwen3", "qwen3"), ("llama-3", "llama3_1")]
BENCHMARKS = {"MMLU": "mmlu", "MMLU-Redux": "mmlu_redux", "MMLU-Pro": "mmlu_pro", "IF-Eval": "if_eval", "GPQA-Diamond": "gpqa_diamond",
              "SimpleQA": "simpleqa", "LiveCodeBench": "livecodebench", "SWE-bench Verified": "swe_bench_verified", "AIME 2024": "aime_2024",
              "AIME 2024 pass@1": "aime_2024", "MATH-500": "math_500", "C-Eval": "c_eval", "C-SimpleQA": "c_simpleqa"}


def structure_of(tensors):
    """Names with numbers as #, the layer of next-token prediction as @, and shapes, with their counts."""
    extra = {m.group(1) for name, _ in tensors for m in [re.match(r"(.*\.layers\.\d+\.)eh_proj\.weight$", name)] if m}
    out = {}
    for name, shape in tensors:
        own = next((p for p in extra if name.startswith(p)), None)
        mark = re.sub(r"\d+\.$", "@.", own) if own else ""
        rest = name[len(own):] if own else name
        rest = ".".join("#" if part.isdigit() else part for part in rest.split("."))
        key = f"{mark}{rest} [{','.join(map(str, shape))}]"
        out[key] = out.get(key, 0) + 1
    return dict(sorted(out.items()))


def tensors_of(slug, config):
    if slug in R1_STRUCTURE:
        return [(name, shape) for stage in r1.Layout(config).stages() for name, _, shape in stage]
    if config["model_type"] in dense.FAMILIES:
        return [(name, shape) for group in dense.groups(config, 1) for name, _, shape in group]
    return make_structures.tensors_of(config)


def facts_of(slug, config, published):
    c = dict(config)
    c.update(config.get("text_config", {}))
    facts = {}

    def put(name, *keys):
        for key in keys:
            if c.get(key) is not None:
                facts[name] = c[key]
                return

    mixture = "mixture of experts" if any(k in c for k in ("n_routed_experts", "num_experts", "num_local_experts")) else "dense"
    words = [config["architectures"][0], c["model_type"], mixture, "transformer"]
    if "kv_lora_rank" in c:
        words.append("latent attention")
    facts["architecture"] = words
    facts["model_type"] = c["model_type"]
    put("num_hidden_layers", "num_hidden_layers", "n_layer")
    put("hidden_size", "hidden_size", "n_embd")
    put("intermediate_size", "intermediate_size")
    put("num_attention_heads", "num_attention_heads", "n_head")
    put("num_key_value_heads", "num_key_value_heads")
    heads = facts.get("num_attention_heads")
    if (c.get("head_dim") or heads) and "kv_lora_rank" not in c:
        facts["head_dim"] = c.get("head_dim") or facts["hidden_size"] // heads
    put("max_position_embeddings", "max_position_embeddings", "n_positions")
    put("vocab_size", "vocab_size")
    put("rope_theta", "rope_theta")
    put("rms_norm_eps", "rms_norm_eps")
    put("n_routed_experts", "n_routed_experts", "num_experts", "num_local_experts")
    put("num_experts_per_tok", "num_experts_per_tok")
    put("n_shared_experts", "n_shared_experts")
    put("moe_intermediate_size", "moe_intermediate_size")
    put("first_k_dense_replace", "first_k_dense_replace")
    put("kv_lora_rank", "kv_lora_rank")
    put("q_lora_rank", "q_lora_rank")
    put("num_nextn_predict_layers", "num_nextn_predict_layers")
    put("tie_word_embeddings", "tie_word_embeddings")
    activation = c.get("hidden_act") or c.get("hidden_activation") or c.get("activation_function")
    if activation:
        facts["hidden_act"] = WORDS[activation]
    facts["norm"] = "LayerNorm" if c["model_type"] in LAYER_NORM else "RMSNorm"
    scaling = (c.get("rope_scaling") or {})
    kind = scaling.get("type") or scaling.get("rope_type")
    facts["position_encoding"] = "learned" if c["model_type"] in LEARNED else ["rotary"] + ([kind] if kind in ("yarn", "llama3", "longrope", "linear") else [])
    quantization = c.get("quantization_config", {}).get("quant_method")
    dtype = quantization if quantization in ("fp8", "mxfp4") else c.get("torch_dtype")
    if dtype:
        facts["dtype"] = dtype
    facts["modality"] = ["text", "image"] if "vision_config" in config else "text"
    if slug in R1_TWINS:
        facts.update(MAIN_R1)
    else:
        row = published.get(slug, {})
        total = row.get("published") or row.get("computed_from_config")
        if total and not (row.get("published") and row.get("agree") is False):
            facts["parameters.total"] = total
            if "n_routed_experts" not in c and "num_experts" not in c and "num_local_experts" not in c:
                head = facts.get("vocab_size", 0) * facts["hidden_size"]
                facts["parameters.active"] = [total] + ([total - head] if not facts.get("tie_word_embeddings", True) else [])
                if facts.get("dtype") in ("bfloat16", "float16"):
                    facts["weights.bytes"] = total * 2
    if slug in DISTILLS:
        facts.update({"training": "supervised fine-tuning", "pruning": 0, "attention_saving": 0})
    return {name: value if name not in DOCUMENTED.get(slug, {}) else [value, DOCUMENTED[slug][name]] for name, value in facts.items()}


def accuracy_of(slug, benchmarks):
    rows = {"deepseek-r1": benchmarks["full_model"], "deepseek-v3": benchmarks["deepseek_v3_in_the_same_table"]}.get(slug)
    if slug in benchmarks["distilled"]:
        rows = dict(zip(benchmarks["distilled"]["columns"], benchmarks["distilled"][slug]))
    return {"accuracy." + BENCHMARKS[k]: v for k, v in (rows or {}).items() if k in BENCHMARKS and v is not None}


def several(values):
    """A fact is a value or a list of values that all are true of the model; {"values": [...]} says the latter of numbers."""
    if isinstance(values, list) and not isinstance(values[0], str):
        return {"values": values}
    return values


def write(path, value, deep=1):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=deep)
        file.write("\n")


def main(reference, resources):
    def load(*path):
        with open(os.path.join(reference, *path), encoding="utf-8") as file:
            return json.load(file)

    known = load("model_facts.json")
    published = {row["slug"]: row for row in known["parameters"]}
    base_of = known["base_of"]
    models = {row["slug"]: (row, load("configs", row["slug"], "config.json")) for row in load("configs", "manifest.json")["models"]}
    facts = {slug: facts_of(slug, config, published) for slug, (_, config) in models.items()}
    visible = {slug: {k: v for k, v in f.items() if not k.startswith(("parameters.", "weights.", "training", "pruning", "attention_saving"))}
               for slug, f in facts.items()}
    for slug, (row, config) in models.items():
        role = "full" if slug in ("deepseek-r1", "deepseek-r1-0528") else "distilled" if "distill" in slug or slug == "deepseek-r1-0528-qwen3-8b" \
            else "base" if slug.endswith("-base") or slug in ("qwen2.5-14b", "qwen2.5-32b", "llama-3.1-8b", "qwen2.5-math-1.5b", "qwen2.5-math-7b") else ""
        name = row["hf_id"].split("/")[-1]
        profile = {"schema": "assay-profile/1", "id": slug, "title": name, "family": config["model_type"], "role": role,
                   "source": row["source"] + "; " + row["confidence"], "names": [row["hf_id"], name],
                   "facts": {k: several(v) for k, v in {**facts[slug], **accuracy_of(slug, known["benchmarks"])}.items()}}
        if slug in base_of:
            profile["facts"]["base_model"] = base_of[slug]
        tensors = tensors_of(slug, config)
        if tensors:
            profile["structure"] = structure_of(tensors)
        tokenizer = next(value for start, value in TOKENIZERS + [("", "")] if slug.startswith(start))
        if tokenizer:
            profile["tokenizer"] = tokenizer
        special = {}
        for mark, key in (("bos", "bos_token_id"), ("eos", "eos_token_id")):
            if isinstance(config.get(key), int):
                special[mark] = config[key]
        if special:
            profile["special_tokens"] = special
        twins = [other for other in models if other != slug and visible[other] == visible[slug]]
        if twins:
            profile["same_config"] = twins
        if slug in FALSE_FRIENDS:
            profile["false_friends"] = FALSE_FRIENDS[slug]
        write(os.path.join(resources, "profiles", slug + ".json"), profile)
    for name, versions in (("article-full-vs-distilled", {"full": "deepseek-r1", "distilled": "|".join(DISTILLS)}),
                           ("article-three-versions", {"full": "deepseek-r1", "distilled": "|".join(DISTILLS), "base": "deepseek-v3-base"})):
        sheet = load("claims", name + ".json")
        sheet = {"id": name, "profile": "deepseek-r1", "versions": versions, **sheet}
        write(os.path.join(resources, "claims", name + ".json"), sheet)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], sys.argv[2])
