#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/identity/watch.json: the likeliest first tokens behind one prompt, as assay-worker computes them for honest and
dishonest subjects. Each call is scored among others of the same length, as many as chance has it, as a server puts requests together;
calls that gave the same numbers are kept once, with how many they were. (The worker's numbers hardly depend on what is computed beside
them, so this is what the models tell, without the noise of other engines.)

    make_identity_watch.py WORKER [FILE]
"""
import json
import pathlib
import random
import sys
import tempfile

from make_identity_pool import HIDDEN, ROOT, SAMPLES, Worker, write_int4

PROMPT, TOP, CALLS, MOST = "x", 20, 120, 32
# name, sample, dtype, text before the prompt
SUBJECTS = [
    ("full", "full", "auto", ""),
    ("full-f32", "full", "f32", ""),
    ("int8", "full", "int8", ""),
    ("int4", "int4", "auto", ""),
    ("distilled", "distilled", "auto", ""),
    ("base", "base", "auto", ""),
    ("hidden", "full", "auto", HIDDEN),
]


def call(worker, model, context, others, draw):
    """{id: logarithm} of one call."""
    size = draw.choice([1, 2, 4, 8, 16, MOST])
    rows = draw.sample(others, size - 1)
    rows.insert(draw.randrange(size), context)
    place, got = rows.index(context), []
    worker.call("score", {"model": model, "items": [{"contextIds": r, "continuationIds": [3]} for r in rows], "tokens": True, "top": TOP},
                lambda p: got.extend(p["tokens"]) if p.get("item") == place and "tokens" in p else None)
    return {f'{t["id"]}': round(t["logProbability"], 6) for t in got[0]["top"]}


def main():
    file = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "tests/data/identity/watch.json"
    draw, out = random.Random(20261123), {}
    with tempfile.TemporaryDirectory() as made:
        write_int4(pathlib.Path(made) / "int4")
        worker = Worker(sys.argv[1])
        for name, sample, dtype, hidden in SUBJECTS:
            place = pathlib.Path(made) / "int4" if sample == "int4" else SAMPLES / sample
            model = worker.call("load", {"path": str(place), "dtype": dtype, "device": "cpu"})["model"]
            ids = lambda text: worker.call("tokenize", {"model": model, "text": text, "special": True})["ids"]
            context = ids(hidden + PROMPT)
            others = [context[:-1] + [i] for i in range(10, 400) if i != context[-1]]
            tops = [json.dumps(call(worker, model, context, others, draw)) for _ in range(CALLS)]
            out[name] = [{"calls": tops.count(top), "top": json.loads(top)} for top in dict.fromkeys(tops)]
            worker.call("unload", {"model": model})
            first = [c["top"][max(c["top"], key=c["top"].get)] for c in out[name]]
            print(name, "distinct calls", len(out[name]), "likeliest", min(first), max(first), flush=True)
    lines = ",\n".join(f'{json.dumps(n)}: [\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in calls) + "]" for n, calls in out.items())
    file.write_text(f'{{"prompt": {json.dumps(PROMPT)}, "top": {TOP}, "subjects": {{\n{lines}}}}}\n')


if __name__ == "__main__":
    main()
