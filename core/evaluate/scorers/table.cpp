// SPDX-License-Identifier: GPL-3.0-or-later
// Every scorer, declared once. What is said of tools and versions is from their sources (evaluation.md, section 3).
#include "core/base/text.h"
#include "core/evaluate/scorers/judges.h"

namespace assay {

const std::vector<Scorer> &scorers()
{
    using enum Asking;
    using enum Aggregate;
    constexpr bool kHigher = false, kLower = true; // is better
    static const std::vector<Scorer> kScorers{
        {"exact_match", ASSAY_TEXT("Scorer", "Exact match"),
         ASSAY_TEXT("Scorer", "1 when the extracted answer equals one of the right answers, else 0. Blanks around them do not count; case, "
                              "ASCII punctuation, digits and matches of regular expressions do not count where the suite says so."),
         Generate, Mean, kHigher, "exact_match of Hugging Face evaluate 0.4 and of lm-evaluation-harness 0.4",
         ASSAY_TEXT("Scorer", "Blanks around answers are cut. Regular expressions are PCRE2's, and an answer on which one takes too many "
                              "steps is undecided."),
         2, judges::exactMatch},
        {"quasi_exact_match", ASSAY_TEXT("Scorer", "Quasi-exact match"),
         ASSAY_TEXT("Scorer", "Exact match in lower case, without ASCII punctuation, without the articles a, an and the, and with single spaces."),
         Generate, Mean, kHigher, "quasi_exact_match of HELM", "", 1, judges::quasiExactMatch},
        {"squad_em", ASSAY_TEXT("Scorer", "SQuAD exact match"),
         ASSAY_TEXT("Scorer", "Exact match of the answers' words without case, ASCII punctuation and articles; the best over the right "
                              "answers. An empty answer is right where there is no answer."),
         Generate, Mean, kHigher, "the official script of SQuAD 2.0",
         ASSAY_TEXT("Scorer", "An answer that says only that there is none (\"unanswerable\") counts as empty, unless it is a right answer "
                              "itself. No threshold on a no-answer probability."),
         1, judges::squadExact},
        {"squad_f1", ASSAY_TEXT("Scorer", "SQuAD F1"),
         ASSAY_TEXT("Scorer", "F1 of the answers' words, each counted as often as it occurs in both; the best over the right answers. Without "
                              "words on one side: 1 if the other has none either, else 0."),
         Generate, Mean, kHigher, "the official script of SQuAD 2.0",
         ASSAY_TEXT("Scorer", "An answer that says only that there is none (\"unanswerable\") counts as empty, unless it is a right answer "
                              "itself. No threshold on a no-answer probability."),
         1, judges::squadF1},
        {"squad_cjk_em", ASSAY_TEXT("Scorer", "SQuAD exact match, Chinese and Japanese"),
         ASSAY_TEXT("Scorer", "As SQuAD exact match, for text that sets no words apart: each Chinese, Japanese or Korean character is a word, "
                              "full-width signs count as ASCII, and punctuation of every script is removed."),
         Generate, Mean, kHigher, "", "", 1, judges::squadCharactersExact},
        {"squad_cjk_f1", ASSAY_TEXT("Scorer", "SQuAD F1, Chinese and Japanese"),
         ASSAY_TEXT("Scorer", "As SQuAD F1, for text that sets no words apart: each Chinese, Japanese or Korean character is a word, "
                              "full-width signs count as ASCII, and punctuation of every script is removed."),
         Generate, Mean, kHigher, "", "", 1, judges::squadCharactersF1},
        {"f1_set", ASSAY_TEXT("Scorer", "F1 of word sets"),
         ASSAY_TEXT("Scorer", "F1 of the sets of words of two answers, each word counted once, without case, ASCII punctuation and articles; "
                              "the best over the right answers."),
         Generate, Mean, kHigher, "f1_score of HELM", "", 1, judges::setF1},
        {"gsm8k_strict", ASSAY_TEXT("Scorer", "GSM8K, strict"),
         ASSAY_TEXT("Scorer", "The number behind the first \"#### \", compared as text without commas, dollar signs and a last full stop."),
         Generate, Mean, kHigher, "lm-evaluation-harness 0.4, gsm8k, strict-match",
         ASSAY_TEXT("Scorer", "An answer without such a number is unparsed, not wrong."), 1, judges::gsm8kStrict},
        {"gsm8k_flexible", ASSAY_TEXT("Scorer", "GSM8K, flexible"),
         ASSAY_TEXT("Scorer", "The last number of the answer, compared as text without commas, dollar signs and a last full stop."), Generate,
         Mean, kHigher, "lm-evaluation-harness 0.4, gsm8k, flexible-extract",
         ASSAY_TEXT("Scorer", "An answer without a number is unparsed, not wrong; one that the limit cut off right behind its last number is "
                              "truncated."),
         1, judges::gsm8kFlexible},
        {"number", ASSAY_TEXT("Scorer", "Number"),
         ASSAY_TEXT("Scorer", "The number in the last box, else behind the last \"####\", else the last number, compared by exact value: 0.50 "
                              "is 1/2 is 50 %. One that rounds the right one is undecided."),
         Generate, Mean, kHigher, "", "", 1, judges::number},
        {"math", ASSAY_TEXT("Scorer", "Mathematical answer"),
         ASSAY_TEXT("Scorer", "The content of the last \\boxed or \\fbox. Right where Hendrycks' normal forms are equal, or exact values of "
                              "numbers, fractions, percentages, tuples, intervals and sets are. What cannot be told by rule is undecided."),
         Generate, Mean, kHigher, "",
         ASSAY_TEXT("Scorer", "Where Hendrycks' comparison calls two texts different, it decides only what exact values decide."), 1,
         judges::mathAnswer},
        {"math_hendrycks", ASSAY_TEXT("Scorer", "MATH, Hendrycks"),
         ASSAY_TEXT("Scorer", "The content of the last \\boxed or \\fbox, compared as text in the normal form of the MATH data set."), Generate,
         Mean, kHigher, "is_equiv of hendrycks/math, math_equivalence.py",
         ASSAY_TEXT("Scorer", "A \\boxed without braces in prose does not hide the box before it; no box is unparsed, not wrong."), 1,
         judges::mathHendrycks},
        {"letter", ASSAY_TEXT("Scorer", "Option letter"),
         ASSAY_TEXT("Scorer", "The letter of the last phrase that gives an answer (\"answer is B\", \"\\boxed{B}\", \"故选B\"), or an answer that "
                              "is nothing but a letter; of full width, too. A letter elsewhere never counts."),
         Generate, Mean, kHigher, "",
         ASSAY_TEXT("Scorer", "simple-evals takes the first \"Answer:\", OpenCompass falls back to any letter, lm-evaluation-harness' GPQA drops "
                              "the last character."),
         1, judges::letter},
        {"label", ASSAY_TEXT("Scorer", "Label word"),
         ASSAY_TEXT("Scorer", "The class whose word the answer names; several named ones are undecided. The figure is the share that is right."),
         Generate, Mean, kHigher, "accuracy of GLUE", "", 1, judges::label},
        {"label_mcc", ASSAY_TEXT("Scorer", "Label word, Matthews correlation"),
         ASSAY_TEXT("Scorer", "Matthews correlation of the classes that label words name (GLUE: CoLA, AX). No class found is a wrong class of its own."),
         Generate, Matthews, kHigher, "matthews_corrcoef of scikit-learn", "", 1, judges::label},
        {"label_f1", ASSAY_TEXT("Scorer", "Label word, F1"),
         ASSAY_TEXT("Scorer", "F1 of the second class of those that label words name (GLUE: MRPC, QQP). No class found is a wrong class of its own."),
         Generate, F1Positive, kHigher, "f1_score of scikit-learn", "", 1, judges::label},
        {"pearson", ASSAY_TEXT("Scorer", "Pearson correlation"),
         ASSAY_TEXT("Scorer", "Pearson correlation of the last numbers of the answers with the right ones (GLUE: STS-B)."), Generate, Pearson,
         kHigher, "pearsonr of SciPy", ASSAY_TEXT("Scorer", "Answers without a number are left out and counted."), 1, judges::givenNumber},
        {"spearman", ASSAY_TEXT("Scorer", "Spearman correlation"),
         ASSAY_TEXT("Scorer", "Spearman rank correlation of the last numbers of the answers with the right ones (GLUE: STS-B)."), Generate,
         Spearman, kHigher, "spearmanr of SciPy", ASSAY_TEXT("Scorer", "Answers without a number are left out and counted."), 1,
         judges::givenNumber},
        {"ruler_all", ASSAY_TEXT("Scorer", "RULER, all"),
         ASSAY_TEXT("Scorer", "Share of the expected texts that the answer contains, without case. All of an item's answers are expected."),
         Generate, Mean, kHigher, "string_match_all of RULER", "", 1, judges::rulerAll},
        {"ruler_part", ASSAY_TEXT("Scorer", "RULER, part"),
         ASSAY_TEXT("Scorer", "1 when the answer contains any of the expected texts, without case, else 0."), Generate, Mean, kHigher,
         "string_match_part of RULER", ASSAY_TEXT("Scorer", "lm-evaluation-harness averages here instead."), 1, judges::rulerPart},
        {"facts", ASSAY_TEXT("Scorer", "Facts retrieved"),
         ASSAY_TEXT("Scorer", "Share of an item's answers, each a fact, whose words stand together in the text; ways to say one are set apart by "
                              "bars. Case, accents, possessives, commas in numbers and number words up to twenty do not matter."),
         Generate, Mean, kHigher, "", "", 1, judges::facts},
        {"code", ASSAY_TEXT("Scorer", "Code that passes its tests"),
         ASSAY_TEXT("Scorer", "1 when the program of preamble, answer and test ran to its end in the sandbox, else 0. Code that was not executed "
                              "is unparsed."),
         Generate, Mean, kHigher, "HumanEval's check of functional correctness",
         ASSAY_TEXT("Scorer", "It runs in a sandbox or not at all; the time limit is the run's."), 1, judges::code},
        {"acc", ASSAY_TEXT("Scorer", "Accuracy by log-likelihood"),
         ASSAY_TEXT("Scorer", "The choice of the largest log-likelihood after the prompt; of equal ones the first."), Choice, Mean, kHigher,
         "lm-evaluation-harness 0.4, acc", "", 1, judges::accuracy},
        {"acc_norm", ASSAY_TEXT("Scorer", "Accuracy by log-likelihood per character"),
         ASSAY_TEXT("Scorer", "The choice of the largest log-likelihood divided by its characters (code points); a leading space is the prompt's "
                              "and does not count."),
         Choice, Mean, kHigher, "lm-evaluation-harness 0.4, acc_norm; lighteval, character normalisation without the first space", "", 1,
         judges::accuracyByCharacters},
        {"acc_chars", ASSAY_TEXT("Scorer", "Accuracy by log-likelihood per character, space counted"),
         ASSAY_TEXT("Scorer", "The choice of the largest log-likelihood divided by its characters (code points), a leading space among them."),
         Choice, Mean, kHigher, "lighteval, character normalisation with the first space", "", 1, judges::accuracyByAllCharacters},
        {"acc_bytes", ASSAY_TEXT("Scorer", "Accuracy by log-likelihood per byte"),
         ASSAY_TEXT("Scorer", "The choice of the largest log-likelihood divided by its bytes in UTF-8; a leading space does not count."), Choice,
         Mean, kHigher, "lm-evaluation-harness 0.4, acc_bytes", "", 1, judges::accuracyByBytes},
        {"acc_tokens", ASSAY_TEXT("Scorer", "Accuracy by log-likelihood per token"),
         ASSAY_TEXT("Scorer", "The choice of the largest log-likelihood divided by its tokens."), Choice, Mean, kHigher,
         "llama.cpp, llama-perplexity --multiple-choice; lighteval, token normalisation", "", 1, judges::accuracyByTokens},
        {"acc_pmi", ASSAY_TEXT("Scorer", "Accuracy by mutual information"),
         ASSAY_TEXT("Scorer", "The choice that gains most log-likelihood by the prompt: after it, less after nothing."), Choice, Mean, kHigher,
         "lm-evaluation-harness 0.4, acc_mutual_info; lighteval, PMI normalisation", "", 1, judges::accuracyByInformation},
        {"acc_mcc", ASSAY_TEXT("Scorer", "Matthews correlation by log-likelihood"),
         ASSAY_TEXT("Scorer", "Matthews correlation of the choices of the largest log-likelihood with the right ones."), Choice, Matthews, kHigher,
         "lm-evaluation-harness 0.4, mcc", "", 1, judges::accuracy},
        {"acc_f1", ASSAY_TEXT("Scorer", "F1 by log-likelihood"),
         ASSAY_TEXT("Scorer", "F1 of the second choice, by the largest log-likelihood."), Choice, F1Positive, kHigher,
         "lm-evaluation-harness 0.4, f1", "", 1, judges::accuracy},
        {"brier", ASSAY_TEXT("Scorer", "Brier score"),
         ASSAY_TEXT("Scorer", "Sum over the choices of the squared difference of probability (softmax of the log-likelihoods) and truth; 0 to 2, "
                              "lower is better. Right and wrong go by the likeliest choice."),
         Choice, Mean, kLower, "lm-evaluation-harness 0.4, brier_score", "", 1, judges::brier},
        {"perplexity", ASSAY_TEXT("Scorer", "Perplexity"),
         ASSAY_TEXT("Scorer", "exp of the mean negative log-likelihood of a token, over all texts. Comparable only where tokenizers are the same."),
         Text, Perplexity, kLower, "", "", 1, judges::perplexity},
        {"word_perplexity", ASSAY_TEXT("Scorer", "Word perplexity"),
         ASSAY_TEXT("Scorer", "exp of the negative log-likelihood divided by the words, over all texts."), Text, WordPerplexity, kLower,
         "lm-evaluation-harness 0.4, word_perplexity", "", 1, judges::wordPerplexity},
        {"bits_per_byte", ASSAY_TEXT("Scorer", "Bits per byte"),
         ASSAY_TEXT("Scorer", "Negative log-likelihood in bits, divided by the bytes in UTF-8, over all texts. Comparable across tokenizers."), Text,
         BitsPerByte, kLower, "lm-evaluation-harness 0.4, bits_per_byte", "", 1, judges::bitsPerByte},
        {"top1", ASSAY_TEXT("Scorer", "Top-1 accuracy"), ASSAY_TEXT("Scorer", "The likeliest class is the right one."), Image, Mean, kHigher,
         "", "", 1, judges::topOne},
        {"top5", ASSAY_TEXT("Scorer", "Top-5 accuracy"), ASSAY_TEXT("Scorer", "The right class is among the five likeliest."), Image, Mean,
         kHigher, "", "", 1, judges::topFive},
    };
    return kScorers;
}

} // namespace assay
