#!/usr/bin/env python3
"""Writes tests/data/scorers/fixture.jsonl: answers, and what the reference scorers give for them.

  make_scorer_fixture.py ../scorers/fixture.jsonl

Every reference is computed here from its published definition, in Python, whose string functions and regular expressions the
original tools use: SQuAD 2.0's official evaluation script; Hugging Face evaluate's exact_match; HELM's quasi_exact_match and
f1_score; the metrics and the gsm8k filters of lm-evaluation-harness 0.4; the comparison of Hendrycks et al., MATH; RULER's
string matching; scikit-learn's and SciPy's formulas.  The answers are made by a seeded generator from pieces that are known to
trouble scorers, and by hand.  Python 3 standard library only.
"""
import json
import math
import random
import re
import string
import sys
from collections import Counter

rng = random.Random(20260806)


# SQuAD 2.0, HELM -----------------------------------------------------------------------------------------------------------
def plain_words(text):
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def squad_golds(answers):
    golds = [a for a in answers if plain_words(a)]
    return golds or [""]


def squad_em(answers, given):
    return max(float(plain_words(gold) == plain_words(given)) for gold in squad_golds(answers))


def overlap_f1(gold, given):
    if not gold or not given:
        return float(gold == given)
    common = sum((Counter(gold) & Counter(given)).values())
    if common == 0:
        return 0.0
    precision, recall = common / len(given), common / len(gold)
    return 2 * precision * recall / (precision + recall)


def squad_f1(answers, given):
    return max(overlap_f1(plain_words(gold), plain_words(given)) for gold in squad_golds(answers))


def helm_quasi(answers, given):
    return float(bool(given) and any(plain_words(gold) == plain_words(given) for gold in answers))


def helm_f1(answers, given):
    best = 0.0
    for gold in answers:
        want, have = set(plain_words(gold)), set(plain_words(given))
        if want and have and want & have:
            precision, recall = len(want & have) / len(have), len(want & have) / len(want)
            best = max(best, 2 * precision * recall / (precision + recall))
    return best


# exact_match ---------------------------------------------------------------------------------------------------------------
def exact_sides(gold, given, flags):
    for side in (gold, given):
        for expression in flags.get("ignore", []):
            side = re.sub(expression, "", side)
        if flags.get("ignore_case"):
            side = side.lower()
        if flags.get("ignore_punctuation"):
            side = side.translate(str.maketrans("", "", string.punctuation))
        if flags.get("ignore_numbers"):
            side = side.translate(str.maketrans("", "", string.digits))
        yield side


def exact(gold, given, flags):
    first, second = exact_sides(gold, given, flags)
    return float(first == second)


# GSM8K ---------------------------------------------------------------------------------------------------------------------
GSM8K = {"ignore_case": True, "ignore": [",", r"\$", r"(?s).*#### ", r"\.$"]}


def gsm8k_strict(answers, given):
    hits = re.findall(r"#### (\-?[0-9\.\,]+)", given)
    return exact(answers[0], hits[0].strip() if hits else "[invalid]", GSM8K)


def gsm8k_flexible(answers, given):
    hits = re.findall(r"(-?[$0-9.,]{2,})|(-?[0-9]+)", given)
    last = [part for part in hits[-1] if part][0].strip() if hits else "[invalid]"
    return exact(answers[0], last, GSM8K)


# MATH ----------------------------------------------------------------------------------------------------------------------
class Unreadable(Exception):
    """Where the original fails an assertion or an index."""


def braced_argument(piece, command):
    if not piece:
        raise Unreadable
    return command + piece if piece[0] == "{" else command + "{" + piece[0] + "}" + piece[1:]


