#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What llama.cpp's llama-perplexity --kl-divergence prints of logits made here, by its formulas alone.

Writes tests/data/evaluate/fidelity/: base.kld (a base file in llama.cpp's format), reference.f32 and other.f32 (logits of the scored
positions, little-endian f32 [positions, vocabulary]), expected.txt (what is printed), expected.json (the exact figures in rationals and
doubles beside it). Origin: tools/perplexity/perplexity.cpp as of 2026, read for its rule of quantising, its sums and its formats; written
anew here in Python, every f32 operation rounded by itself. Nothing of Assay is used. The seed is one for which no printed figure lies
near a boundary of rounding, so that another processor's exp prints the same.
"""
import json
import math
import os
import random
import struct
import sys

VOCABULARY, CONTEXT, CHUNKS = 61, 32, 8
FIRST = CONTEXT // 2
POSITIONS = CONTEXT - 1 - FIRST
HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "evaluate", "fidelity")


def f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def expf(x):
    return f32(math.exp(x))


def log_sum(logits):
    high = max(logits)
    total = 0.0
    for x in logits:
        total += expf(f32(x - high))
    return high, f32(math.log(total))


def quantised(logits):
    """scale, smallest log-probability, steps of one position."""
    high, lse = log_sum(logits)
    low = max(min(logits), f32(high - 16))
    scale = f32(f32(high - low) / 65535.0)
    smallest = f32(f32(low - high) - lse)
    if scale == 0:
        return scale, smallest, [0] * len(logits)
    inverse = f32(1 / scale)
    # Adding 1.5 * 2^23 in f32 rounds to the nearest whole number, halves to even: so does Python's round.
    steps = [round(f32(inverse * f32(x - low))) if x > low else 0 for x in logits]
    return scale, smallest, steps


def position(other, row, token):
    """nll, base's nll, divergence, delta p, same top by llama.cpp's rule."""
    scale, smallest, steps = row
    base = [f32(f32(scale * s) + smallest) for s in steps]
    high, lse = log_sum(other)
    shift = f32(high + lse)
    nll, nll_base = f32(shift - other[token]), f32(-base[token])
    total = 0.0
    for p, x in zip(base, other):
        if p > -16:
            total += f32(expf(p) * f32(f32(p - x) + shift))
    delta = f32(expf(-nll) - expf(-nll_base))
    same = other.index(max(other)) == base.index(max(base))
    return nll, nll_base, total, delta, same


def mean_error(values):
    n = len(values)
    mean = sum(values) / n
    variance = sum(v * v for v in values) / n - mean * mean
    return mean, math.sqrt(variance / (n - 1)) if variance > 0 and n > 10 else 0.0


def at_rank(values, share):
    place = f32(f32(share) * len(values[:-1]))
    below = int(place)
    rest = f32(place - below)
    above = values[min(below + 1, len(values) - 1)]
    return f32(f32(f32(1 - rest) * values[below]) + f32(rest * above))


def median(values):
    n = len(values)
    return f32(0.5 * f32(values[n // 2] + values[n // 2 - 1])) if n % 2 == 0 else values[n // 2]


class Printer:
    def __init__(self):
        self.lines, self.near = [], False

    def say(self, pattern, *numbers):
        for number, digits in numbers:
            rest = abs(number) * 10 ** digits
            self.near = self.near or abs(rest - math.floor(rest) - 0.5) < 0.03
        self.lines.append(pattern % tuple(number for number, _ in numbers))


def printed(rows):
    nll, base, kld, delta, same = (list(column) for column in zip(*rows))
    n = len(rows)
    out = Printer()
    log_q, log_b = mean_error(nll), mean_error(base)
    q, b = math.exp(log_q[0]), math.exp(log_b[0])
    q_error, b_error = q * log_q[1], b * log_b[1]
    covariance = (sum(x * y for x, y in zip(nll, base)) / n - log_q[0] * log_b[0]) / (n - 1)
    ratio = log_q[0] - log_b[0]
    ratio_error = math.sqrt(log_q[1] ** 2 + log_b[1] ** 2 - 2 * covariance)
    difference_error = math.sqrt(q_error ** 2 + b_error ** 2 - 2 * q * b * covariance)
    out.say("====== Perplexity statistics ======")
    out.say("Mean PPL(Q)                   : %10.6f ± %10.6f", (q, 6), (q_error, 6))
    out.say("Mean PPL(base)                : %10.6f ± %10.6f", (b, 6), (b_error, 6))
    out.say("Cor(ln(PPL(Q)), ln(PPL(base))): %6.2f%%", (100 * covariance / (log_q[1] * log_b[1]), 2))
    out.say("Mean ln(PPL(Q)/PPL(base))     : %10.6f ± %10.6f", (ratio, 6), (ratio_error, 6))
    out.say("Mean PPL(Q)/PPL(base)         : %10.6f ± %10.6f", (math.exp(ratio), 6), (math.exp(ratio) * ratio_error, 6))
    out.say("Mean PPL(Q)-PPL(base)         : %10.6f ± %10.6f", (q - b, 6), (difference_error, 6))
    out.say("")
    out.say("====== KL divergence statistics ======")
    mean = mean_error(kld)
    out.say("Mean    KLD: %10.6f ± %10.6f", (mean[0], 6), (mean[1], 6))
    ranked = sorted(f32(v) for v in kld)
    out.say("Maximum KLD: %10.6f", (ranked[-1], 6))
    for name, share in (("99.9%%", .999), ("99.0%%", .99), ("95.0%%", .95), ("90.0%%", .9), ("Median ", .5), ("10.0%%", .1), (" 5.0%%", .05), (" 1.0%%", .01), (" 0.1%%", .001)):
        value = median(ranked) if share == .5 else at_rank(ranked, share)
        out.say((name + " KLD: %10.6f") if share == .5 else (name + "   KLD: %10.6f"), (value, 6))
    out.say("Minimum KLD: %10.6f", (ranked[0], 6))
    out.say("")
    out.say("====== Token probability statistics ======")
    mean = mean_error(delta)
    out.say("Mean    Δp: %6.3f ± %5.3f %%", (100 * mean[0], 3), (100 * mean[1], 3))
    ranked = sorted(delta)
    out.say("Maximum Δp: %6.3f%%", (100 * ranked[-1], 3))
    for name, share in (("99.9%%", .999), ("99.0%%", .99), ("95.0%%", .95), ("90.0%%", .9), ("75.0%%", .75), ("Median ", .5), ("25.0%%", .25), ("10.0%%", .1), (" 5.0%%", .05), (" 1.0%%", .01), (" 0.1%%", .001)):
        value = median(ranked) if share == .5 else at_rank(ranked, share)
        out.say((name + " Δp: %6.3f%%") if share == .5 else (name + "   Δp: %6.3f%%"), (100 * value, 3))
    out.say("Minimum Δp: %6.3f%%", (100 * ranked[0], 3))
    squares = mean_error([d * d for d in delta])
    rms = math.sqrt(squares[0])
    out.say("RMS Δp    : %6.3f ± %5.3f %%", (100 * rms, 3), (100 * 0.5 / rms * squares[1], 3))
    top = sum(same) / n
    out.say("Same top p: %6.3f ± %5.3f %%", (100 * top, 3), (100 * math.sqrt(top * (1 - top) / (n - 1)), 3))
    return out


def exact(reference, other, token, temperature=2.0, top=5):
    """One position in doubles, by the definitions: divergence, softened divergence times T^2, lower bound of the likeliest."""
    def log_probabilities(logits, t):
        high = max(logits)
        total = math.fsum(math.exp((x - high) / t) for x in logits)
        return [(x - high) / t - math.log(total) for x in logits]

    def kl(p, q):
        return math.fsum(math.exp(a) * (a - b) for a, b in zip(p, q))
    p, q = log_probabilities(reference, 1), log_probabilities(other, 1)
    soft = temperature ** 2 * kl(log_probabilities(reference, temperature), log_probabilities(other, temperature))
    ids = sorted(range(len(p)), key=lambda i: (-p[i], i))[:top]
    rest = [i for i in range(len(p)) if i not in ids]
    tail_p, tail_q = math.fsum(math.exp(p[i]) for i in rest), math.fsum(math.exp(q[i]) for i in rest)
    bound = math.fsum(math.exp(p[i]) * (p[i] - q[i]) for i in ids) + tail_p * math.log(tail_p / tail_q)
    return {"divergence": kl(p, q), "softened": soft, "bound": bound, "nll_reference": -p[token], "nll_other": -q[token]}


def make(seed):
    rng = random.Random(seed)
    tokens = [rng.randrange(VOCABULARY) for _ in range(CONTEXT * CHUNKS)]
    reference, other = [], []
    for _ in range(POSITIONS * CHUNKS):
        # Some tokens lie more than 16 below the largest: llama.cpp clamps them.
        reference.append([f32(rng.gauss(0, 4)) for _ in range(VOCABULARY)])
        other.append([f32(x + rng.gauss(0, 0.35)) for x in reference[-1]])
    # The text is one that the reference might have written, so that perplexities have digits worth printing.
    wanted = [rng.choices(range(VOCABULARY), [math.exp(x) for x in logits])[0] for logits in reference]
    for chunk in range(CHUNKS):
        at = chunk * CONTEXT + FIRST + 1
        tokens[at:at + POSITIONS] = wanted[chunk * POSITIONS:(chunk + 1) * POSITIONS]
    return tokens, wanted, reference, other


def main():
    os.makedirs(OUT, exist_ok=True)
    seed = 0
    while True:
        tokens, wanted, reference, other = make(seed)
        rows = [quantised(logits) for logits in reference]
        out = printed([position(q, row, token) for q, row, token in zip(other, rows, wanted)])
        if not out.near:
            break
        seed += 1
    with open(os.path.join(OUT, "base.kld"), "wb") as file:
        file.write(b"_logits_" + struct.pack("<Iii", CONTEXT, VOCABULARY, CHUNKS))
        file.write(struct.pack("<%di" % len(tokens), *tokens))
        for scale, smallest, steps in rows:
            padded = steps + [0] * (VOCABULARY % 2)
            file.write(struct.pack("<ff%dH" % len(padded), scale, smallest, *padded))
    for name, logits in (("reference", reference), ("other", other)):
        with open(os.path.join(OUT, name + ".f32"), "wb") as file:
            for row in logits:
                file.write(struct.pack("<%df" % VOCABULARY, *row))
    with open(os.path.join(OUT, "expected.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(out.lines) + "\n")
    values = [exact(p, q, token) for p, q, token in zip(reference, other, wanted)]
    with open(os.path.join(OUT, "expected.json"), "w", encoding="utf-8") as file:
        json.dump({"seed": seed, "temperature": 2.0, "top": 5, "tokens": wanted, "positions": values}, file, indent=0)
        file.write("\n")
    print("seed", seed, file=sys.stderr)


main()
