#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures that core/evaluate/statistics is held against, by other ways: enumeration, exact fractions, numerical integration and
Python's statistics module. Standard library only. Usage: make_statistics.py > tests/data/statistics/statistics.json"""
import itertools
import json
import math
import random
import statistics
from fractions import Fraction
from statistics import NormalDist


def beta_cdf(x, a, b):
    """By Simpson's rule over theta with x = sin(theta)^2, where the integrand is smooth for a, b >= 1/2."""
    def integral(end, steps=20000):
        h = end / steps
        def f(t):
            return math.sin(t) ** (2 * a - 1) * math.cos(t) ** (2 * b - 1)
        return h / 3 * math.fsum((1 if i in (0, steps) else 4 if i % 2 else 2) * f(i * h) for i in range(steps + 1))
    return integral(math.asin(math.sqrt(x))) / integral(math.pi / 2)


def beta_quantile(p, a, b):
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def beta_intervals():
    out = []
    for right, n in [(0, 10), (3, 10), (17, 30), (29, 30), (81, 263)]:
        for name, prior in [("uniform", 1), ("jeffreys", 0.5)]:
            a, b = right + prior, n - right + prior
            out.append({"right": right, "n": n, "prior": name, "low": 0 if right == 0 else beta_quantile(0.025, a, b),
                        "high": 1 if right == n else beta_quantile(0.975, a, b)})
    return out


def clustered(values, clusters):
    """Miller's formula in fractions."""
    values = [Fraction(v) for v in values]
    mean = sum(values) / len(values)
    total = sum(sum(v - mean for v, c in zip(values, clusters) if c == cluster) ** 2 for cluster in set(clusters))
    return math.sqrt(total) / len(values)


def subsets(sums, weights):
    means = []
    for bits in itertools.product((0, 1), repeat=len(sums)):
        if any(bits):
            means.append(sum(s for s, b in zip(sums, bits) if b) / sum(w for w, b in zip(weights, bits) if b))
    return sorted(means)


def sign_flips(values, clusters):
    """Every change of signs, and every subset, in fractions."""
    names = sorted(set(clusters))
    sums = [sum(Fraction(v) for v, c in zip(values, clusters) if c == name) for name in names]
    weights = [clusters.count(name) for name in names]
    observed = abs(sum(sums))
    found = sum(abs(sum(s * f for s, f in zip(sums, flips))) >= observed for flips in itertools.product((1, -1), repeat=len(sums)))
    means = subsets(sums, weights)
    left = (len(means) + 1) * 25 // 1000
    out = {"values": values, "clusters": clusters, "p": found / 2 ** len(sums)}
    if left:
        out.update(low=float(means[left - 1]), high=float(means[len(means) - left]))
    return out