def math_form(text):
    for what, by in (("\n", ""), ("\\!", ""), ("\\\\", "\\"), ("tfrac", "frac"), ("dfrac", "frac"), ("\\left", ""),
                     ("\\right", ""), ("^{\\circ}", ""), ("^\\circ", ""), ("\\$", "")):
        text = text.replace(what, by)
    if text.count("\\text{ ") > 1:
        raise Unreadable
    text = text.split("\\text{ ")[0]
    for what, by in (("\\%", ""), ("%", ""), (" .", " 0."), ("{.", "{0.")):
        text = text.replace(what, by)
    if not text:
        return text
    if text.startswith("."):
        text = "0" + text
    if text.count("=") == 1 and text.index("=") <= 2:
        text = text[text.index("=") + 1:]
    head, *rest = text.split("\\sqrt")
    text = (head + "".join(braced_argument(piece, "\\sqrt") for piece in rest)).replace(" ", "")
    head, *rest = text.split("\\frac")
    done = head
    for piece in rest:
        if not piece:
            raise Unreadable
        if piece[0] != "{":
            if len(piece) < 2:
                done = text
                break
            second = piece[1:] if piece[1] == "{" else "{" + piece[1] + "}" + piece[2:]
            piece = "{" + piece[0] + "}" + second
        done += "\\frac" + piece
    text = "\\frac{1}{2}" if done == "0.5" else done
    simple = re.fullmatch(r"(0|-?[1-9][0-9]*)/(0|-?[1-9][0-9]*)", text, re.ASCII)
    return "\\frac{%s}{%s}" % simple.groups() if simple else text


def math_equal(a, b):
    try:
        return math_form(a) == math_form(b)
    except Unreadable:
        return a == b


# RULER ---------------------------------------------------------------------------------------------------------------------
def ruler_all(answers, given):
    return sum(one.lower() in given.lower() for one in answers) / len(answers)


def ruler_part(answers, given):
    return float(any(one.lower() in given.lower() for one in answers))


# choices -------------------------------------------------------------------------------------------------------------------
def first_largest(values):
    return max(range(len(values)), key=lambda i: (values[i], -i))


def softmax(values):
    top = max(values)
    powers = [math.exp(v - top) for v in values]
    return [p / sum(powers) for p in powers]


def choice_scores(choices, lls, unconditional, tokens, right):
    def hit(values):
        return float(first_largest(values) == right)

    return {
        "acc": hit(lls),
        "acc_norm": hit([ll / len(c) for ll, c in zip(lls, choices)]),
        "acc_chars": hit([ll / (len(c) + 1) for ll, c in zip(lls, choices)]),
        "acc_bytes": hit([ll / len(c.encode("utf-8")) for ll, c in zip(lls, choices)]),
        "acc_tokens": hit([ll / n for ll, n in zip(lls, tokens)]),
        "acc_pmi": hit([ll - u for ll, u in zip(lls, unconditional)]),
        "brier": sum((p - (i == right)) ** 2 for i, p in enumerate(softmax(lls))),
    }


def matthews(pairs):
    n = len(pairs)
    right = sum(a == b for a, b in pairs)
    want, have = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    over = right * n - sum(want[k] * have[k] for k in want)
    under = math.sqrt(n * n - sum(v * v for v in have.values())) * math.sqrt(n * n - sum(v * v for v in want.values()))
    return over / under if under else 0.0


def f1_of_one(pairs):
    hit = sum(a == 1 and b == 1 for a, b in pairs)
    off = sum((a == 1) != (b == 1) for a, b in pairs)
    return 2 * hit / (2 * hit + off) if hit or off else 0.0


# what is asked -------------------------------------------------------------------------------------------------------------
WORDS = ["the", "The", "a", "an", "A", "THE", "Eiffel", "tower", "Tower,", "in", "Paris.", "1889", "\u2014", "\u00a0", "caf\u00e9",
         "\u00c9cole", "\u201cquoted\u201d", "U.S.A.", "l'a", "\u65e5\u672c", "  ", "\t", "_", "na\u00efve", "an-", "a\u0301", "x\u2019a", "\u3000",
         "theory", "10,000", "$5", "\u00bd", "and", "the the", "Paris", "tower"]
NUMBERS = ["#### ", "####", "12", "1,234", "$5.00", "-7", ".", "...", "42.", "\n", " apples ", "-", "$", ",", " ", "0", "5", "#### 18", "18",
           "The answer is ", "7-", "3.5", "--2", "a"]
LATEX = ["\\frac", "\\dfrac", "\\tfrac", "1", "2", "{3}", "{12}", "/", "\\sqrt", "x", "=", "\\text{ cm}", "\\%", "%", "\\$", " ", ".5", "0.5",
         "\\left(", "\\right)", "^\\circ", "^{\\circ}", "\\!", "\\\\", ",", "-", "\u03c0", " .", "\n", "{.25}", "72", "a", "+", "{x}"]


def made_of(pieces, most, glue=""):
    return glue.join(rng.choice(pieces) for _ in range(rng.randint(0, most)))


def say(out, **row):
    out.write(json.dumps(row, ensure_ascii=True) + "\n")


