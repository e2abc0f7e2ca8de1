#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameter cosines, HuRef's invariants and linear CKA of two tiny models, by their definitions alone.

Writes tests/data/identity/lineage.json: the sizes, from which a test makes the same weights by the rule of `value`, and the figures. Everything
is a plain sum over Python numbers; the invariants are multiplied out as whole matrices with every head repeated, CKA is computed over features:
none of it the way that Assay takes. Sources: identity.md 7.9; HuRef (X Wq^T Wk X^T, X Wv^T Wo^T X^T, X (Wg o Wu)^T Wd^T X^T, cosine of the
standardised matrices); Kornblith and others 2019.
"""
import json
import math
import os

HIDDEN, HEADS, KV_HEADS, HEAD, MLP, LAYERS, VOCABULARY = 16, 4, 2, 4, 24, 3, 40
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "identify", "lineage.json")
MASK = 2**64 - 1


def splitmix(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def value(stream, i):
    """A multiple of 2^-20 in [-0.5, 0.5): exact in 32 bits, as sums of two are."""
    return ((splitmix(stream * 1000003 + i) >> 44) - 2**19) * 2.0**-20


def shapes():
    yield "model.embed_tokens.weight", (VOCABULARY, HIDDEN)
    for layer in range(LAYERS):
        prefix = f"model.layers.{layer}."
        yield prefix + "self_attn.q_proj.weight", (HEADS * HEAD, HIDDEN)
        yield prefix + "self_attn.k_proj.weight", (KV_HEADS * HEAD, HIDDEN)
        yield prefix + "self_attn.v_proj.weight", (KV_HEADS * HEAD, HIDDEN)
        yield prefix + "self_attn.o_proj.weight", (HIDDEN, HEADS * HEAD)
        yield prefix + "mlp.gate_proj.weight", (MLP, HIDDEN)
        yield prefix + "mlp.up_proj.weight", (MLP, HIDDEN)
        yield prefix + "mlp.down_proj.weight", (HIDDEN, MLP)
        yield prefix + "input_layernorm.weight", (HIDDEN,)
    yield "model.norm.weight", (HIDDEN,)


def model(other):
    """The second model: the first plus a quarter of other numbers; its layer 1 is other numbers alone, the final norm is the same."""
    tensors = {}
    for index, (name, shape) in enumerate(shapes()):
        values = [value(index, i) for i in range(math.prod(shape))]
        if other and ".1." in name:
            values = [value(index + 500, i) for i in range(len(values))]
        elif other and name != "model.norm.weight":
            values = [v + 0.25 * value(index + 500, i) for i, v in enumerate(values)]
        tensors[name] = (shape, values)
    return tensors


def matrix(tensor):
    (rows, columns), values = tensor
    return [values[r * columns:(r + 1) * columns] for r in range(rows)]


def transposed(a):
    return [list(column) for column in zip(*a)]


def product(a, b):
    columns = transposed(b)
    return [[math.fsum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def correlation(a, b):
    x, y = [v for row in a for v in row], [v for row in b for v in row]
    mx, my = math.fsum(x) / len(x), math.fsum(y) / len(y)
    dot = math.fsum((p - mx) * (q - my) for p, q in zip(x, y))
    return dot / math.sqrt(math.fsum((p - mx)**2 for p in x) * math.fsum((q - my)**2 for q in y))


def repeated(rows):
    """Keys or values of each query head: the rows of a head for every query head that shares it."""
    out = []
    for head in range(HEADS):
        kv = head // (HEADS // KV_HEADS)
        out += rows[kv * HEAD:(kv + 1) * HEAD]
    return out


def invariants(tensors, layer):
    x = matrix(tensors["model.embed_tokens.weight"])
    part = lambda name: matrix(tensors[f"model.layers.{layer}.{name}.weight"])
    q, k, v, o = (part("self_attn." + n + "_proj") for n in "qkvo")
    gate, up, down = (part("mlp." + n + "_proj") for n in ("gate", "up", "down"))
    both = [[g * u for g, u in zip(a, b)] for a, b in zip(gate, up)]
    xt = transposed(x)
    return {
        "query_key": product(product(product(x, transposed(q)), repeated(k)), xt),
        "value_output": product(product(product(x, transposed(repeated(v))), transposed(o)), xt),
        "feed_forward": product(product(product(x, transposed(both)), transposed(down)), xt),
    }


def cka(x, y):
    centred = lambda a: transposed([[v - math.fsum(c) / len(c) for v in c] for c in transposed(a)])
    x, y = centred(x), centred(y)
    norm = lambda a: math.fsum(v * v for row in a for v in row)
    return norm(product(transposed(y), x)) / math.sqrt(norm(product(transposed(x), x)) * norm(product(transposed(y), y)))


def sums(pairs):
    x = [v for a, _ in pairs for v in a]
    y = [v for _, b in pairs for v in b]
    dot = math.fsum(p * q for p, q in zip(x, y))
    xx, yy = math.fsum(p * p for p in x), math.fsum(q * q for q in y)
    return {"cosine": dot / math.sqrt(xx * yy), "relative": math.sqrt(math.fsum((p - q)**2 for p, q in zip(x, y)) / yy),
            "equal": sum(p == q for p, q in zip(x, y)), "elements": len(x)}


def main():
    a, b = model(False), model(True)
    chosen = lambda keep: sums([(a[n][1], b[n][1]) for n in a if keep(n)])
    is_matrix = lambda n: len(a[n][0]) == 2
    rows, mismatched = [], []
    here = {layer: invariants(a, layer) for layer in (2, 1)}
    there = {layer: invariants(b, layer) for layer in (2, 1)}
    for kind in ("query_key", "value_output", "feed_forward"):
        for i in (2, 1):
            for j in (2, 1):
                entry = {"kind": kind, "layer": i, "reference_layer": j, "likeness": correlation(here[i][kind], there[j][kind])}
                (rows if i == j else mismatched).append(entry)
    figures = {
        "hidden": HIDDEN, "heads": HEADS, "kv_heads": KV_HEADS, "head_dim": HEAD, "intermediate": MLP, "layers": LAYERS, "vocabulary": VOCABULARY,
        "tensors": [{"name": n, "shape": list(s), "first": [v[:3] for _, v in [a[n]]][0], "second": [v[:3] for _, v in [b[n]]][0]} for n, (s, _) in a.items()],
        "all": chosen(lambda n: True), "matrices": chosen(is_matrix),
        "sections": {
            "embedding": chosen(lambda n: "embed" in n), "attention": chosen(lambda n: "self_attn" in n),
            "mlp": chosen(lambda n: ".mlp." in n), "norm": chosen(lambda n: "norm" in n),
        },
        "by_layer": [chosen(lambda n, l=layer: f".{l}." in n and is_matrix(n)) for layer in range(LAYERS)],
        "invariants": rows, "mismatched": mismatched,
        "embedding_cka": cka(matrix(a["model.embed_tokens.weight"]), matrix(b["model.embed_tokens.weight"])),
    }
    os.makedirs(os.path.dirname(OUT), exist_ok=True)
    with open(OUT, "w") as file:
        json.dump(figures, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