def bootstrap(values):
    """The exact distribution of a resample's mean: every way to draw each value so many times, with its probability."""
    n = len(values)
    means = {}
    def draw(index, left, weight, total):
        if index == n - 1:
            mean = (total + left * Fraction(values[index])) / n
            means[mean] = means.get(mean, 0) + weight // math.factorial(left)
            return
        for times in range(left + 1):
            draw(index + 1, left - times, weight // math.factorial(times), total + times * Fraction(values[index]))
    draw(0, n, math.factorial(n), Fraction(0))
    ordered, below = sorted(means.items()), 0
    ends = {}
    for mean, ways in ordered:
        share = (below + ways) / n ** n
        for p in (0.025, 0.975):
            if p not in ends and share >= p:
                ends[p] = float(mean)
        below += ways
    return {"values": values, "low": ends[0.025], "high": ends[0.975],
            "deviation": float(math.sqrt(sum(w * (m - Fraction(sum(map(Fraction, values)), n)) ** 2 for m, w in ordered) / n ** n))}


def matthews(expected, given):
    """From the covariances of the indicators of all classes (Gorodkin 2004)."""
    classes = sorted(set(expected) | set(given))
    n = len(expected)
    def cov(x, y):
        total = Fraction(0)
        for k in classes:
            a, b = [Fraction(v == k) for v in x], [Fraction(v == k) for v in y]
            total += sum((p - sum(a) / n) * (q - sum(b) / n) for p, q in zip(a, b))
        return total
    return float(cov(expected, given)) / math.sqrt(float(cov(expected, expected) * cov(given, given)))


def kappa(x, y):
    n = len(x)
    observed = Fraction(sum(a == b for a, b in zip(x, y)), n)
    chance = sum(Fraction(x.count(k), n) * Fraction(y.count(k), n) for k in set(x) | set(y))
    return float((observed - chance) / (1 - chance))


def ranks(values):
    return [sum(v < x for v in values) + (1 + values.count(x)) / 2 for x in values]


def holm(p):
    """By the definition: the largest of (m - rank) p over all that are no larger."""
    order = sorted(range(len(p)), key=lambda i: p[i])
    return [min(1, max((len(p) - r) * p[order[r]] for r in range(order.index(i) + 1))) for i in range(len(p))]


def enumerated_pass(n, c, k):
    draws = list(itertools.combinations(range(n), k))
    return [float(Fraction(sum(any(i < c for i in d) for d in draws), len(draws))),
            float(Fraction(sum(all(i < c for i in d) for d in draws), len(draws)))]


def routing(items):
    """Brute force: every threshold tried on every item."""
    n = len(items)
    points = []
    for threshold in [math.inf] + sorted({i["router"] for i in items}, reverse=True):
        strong = [i["router"] >= threshold for i in items]
        points.append({"share": sum(strong) / n, "quality": sum(i["strong"] if s else i["weak"] for i, s in zip(items, strong)) / n,
                       "cost": sum(i["strongCost"] if s else i["weakCost"] for i, s in zip(items, strong)) / n})
    oracle = []
    for calls in range(n + 1):
        oracle.append(max(sum(i["strong"] if k in chosen else i["weak"] for k, i in enumerate(items)) / n
                          for size in range(calls + 1) for chosen in map(set, itertools.combinations(range(n), size))))
    return {"items": items, "points": points, "oracle": oracle}


def main():
    rng = random.Random(6)
    graded = [rng.randrange(-4, 5) / 4 for _ in range(11)]
    ties = [0, 0, 0.25, -0.25, 0.5, 0.5, 0, 1, 0.75, -0.5]
    values = [rng.randrange(0, 9) / 8 for _ in range(24)]
    groups = [rng.randrange(0, 7) for _ in range(24)]
    expected = [rng.randrange(0, 3) for _ in range(40)]
    given = [e if rng.random() < 0.6 else rng.randrange(-1, 3) for e in expected]
    x = [rng.randrange(0, 6) / 2 for _ in range(30)]
    y = [v + rng.randrange(0, 5) / 2 for v in x]
    p = [0.01, 0.04, 0.03, 0.005, 0.8, 0.03]
    z = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)
    items = [{"weak": rng.randrange(0, 3) / 2, "strong": rng.randrange(1, 3) / 2, "weakCost": rng.randrange(1, 4),
              "strongCost": rng.randrange(5, 9), "router": rng.randrange(0, 6) / 8} for _ in range(9)]
    print(json.dumps({
        "beta": beta_intervals(),
        "normal": [[q, NormalDist().inv_cdf(q)] for q in (0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.9995)],
        "clustered": {"values": values, "clusters": groups, "error": clustered(values, groups),
                      "single": statistics.stdev(values) / math.sqrt(len(values))},
        "flips": [sign_flips(graded, list(range(11))), sign_flips(ties, list(range(10))),
                  sign_flips(values, groups), sign_flips([0.5, 0.25, 1, 0.5, 0.75], list(range(5))), sign_flips([1.0] * 12, list(range(12)))],
        "bootstrap": [bootstrap([0.5, 0.9, 0.15, 0.3, 1, -0.45, 0.05, 0.7, -0.1]), bootstrap([0.1, 0.35, -0.2, 0.9, 0.4, 0.05, -0.6])],
        "classes": {"expected": expected, "given": given, "matthews": matthews(expected, given), "kappa": kappa(expected, given),
                    "f1": 2 * sum(e == g == 1 for e, g in zip(expected, given)) / (expected.count(1) + given.count(1))},
        "correlation": {"x": x, "y": y, "pearson": statistics.correlation(x, y), "spearman": statistics.correlation(ranks(x), ranks(y))},
        "holm": {"p": p, "adjusted": holm(p)},
        "pass": [[n, c, k] + enumerated_pass(n, c, k) for n, c, k in [(10, 3, 5), (6, 0, 2), (6, 6, 6), (8, 5, 4), (5, 1, 1), (7, 2, 6)]],
        "power": [[d, w, a, ka, b, kb, math.ceil(z * z * (w + a / ka + b / kb) / d ** 2)]
                  for d, w, a, ka, b, kb in [(0.03, 1 / 9, 1 / 6, 1, 1 / 6, 1), (0.05, 0.2, 0.1, 4, 0.15, 8), (-0.02, 0.3, 0, 1, 0, 1)]],
        "routing": routing(items),
    }, indent=1))


main()