def texts(out, scorers, rows, **flags):
    sums = Counter()
    for answers, given in rows:
        scores = {name: score(answers, given) for name, score in scorers.items()}
        sums.update({name: score for name, score in scores.items()})
        say(out, kind="text", answers=answers, output=given, scores=scores, **flags)
    say(out, kind="figures", of="text", figures={name: sums[name] / len(rows) for name in scorers})


def answers_of_squad():
    by_hand = [(["the Eiffel Tower"], "Eiffel tower in Paris"), ([""], ""), ([], ""), (["Paris"], ""), ([""], "Paris"), (["a the an"], "the"),
               (["a b b"], "b b b"), (["The United States"], "united states of america"), (["1889"], "In 1889."), (["10,000", "ten thousand"], "10000")]
    return by_hand + [([made_of(WORDS, 4, " ") for _ in range(rng.randint(1, 3))], made_of(WORDS, 6, " ")) for _ in range(190)]


def main():
    with open(sys.argv[1], "w", encoding="ascii") as out:
        say(out, kind="origin", text=" ".join(__doc__.split()))
        texts(out, {"squad_em": squad_em, "squad_f1": squad_f1}, answers_of_squad())
        rows = [(answers, given) for answers, given in answers_of_squad() if answers]
        texts(out, {"quasi_exact_match": helm_quasi, "f1_set": helm_f1}, rows)
        rows = [(["She sold 48/2 = 24 clips.\n#### " + rng.choice(["18", "1,234", "-7", "5", "3.5"])], made_of(NUMBERS, 7)) for _ in range(200)]
        texts(out, {"gsm8k_strict": gsm8k_strict, "gsm8k_flexible": gsm8k_flexible}, rows)
        for flags in ({}, {"ignore_case": True}, {"ignore_punctuation": True}, {"ignore_case": True, "ignore_numbers": True},
                      {"ignore": [",", r"\$", r"\s+"]}, {"ignore_case": True, "ignore_punctuation": True, "ignore": [r"\b(the|a)\b", r"[0-9]{2}"]}):
            rows = []
            while len(rows) < 40:
                gold = made_of(WORDS[:22], 3, " ").strip()
                given = made_of(WORDS[:22], 3, " ") if rng.random() < 0.3 else gold + rng.choice(["", "!", "7", " $", ","])
                given = given.swapcase() if rng.random() < 0.3 else given
                # Blanks around texts are where we differ.
                if given and all(side == side.strip() for side in (gold, given, *exact_sides(gold, given, flags))):
                    rows.append(([gold], given))
            texts(out, {"exact_match": lambda answers, given: exact(answers[0], given, flags)}, rows, flags=flags)
        rows = [([made_of(WORDS[6:12], 2, " ") or "x" for _ in range(rng.randint(1, 4))], made_of(WORDS, 12, " ") + "x") for _ in range(60)]
        texts(out, {"ruler_all": ruler_all, "ruler_part": ruler_part}, rows)
        for _ in range(400):
            a = made_of(LATEX, 6)
            b = a.replace("dfrac", "frac").replace(" ", "") if rng.random() < 0.5 else made_of(LATEX, 3)
            try:
                form = math_form(a)
            except Unreadable:
                form = None
            say(out, kind="math", a=a, b=b, form=form, equal=math_equal(a, b))
        sums, pairs, choices_seen = Counter(), [], 120
        for _ in range(choices_seen):
            choices = rng.sample(["apple", "\u65e5\u672c\u8a9e", "no", "yes, of course", "\u00e9t\u00e9", "a long, long choice", "42"], 4)
            lls = [round(-rng.expovariate(0.12), 3) for _ in choices]
            unconditional = [round(-rng.expovariate(0.1), 3) for _ in choices]
            tokens = [rng.randint(1, 6) for _ in choices]
            right = rng.randrange(4)
            scores = choice_scores(choices, lls, unconditional, tokens, right)
            sums.update(scores)
            say(out, kind="choice", choices=choices, lls=lls, unconditional=unconditional, tokens=tokens, right=right, scores=scores)
            pairs.append((right, first_largest(lls)))
        figures = {name: value / choices_seen for name, value in sums.items()}
        say(out, kind="figures", of="choice", figures={**figures, "acc_mcc": matthews([(a, b) for a, b in pairs]), "acc_f1": f1_of_one(pairs)})


main()
