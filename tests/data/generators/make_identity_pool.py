#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/identity/pool/*.json: answers of honest and dishonest subjects, each computed by assay-worker from the sample
models. The bench of subjects (benchmarks/identity_bench.cpp) draws its runs from them.

    make_identity_pool.py WORKER [FOLDER]

Every subject has seeds of its own: with shared ones their answers would depend on each other and honest subjects would agree too well.
"""
import json
import math
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
SAMPLES, SUITES = ROOT / "resources/samples", ROOT / "resources/suites"
PROMPTS, DRAWS, TOKENS = 40, 80, 50
GREEDY, GREEDY_TOKENS = 120, 100
KNOWLEDGE, REASONING, REPEATS = 120, 180, 8
GROUP = 32  # weights that share one scale in the int4 subject
HIDDEN = "sort c a b: a b c\n"

# name, sample, dtype, rows computed together, temperature, text before every prompt
SUBJECTS = [
    ("full", "full", "auto", 64, 1.0, ""),
    ("full-again", "full", "auto", 64, 1.0, ""),
    ("full-few", "full", "auto", 4, 1.0, ""),
    ("full-f32", "full", "f32", 64, 1.0, ""),
    ("int8", "full", "int8", 64, 1.0, ""),
    ("int4", "int4", "auto", 64, 1.0, ""),
    ("distilled", "distilled", "auto", 64, 1.0, ""),
    ("base", "base", "auto", 64, 1.0, ""),
    ("warmer", "full", "auto", 64, 1.3, ""),
    ("hidden", "full", "auto", 64, 1.0, HIDDEN),
]


class Worker:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.last = 0
        self.call("hello", {"protocol": 1})

    def call(self, method, params, notified=None):
        self.last += 1
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}) + "\n")
        self.process.stdin.flush()
        while True:
            message = json.loads(self.process.stdout.readline())
            if "method" in message:
                if notified:
                    notified(message["params"])
            elif message.get("id") == self.last:
                if "error" in message:
                    raise RuntimeError(message["error"])
                return message["result"]


def rounded(weights):
    """Symmetric 4-bit rounding of groups of GROUP weights, given back as bf16: what an int4 file computes with."""
    out = bytearray()
    values = [struct.unpack("<f", b"\0\0" + weights[i:i + 2])[0] for i in range(0, len(weights), 2)]
    for at in range(0, len(values), GROUP):
        group = values[at:at + GROUP]
        scale = max(abs(v) for v in group) / 7 or 1.0
        for v in group:
            bits = struct.unpack("<I", struct.pack("<f", max(-8, min(7, round(v / scale))) * scale))[0]
            out += struct.pack("<H", min((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16, 0xFFFF))
    return bytes(out)


def write_int4(folder):
    shutil.copytree(SAMPLES / "full", folder)
    data = (folder / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header, body = json.loads(data[8:8 + size]), bytearray(data[8 + size:])
    for name, tensor in header.items():
        if name != "__metadata__" and "layers" in name and len(tensor["shape"]) == 2:
            begin, end = tensor["data_offsets"]
            body[begin:end] = rounded(bytes(body[begin:end]))
    (folder / "model.safetensors").write_bytes(data[:8 + size] + body)


def items_of(*names):
    out = []
    for name in names:
        lines = (SUITES / f"{name}.jsonl").read_text().splitlines()
        out += [json.loads(line) for line in lines[1:]]
    return out


def answer_of(item, text):
    """As the suites' scorers take it: up to the first line's end, after the mark where the item names one."""
    text = text.split("\n")[0]
    mark = item.get("extract", {}).get("after") if isinstance(item.get("extract"), dict) else None
    if mark:
        if mark not in text:
            return None
        text = text.rsplit(mark, 1)[1]
    return text.strip()


def expected(item):
    return item["choices"][item["answer"]] if "choices" in item else item["answer"]


def generate(worker, model, rows, batch):
    out = []
    for at in range(0, len(rows), batch):
        out += worker.call("generateBatch", {"model": model, "rows": rows[at:at + batch]})["rows"]
    return out


def teacher_forced(worker, model, rows):
    """Of each (prompt, ids): token scores by the reference."""
    out = []
    for at in range(0, len(rows), 32):
        part = rows[at:at + 32]
        got = [[] for _ in part]
        items = [{"contextIds": context, "continuationIds": ids} for context, ids in part if ids]
        places = [i for i, (_, ids) in enumerate(part) if ids]
        if items:
            worker.call("score", {"model": model, "items": items, "tokens": True, "top": 1},
                        lambda p: got[places[p["item"]]].extend(p["tokens"]) if "tokens" in p else None)
        out += got
    return out


def main():
    program = sys.argv[1]
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "tests/data/identity/pool"
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(20261122)
    items = items_of("addition", "sorting", "brackets", "recall", "reasoning")
    begun = {}
    while len(begun) < PROMPTS + GREEDY:
        prompt = draw.choice(items)["prompt"]
        begun.setdefault(prompt[:draw.randint(3, max(4, min(60, len(prompt))))])
    begun = list(begun)
    prompts, greedy = begun[:PROMPTS], begun[PROMPTS:]
    knowledge = items_of("recall", "recall-depth")
    reasoning = items_of("addition", "sorting", "brackets", "reasoning")
    tasks = [("knowledge", i) for i in draw.sample(knowledge, KNOWLEDGE)] + [("reasoning", i) for i in draw.sample(reasoning, REASONING)]
    with tempfile.TemporaryDirectory() as made:
        write_int4(pathlib.Path(made) / "int4")
        worker = Worker(program)
        place = lambda sample: str(pathlib.Path(made) / "int4" if sample == "int4" else SAMPLES / sample)
        reference = worker.call("load", {"path": place("full"), "dtype": "auto", "device": "cpu"})["model"]
        ids = {p: worker.call("tokenize", {"model": reference, "text": p, "special": True})["ids"] for p in begun}
        for number, (name, sample, dtype, batch, temperature, hidden) in enumerate(SUBJECTS):
            loaded = worker.call("load", {"path": place(sample), "dtype": dtype, "device": "cpu"})
            model, seeds = loaded["model"], iter(range(number * 10_000_000 + 1, (number + 1) * 10_000_000))
            row = lambda prompt, most, t, **more: {"prompt": hidden + prompt, "maxTokens": most, "temperature": t, "seed": next(seeds), **more}
            sampled = generate(worker, model, [row(p, TOKENS, temperature) for p in prompts for _ in range(DRAWS)], batch)
            forced = generate(worker, model, [row(p, GREEDY_TOKENS, 0) for p in greedy], batch)
            scored = teacher_forced(worker, reference, [(ids[p], a["ids"]) for p, a in zip(greedy, forced)])
            ranks = teacher_forced(worker, reference, [(ids[prompts[i // DRAWS]], a["ids"]) for i, a in enumerate(sampled)])
            asked = [row(i["prompt"], i["max_tokens"] if "max_tokens" in i else 32, temperature, stop=["\n"]) for _, i in tasks for _ in range(REPEATS)]
            right = [answer_of(tasks[n // REPEATS][1], a["text"]) == expected(tasks[n // REPEATS][1]) for n, a in enumerate(generate(worker, model, asked, batch))]
            margin = lambda s: round(max(0.0, s["top"][0]["logProbability"] - s["logProbability"]), 4)
            pool = {
                "subject": name, "model": loaded["architecture"], "sample": sample, "dtype": loaded["dtype"], "batch": batch, "temperature": temperature, "hidden": hidden,
                "prompts": [{"prompt": p, "answers": [a["text"] for a in sampled[i * DRAWS:(i + 1) * DRAWS]],
                             "log_ranks": [round(sum(math.log(s["rank"]) for s in r), 3) for r in ranks[i * DRAWS:(i + 1) * DRAWS]]} for i, p in enumerate(prompts)],
                "greedy": [{"prompt": p, "tokens": len(a["ids"]), "margins": [margin(s) for s in s if s["rank"] > 1]} for p, a, s in zip(greedy, forced, scored)],
                "items": [{"id": i["id"], "group": g, "right": "".join("01"[r] for r in right[n * REPEATS:(n + 1) * REPEATS])} for n, (g, i) in enumerate(tasks)],
            }
            (folder / f"{name}.json").write_text(json.dumps(pool, ensure_ascii=False, separators=(",", ":")) + "\n")
            worker.call("unload", {"model": model})
            share = {g: sum(c == "1" for i in pool["items"] if i["group"] == g for c in i["right"]) / REPEATS / sum(i["group"] == g for i in pool["items"]) for g in ("knowledge", "reasoning")}
            print(name, loaded["dtype"], share, "distinct", sum(len(set(p["answers"])) for p in pool["prompts"]) / PROMPTS,
                  "mismatches", sum(len(g["margins"]) for g in pool["greedy"]), "of", sum(g["tokens"] for g in pool["greedy"]), flush=True)


if __name__ == "__main__":
    main()
