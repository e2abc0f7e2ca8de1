#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures that core/identify/statistics is held against, by other ways: every permutation enumerated, sums of exact fractions, numpy's
singular values. Needs numpy. Usage: make_identity.py > tests/data/identity/golden.json"""
import itertools
import json
import math
from fractions import Fraction

import numpy

random = numpy.random.default_rng(20261122)


def padded(answer, length):
    return (list(answer) + [-1] * length)[:length]


def kernel(a, b, length, prefix):
    a, b = padded(a, length), padded(b, length)
    if prefix:
        return sum(a[:t + 1] == b[:t + 1] for t in range(length)) / length
    return sum(x == y for x, y in zip(a, b)) / length


def mmd(xs, ys, length, prefix):
    def pairs(side):
        return sum(kernel(a, b, length, prefix) for i, a in enumerate(side) for j, b in enumerate(side) if i != j) / (len(side) * (len(side) - 1))
    across = sum(kernel(a, b, length, prefix) for a in xs for b in ys) / (len(xs) * len(ys))
    return pairs(xs) + pairs(ys) - 2 * across


def splits(first, second):
    """All ways to deal two samples again, each with its sizes."""
    everything = first + second
    for chosen in itertools.combinations(range(len(everything)), len(first)):
        yield [everything[i] for i in chosen], [everything[i] for i in range(len(everything)) if i not in chosen]


def exact_p(prompts, statistic):
    """Share of all dealings, each prompt by itself, whose mean statistic is no smaller."""
    observed = sum(statistic(a, b) for a, b in prompts) / len(prompts)
    values = [[statistic(a, b) for a, b in splits(*prompt)] for prompt in prompts]
    means = [sum(one) / len(prompts) for one in itertools.product(*values)]
    return observed, sum(m >= observed - 1e-12 for m in means) / len(means)


def mmd_cases():
    out = []
    for prefix in (False, True):
        for shift in (0, 2):
            prompts = []
            for _ in range(2):
                draw = lambda low: [[int(v) for v in random.integers(low, low + 3, size=random.integers(2, 7))] for _ in range(4)]
                prompts.append((draw(0), draw(shift)))
            observed, p = exact_p(prompts, lambda a, b: mmd(a, b, 5, prefix))
            out.append({"prefix": prefix, "length": 5, "prompts": prompts, "statistic": observed, "p": p})
    return out


def sign_flip_cases():
    out = []
    for n, shift in ((1, 1), (5, 0.2), (10, 0.5), (12, 0)):
        values = [float(v) for v in random.normal(shift, 1, n)]
        sums = [math.fsum(s * v for s, v in zip(signs, values)) / n for signs in itertools.product((1, -1), repeat=n)]
        observed = math.fsum(values) / n
        out.append({"values": values, "mean": observed, "p": sum(s >= observed - 1e-12 for s in sums) / len(sums)})
    return out


def greedy_case():
    prompts = []
    for _ in range(9):
        def margins(rate):
            return [float(v) if random.random() < rate else 0.0 for v in random.exponential(0.3, 60)]
        prompts.append({"subject": margins(0.12), "honest": margins(0.04)})
    everything = [m for p in prompts for m in p["honest"]]
    level = float(numpy.percentile(everything, 99.9))
    cut = lambda values: float(numpy.minimum(values, level).mean())
    differences = [cut(p["subject"]) - cut(p["honest"]) for p in prompts]
    n = len(differences)
    sums = [sum(s * v for s, v in zip(signs, differences)) / n for signs in itertools.product((1, -1), repeat=n)]
    return {"prompts": prompts, "level": level, "differences": differences,
            "p": sum(s >= sum(differences) / n - 1e-12 for s in sums) / len(sums),
            "subject_rate": float(numpy.mean([m > 0 for p in prompts for m in p["subject"]])),
            "honest_rate": float(numpy.mean([m > 0 for m in everything]))}


def logprob_distance(first, second):
    tokens = sorted({t for row in first + second for t in row})
    filled = lambda rows: numpy.array([[row.get(t, min(row.values())) for t in tokens] for row in rows])
    return float(numpy.abs(filled(first).mean(axis=0) - filled(second).mean(axis=0)).mean())


def logprob_cases():
    out = []
    for shift in (0, 0.8):
        def rows(extra):
            values = []
            for _ in range(4):
                tokens = random.permutation(list("abcdefg"))[:5]
                values.append({str(t): float(-abs(random.normal(1 + (extra if t in "ab" else 0), 0.5))) for t in tokens})
            return values
        prompts = [(rows(0), rows(shift)) for _ in range(2)]
        observed, p = exact_p(prompts, logprob_distance)
        out.append({"prompts": prompts, "statistic": observed, "p": p})
    return out


def total_variation(first, second):
    return sum(abs(first.count(w) / len(first) - second.count(w) / len(second)) for w in set(first + second)) / 2


def border_cases():
    out = []
    for words in ("ab", "abc"):
        inputs = [([str(w) for w in random.choice(list("ab"), 6)], [str(w) for w in random.choice(list(words), 3)]) for _ in range(3)]
        observed, p = exact_p(inputs, total_variation)
        out.append({"inputs": inputs, "each": [total_variation(*one) for one in inputs], "statistic": observed, "p": p})
    return out


def cramer_von_mises(ranks):
    ranks = numpy.sort(ranks, axis=-1)
    n = ranks.shape[-1]
    return 1 / (12 * n) + (((2 * numpy.arange(1, n + 1) - 1) / (2 * n) - ranks) ** 2).sum(axis=-1)


def uniformity_cases():
    """p by another generator's uniform numbers; of one rank it has a formula, 2 min(r, 1 - r)."""
    out = []
    for ranks in ([0.03], [0.1, 0.35, 0.5, 0.72, 0.9], [float(r) for r in random.random(30) ** 1.5], [float(r) for r in random.random(30)]):
        observed = float(cramer_von_mises(numpy.array(ranks)))
        drawn = numpy.concatenate([cramer_von_mises(random.random((100000, len(ranks)))) for _ in range(4)])
        out.append({"ranks": ranks, "statistic": observed, "p": float((drawn >= observed - 1e-12).mean())})
    return out


