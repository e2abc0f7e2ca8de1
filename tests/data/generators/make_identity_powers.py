#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Powers with a known answer, for tests/identify/tst_identitypowers: every outcome of small cases enumerated, binomial tails of mixtures.

    make_identity_powers.py > tests/data/identity/powers.json
"""
import itertools
import json
import math
import random


def binomial_tail(b, c):
    n = b + c
    return sum(math.comb(n, k) for k in range(b, n + 1)) / 2**n if b else 1.0


def paired(missed, gained, alpha):
    power = 0.0
    for outcome in itertools.product((0, 1), repeat=len(missed) + len(gained)):
        chance = 1.0
        for happened, p in zip(outcome, missed + gained):
            chance *= p if happened else 1 - p
        b, c = sum(outcome[:len(missed)]), sum(outcome[len(missed):])
        if binomial_tail(b, c) <= alpha:
            power += chance
    return power


def mixture(prompts, share, differing, alpha):
    """Differences that are never negative: p is 2^-k of k prompts that differ."""
    least = math.ceil(-math.log2(alpha))
    p = share * differing
    return sum(math.comb(prompts, k) * p**k * (1 - p)**(prompts - k) for k in range(least, prompts + 1))


def main():
    draw = random.Random(7)
    cases = []
    for alpha in (0.2, 0.05, 0.01):
        for sizes in ((9, 4), (12, 3), (8, 0)):
            missed = [round(draw.choice((0.0, 0.25, 0.5, 0.875, 1.0, draw.random())), 3) for _ in range(sizes[0])]
            gained = [round(draw.random() / 3, 3) for _ in range(sizes[1])]
            cases.append({"missed": missed, "gained": gained, "alpha": alpha, "power": paired(missed, gained, alpha)})
    mixtures = [{"prompts": n, "share": share, "differing": differing, "alpha": alpha, "power": mixture(n, share, differing, alpha)}
                for n, share, differing, alpha in ((50, 0.1, 0.75, 0.01 / 3), (200, 0.1, 0.75, 0.01 / 3), (50, 1.0, 0.25, 0.01 / 3), (120, 0.1, 0.5, 0.05))]
    print(json.dumps({"paired": cases, "mixtures": mixtures}, indent=1))


main()
