# SPDX-License-Identifier: GPL-3.0-or-later
# Rows of two subjects with k samples an item, some missing, some asked twice, and what the pair ledger must make of them: the gap's
# waterfall and the flips, in exact fractions by their definitions. Writes tests/data/evaluate/ledger.json.
import json
import random
from collections import Counter
from fractions import Fraction
from pathlib import Path

OUTCOMES = ["right", "wrong", "unparsed", "truncated", "refused", "error"]


def rows(draw, skill, items):
    out = []
    for item in range(items):
        if draw.random() < 0.1:
            continue  # not asked
        for sample in range(draw.randint(1, 4)):
            if draw.random() < skill:
                outcome, score = "right", draw.choice([4, 4, 4, 3])  # quarters: a graded answer may be partly right
            else:
                outcome = draw.choice(OUTCOMES[1:])
                score = draw.choice([0, 0, 1]) if outcome == "wrong" else None if outcome == "error" else 0
            out.append({"id": f"item-{item}", "sample": sample, "outcome": outcome, "quarters": score})
    draw.shuffle(out)
    return out + out[:3]  # asked twice: the first counts


def joined(rows):
    items = {}
    for row in rows:
        items.setdefault(row["id"], {}).setdefault(row["sample"], row)
    return {key: list(samples.values()) for key, samples in items.items()}


def kind(samples):
    count = Counter(one["outcome"] for one in samples)
    most = max(count.values())
    return next(one["outcome"] for one in samples if count[one["outcome"]] == most)


def losses(samples):
    out = dict.fromkeys(OUTCOMES, Fraction(0))
    for one in samples:
        out[one["outcome"]] += (1 - Fraction(one["quarters"] or 0, 4)) / len(samples)
    return out


def main():
    draw = random.Random(6)
    subjects = [rows(draw, 0.7, 60), rows(draw, 0.45, 60)]
    first, second = map(joined, subjects)
    both = [key for key in first if key in second]
    steps = dict.fromkeys(OUTCOMES, Fraction(0))
    flips = [[0] * len(OUTCOMES) for _ in OUTCOMES]
    mean = [Fraction(0), Fraction(0)]
    for key in both:
        flips[OUTCOMES.index(kind(first[key]))][OUTCOMES.index(kind(second[key]))] += 1
        one, two = losses(first[key]), losses(second[key])
        for outcome in OUTCOMES:
            steps[outcome] += (two[outcome] - one[outcome]) / len(both)
        for i, items in enumerate((first, second)):
            mean[i] += (1 - sum(losses(items[key]).values())) / len(both)
    expected = {"n": len(both), "first": float(mean[0]), "second": float(mean[1]), "gap": float(mean[0] - mean[1]),
                "wrong": float(steps["wrong"] + steps["right"]), "flips": flips,
                **{name: float(steps[name]) for name in OUTCOMES[2:]}}
    assert sum(steps.values()) == mean[0] - mean[1]
    path = Path(__file__).parent.parent / "evaluate" / "ledger.json"
    path.write_text(json.dumps({"subjects": subjects, "expected": expected}, separators=(",", ":")) + "\n")


main()