def randomized_ranks():
    out = []
    for score, reference in ((0.5, [0.1, 0.5, 0.5, 0.9]), (1.0, [0.1, 0.2]), (0.0, [0.0])):
        u = 0.25
        out.append({"score": score, "reference": reference, "u": u,
                    "rank": (sum(r < score for r in reference) + u * (1 + reference.count(score))) / (len(reference) + 1)})
    return out


def theil_sen_cases():
    out = []
    for n, repeats in ((12, 1), (8, 5)):
        x = [float(v) for v in numpy.repeat(2.0 ** numpy.arange(n), repeats)]
        y = [0.2 + 0.003 * v + float(e) for v, e in zip(x, random.normal(0, 0.05, len(x)))]
        y[3] += 4
        slopes = sorted((y[j] - y[i]) / (x[j] - x[i]) for i in range(len(x)) for j in range(i + 1, len(x)) if x[i] != x[j])
        slope = float(numpy.median(slopes))
        m = len(x)
        ties = sum(t * (t - 1) * (2 * t + 5) for values in (x, y) for t in [values.count(v) for v in set(values)])
        reach = 1.959963984540054 * math.sqrt((m * (m - 1) * (2 * m + 5) - ties) / 18)
        out.append({"x": x, "y": y, "slope": slope, "intercept": float(numpy.median([b - slope * a for a, b in zip(x, y)])),
                    "low": slopes[math.floor((len(slopes) - reach) / 2) - 1], "high": slopes[math.ceil((len(slopes) + reach) / 2)]})
    return out


def cka_cases():
    out = []
    x = random.normal(size=(20, 6))
    rotation = numpy.linalg.qr(random.normal(size=(6, 6)))[0]
    for y in (x @ rotation * 3 + 5, x @ random.normal(size=(6, 9)), random.normal(size=(20, 4))):
        a, b = x - x.mean(axis=0), y - y.mean(axis=0)
        value = numpy.linalg.norm(b.T @ a) ** 2 / (numpy.linalg.norm(a.T @ a) * numpy.linalg.norm(b.T @ b))
        out.append({"x": x.tolist(), "y": y.tolist(), "cka": float(value)})
    return out


