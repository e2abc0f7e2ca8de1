#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden numbers for tests/identify/tst_watchchecks, by the formulas of the papers and with exact permutations, nothing of Assay's.

python3 make_watchchecks.py > ../identity/watchchecks.json
"""
import itertools
import json
import math
import random
import statistics


def matrix(calls, tokens):
    return [[call.get(token, min(call.values())) for token in tokens] for call in calls]


def distance(earlier, today):
    columns = range(len(earlier[0]))
    mean = lambda rows, c: sum(row[c] for row in rows) / len(rows)
    return sum(abs(mean(earlier, c) - mean(today, c)) for c in columns) / len(earlier[0])


def logprob_case(earlier, today):
    tokens = sorted({token for call in earlier + today for token in call})
    rows = matrix(earlier, tokens) + matrix(today, tokens)
    seen = distance(rows[: len(earlier)], rows[len(earlier):])
    as_far = total = 0
    for chosen in itertools.combinations(range(len(rows)), len(today)):
        now = [rows[i] for i in chosen]
        before = [rows[i] for i in range(len(rows)) if i not in chosen]
        as_far += distance(before, now) >= seen - 1e-12
        total += 1
    return {"earlier": earlier, "today": today, "statistic": seen, "exact_p": as_far / total}


def variation(earlier, today):
    answers = set(earlier) | set(today)
    n, m = sum(earlier.values()), sum(today.values())
    return sum(abs(earlier.get(a, 0) / n - today.get(a, 0) / m) for a in answers) / 2


def border_case(earlier, today):
    prompts = sorted(set(earlier) & set(today))
    seen = sum(variation(earlier[p], today[p]) for p in prompts) / len(prompts)
    # The distribution of the sum, prompt by prompt: hypergeometric draws of today's answers (two answers each).
    sums = {0.0: 1.0}
    for p in prompts:
        a = earlier[p].get("a", 0) + today[p].get("a", 0)
        b = earlier[p].get("b", 0) + today[p].get("b", 0)
        m = sum(today[p].values())
        following = {}
        for k in range(max(0, m - b), min(a, m) + 1):
            chance = math.comb(a, k) * math.comb(b, m - k) / math.comb(a + b, m)
            tv = variation({"a": a - k, "b": b - (m - k)}, {"a": k, "b": m - k})
            for value, weight in sums.items():
                key = round(value + tv, 12)
                following[key] = following.get(key, 0) + weight * chance
        sums = following
    exact = sum(weight for value, weight in sums.items() if value / len(prompts) >= seen - 1e-9)
    return {"earlier": earlier, "today": today, "statistic": seen, "exact_p": exact}


def evidence(ps, horizon):
    """By the definition: the mean over all starts, of which those to come have seen nothing."""
    values = []
    for n in range(1, len(ps) + 1):
        e = [0.5 / math.sqrt(p) for p in ps[:n]]
        started = sum(math.prod(e[k:]) for k in range(n))
        values.append((started + horizon - n) / horizon)
    return {"p": ps, "horizon": horizon, "values": values}


def leaving(values, least, deviations, days, baseline, skipped):
    """First place at which the alarm is raised; -1: none."""
    outside = 0
    for i, value in enumerate(values):
        before = values[max(0, i - skipped - baseline): max(0, i - skipped)]
        out = len(before) == baseline and value > statistics.fmean(before) + least and value > statistics.fmean(before) + deviations * statistics.stdev(before)
        outside = outside + 1 if out else 0
        if outside == days:
            return i
    return -1


def main():
    draw = random.Random(20261122)
    call = lambda shift: {t: round(-0.5 * k - shift * (k % 2) + draw.gauss(0, 0.1), 6) for k, t in enumerate("abcd")}
    quiet = logprob_case([call(0) for _ in range(6)], [call(0) for _ in range(4)])
    changed = logprob_case([call(0) for _ in range(6)], [call(0.5) for _ in range(4)])
    holes = [call(0) for _ in range(6)]
    del holes[1]["d"], holes[4]["c"]
    missing = logprob_case(holes, [{**call(0.05), "e": -7.5} for _ in range(4)])
    counts = lambda n, p: (lambda k: {"a": k, "b": n - k})(sum(draw.random() < p for _ in range(n)))
    prompts = ["x", "y", "z"]
    same = border_case({p: counts(30, 0.5) for p in prompts}, {p: counts(8, 0.5) for p in prompts})
    moved = border_case({p: counts(30, 0.5) for p in prompts}, {p: counts(8, 0.95) for p in prompts})
    level = [round(abs(draw.gauss(0.1, 0.02)), 6) for _ in range(30)]
    step = level[:22] + [round(v + 0.5, 6) for v in level[22:]]
    spikes = [v + (0.5 if i in (20, 21, 23, 24) else 0) for i, v in enumerate(level)]
    rule = {"least": 0.2, "deviations": 4, "days": 3, "baseline": 14, "skipped": 4}
    rows = [{"values": v, "alarm": leaving(v, **rule)} for v in (level, step, spikes)]
    print(json.dumps({"logprobs": [quiet, changed, missing], "border": [same, moved],
                      "evidence": [evidence([0.3, 0.8, 0.04, 0.0001, 0.0001, 0.5], 365), evidence([0.0001] * 4, 30)], "leaving": rows}, indent=1))


main()