def rank_cases():
    """Log-probabilities of a model of a given width, rounded to some digits; the last is as wide as what is looked at."""
    out = []
    for rows, columns, width, digits in ((40, 30, 6, 12), (30, 40, 11, 6), (30, 16, 16, 12), (30, 20, 5, 0)):
        logits = random.normal(size=(rows, width)) @ random.normal(size=(width, columns))
        logprobs = numpy.round(logits - numpy.log(numpy.exp(logits).sum(axis=1, keepdims=True)), digits)
        centred = logprobs - logprobs.mean(axis=1, keepdims=True)
        values = numpy.linalg.svd(centred, compute_uv=False)
        real = min(len(values), columns - 1)
        gaps = numpy.log(values[:real - 1]) - numpy.log(values[1:real])
        at = int(gaps.argmax())
        out.append({"logprobs": logprobs.tolist(), "width": width, "rank": at + 1, "gap": float(gaps[at]), "singular": values[:real].tolist()})
    return out


def upper_half(b, n):
    return Fraction(sum(math.comb(n, k) for k in range(b, n + 1)), 2 ** n)


def mcnemar_cases():
    return [{"b": b, "c": c, "p": float(upper_half(b, b + c))} for b, c in ((0, 0), (0, 7), (7, 0), (12, 5), (40, 22), (300, 251))]


def mcnemar_powers():
    out = []
    for items, b_rate, c_rate, alpha in ((60, Fraction(1, 4), Fraction(1, 20), Fraction(1, 100)), (100, Fraction(3, 20), Fraction(1, 20), Fraction(1, 20)),
                                         (40, Fraction(1, 10), Fraction(1, 10), Fraction(1, 20))):
        power = Fraction(0)
        for b in range(items + 1):
            for c in range(items + 1 - b):
                if upper_half(b, b + c) <= alpha:
                    ways = math.comb(items, b) * math.comb(items - b, c)
                    power += ways * b_rate ** b * c_rate ** c * (1 - b_rate - c_rate) ** (items - b - c)
        out.append({"items": items, "reference": float(b_rate), "subject": float(c_rate), "alpha": float(alpha), "power": float(power)})
    return out


def capability_cases():
    items = [{"right": bool(random.random() < 0.7), "claimed": float(random.random()), "alternative": float(random.random())} for _ in range(40)]
    items += [{"right": False, "claimed": 1.0, "alternative": 0.0}, {"right": True, "claimed": 0.999, "alternative": 0.5}]
    clip = lambda rate: min(max(rate, 0.02), 0.98)
    total = 0
    for item in items:
        a, b = clip(item["claimed"]), clip(item["alternative"])
        total += math.log(a) - math.log(b) if item["right"] else math.log(1 - a) - math.log(1 - b)
    return {"items": items, "log_ratio": total}


def wilson_cases():
    """The rates at which the score statistic reaches the quantile, found by halving: no formula of the interval."""
    z, out = 1.959963984540054, []
    for right, n in ((3, 10), (59, 60), (1, 200)):
        def reach(low, high):
            score = lambda rate: abs(right / n - rate) - z * math.sqrt(rate * (1 - rate) / n)
            for _ in range(200):
                middle = (low + high) / 2
                low, high = (low, middle) if (score(middle) < 0) == (score(high) < 0) else (middle, high)
            return (low + high) / 2
        out.append({"right": right, "n": n, "low": reach(0.0, right / n), "high": reach(right / n, 1.0)})
    return out


print(json.dumps({
    "mmd": mmd_cases(), "sign_flips": sign_flip_cases(), "greedy": greedy_case(), "logprob": logprob_cases(), "border": border_cases(),
    "uniformity": uniformity_cases(), "randomized_ranks": randomized_ranks(), "theil_sen": theil_sen_cases(), "cka": cka_cases(),
    "rank": rank_cases(), "mcnemar": mcnemar_cases(), "mcnemar_power": mcnemar_powers(), "capability": capability_cases(),
    "wilson": wilson_cases()}, separators=(",", ":")))
