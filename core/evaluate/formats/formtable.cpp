// SPDX-License-Identifier: GPL-3.0-or-later
// The forms that are read without a description. Which fields a set has is a fact about it; the wording of the prompts is ours unless
// the entry says otherwise, so figures are comparable between models here, and with published ones only where the prompt is the same.
#include "core/base/text.h"
#include "core/evaluate/formats/knownforms.h"

namespace assay {

const std::vector<KnownForm> &knownForms()
{
    static const std::vector<KnownForm> kForms{
        {"mmlu", ASSAY_TEXT("Suite form", "MMLU: CSV without a header"), "csv", "", "", "test,val,dev", "dev", R"({
            "form": "csv", "header": false, "columns": ["question", "A", "B", "C", "D", "answer"], "asking": "choice", "id": "{_file}-{_line}",
            "preamble": "The following are multiple choice questions (with answers) about {_file}.\n\n",
            "prompt": "{question}\n{_options}Answer:", "question": "{question}", "options": ["{A}", "{B}", "{C}", "{D}"],
            "answer": "{answer}", "answer_is": "letter", "letters": true, "choice_prefix": " ", "task": "{_file}", "cluster": "{_file}",
            "labels": {"subject": "{_file}"}, "scorer": "acc", "max_tokens": 8,
            "few_shot": {"count": 5, "by": "{_file}", "example": "{prompt}{answer}\n\n"}})"},
        {"ceval", ASSAY_TEXT("Suite form", "C-Eval: CSV with id, question, A to D, answer"), "csv", "id,question,A,B,C,D,answer", "", "val,test,dev", "dev", R"({
            "form": "csv", "asking": "choice", "id": "{_file}-{id}", "preamble": "以下是单项选择题，请选出正确答案。\n\n",
            "prompt": "{question}\n{_options}答案：", "question": "{question}", "options": ["{A}", "{B}", "{C}", "{D}"],
            "answer": "{answer}", "answer_is": "letter", "letters": true, "task": "{_file}", "cluster": "{_file}",
            "labels": {"subject": "{_file}", "language": "zh"}, "scorer": "acc", "max_tokens": 8,
            "few_shot": {"count": 5, "by": "{_file}", "example": "{prompt}{answer}\n\n"}})"},
        {"mcq", ASSAY_TEXT("Suite form", "Multiple choice: CSV with question, A to D, answer"), "csv", "question,A,B,C,D,answer", "", "test,val,dev", "", R"({
            "form": "csv", "asking": "choice", "prompt": "{question}\n{_options}Answer:", "question": "{question}",
            "options": ["{A}", "{B}", "{C}", "{D}"], "answer": "{answer}", "answer_is": "letter", "letters": true, "choice_prefix": " ",
            "scorer": "acc", "max_tokens": 8})"},
        {"mmlu-jsonl", ASSAY_TEXT("Suite form", "MMLU as JSONL: question, choices, answer's index"), "jsonl", "question,choices,answer", "choices~[", "test,validation,dev", "", R"({
            "form": "jsonl", "asking": "choice", "prompt": "{question}\n{_options}Answer:", "question": "{question}", "options": {"field": "choices"},
            "answer": "{answer}", "answer_is": "index", "letters": true, "choice_prefix": " ", "labels": {"subject": "{subject}"},
            "scorer": "acc", "max_tokens": 8})"},
        {"arc", ASSAY_TEXT("Suite form", "ARC as JSONL: question, choices with text and label, answerKey"), "jsonl", "question,choices,answerKey", "choices.text~[", "test,validation", "", R"({
            "form": "jsonl", "asking": "choice", "id": "{id}", "prompt": "Question: {question}\nAnswer:", "question": "{question}",
            "options": {"field": "choices.text"}, "answer": "{answerKey}", "answer_is": "letter", "choice_prefix": " ", "scorer": "acc_norm", "also": ["acc"],
            "max_tokens": 64})"},
        {"gpqa", ASSAY_TEXT("Suite form", "GPQA: CSV with Question, Correct Answer, Incorrect Answer 1 to 3"), "csv", "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3", "", "test", "", R"({
            "form": "csv", "asking": "generate", "id": "{Record ID}", "question": "{Question|trim}",
            "prompt": "{Question|trim}\n\n{_options}\nThink it through, then end with a line \"Answer: X\", where X is the letter of the right option.\n",
            "options": ["{Correct Answer|trim}", "{Incorrect Answer 1|trim}", "{Incorrect Answer 2|trim}", "{Incorrect Answer 3|trim}"],
            "answer_is": "first", "letters": true, "shuffle": true, "labels": {"subject": "{High-level domain}", "subdomain": "{Subdomain}"},
            "scorer": "letter", "max_tokens": 32768, "stop": []})"},
        {"humaneval", ASSAY_TEXT("Suite form", "HumanEval: JSONL with task_id, prompt, entry_point, test"), "jsonl", "task_id,prompt,entry_point,test", "", "test", "", R"({
            "form": "jsonl", "asking": "generate", "id": "{task_id}", "prompt": "{prompt}", "scorer": "code",
            "code": {"preamble": "{prompt}", "entry_point": "{entry_point}", "test": "{test}"},
            "stop": ["\nclass ", "\ndef ", "\n#", "\nif __name__", "\nprint("], "max_tokens": 1024})"},
        {"gsm8k", ASSAY_TEXT("Suite form", "GSM8K: JSONL with question and answer, the number behind ####"), "jsonl", "question,answer", "answer~####", "test", "", R"({
            "form": "jsonl", "asking": "generate", "prompt": "Question: {question}\nAnswer:", "question": "{question}",
            "answer": "{answer|after:####|trim}", "scorer": "gsm8k_flexible", "also": ["gsm8k_strict", "number"], "stop": ["\nQuestion:"], "max_tokens": 512})"},
        {"math", ASSAY_TEXT("Suite form", "MATH: JSONL with problem, solution, level, type"), "jsonl", "problem,solution", "solution~\\boxed", "test", "", R"({
            "form": "jsonl", "asking": "generate", "id": "{unique_id}", "question": "{problem}",
            "prompt": "{problem}\n\nThink step by step and put the final answer into \\boxed{{}}.\n", "answer": "{solution|boxed}",
            "axes": {"difficulty": {"value": "{level|number}", "label": "level"}}, "labels": {"subject": "{type}"},
            "scorer": "math", "also": ["math_hendrycks"], "stop": [], "max_tokens": 32768})"},
        {"aime", ASSAY_TEXT("Suite form", "AIME and alike: JSONL with problem and answer"), "jsonl", "problem,answer", "", "test", "", R"({
            "form": "jsonl", "asking": "generate", "id": "{id}", "question": "{problem}",
            "prompt": "{problem}\n\nThink step by step and put the final answer into \\boxed{{}}.\n", "answer": "{answer}",
            "labels": {"subject": "{subject}"}, "axes": {"difficulty": {"value": "{level}", "label": "level"}},
            "scorer": "math", "stop": [], "max_tokens": 32768})"},
        {"aime-capital", ASSAY_TEXT("Suite form", "AIME and alike: JSONL with Problem and Answer"), "jsonl", "Problem,Answer", "", "test", "", R"({
            "form": "jsonl", "asking": "generate", "id": "{ID}", "question": "{Problem}",
            "prompt": "{Problem}\n\nThink step by step and put the final answer into \\boxed{{}}.\n", "answer": "{Answer}",
            "scorer": "math", "stop": [], "max_tokens": 32768})"},
        {"squad", ASSAY_TEXT("Suite form", "SQuAD 1.1 and 2.0"), "squad", "id,question,context", "", "dev,test", "", R"({
            "form": "squad", "asking": "generate", "id": "{id}", "cluster": "{paragraph}", "question": "{context}\n{question}",
            "prompt": "{context}\n\nAnswer with words of the text. If it holds no answer, reply: unanswerable\nQuestion: {question}\nAnswer:",
            "answers": {"field": "answers"}, "labels": {"title": "{title}"}, "scorer": "squad_f1", "also": ["squad_em"], "max_tokens": 64})"},
        {"glue-sst2", ASSAY_TEXT("Suite form", "GLUE SST-2"), "tsv", "sentence,label", "", "dev", "", R"({
            "form": "tsv", "asking": "choice", "prompt": "{sentence|trim}\nIs the mood of this sentence negative or positive? It is", "question": "{sentence|trim}",
            "options": ["negative", "positive"], "answer": "{label}", "answer_is": "index", "choice_prefix": " ", "scorer": "acc"})"},
        {"glue-mrpc", ASSAY_TEXT("Suite form", "GLUE MRPC"), "tsv", "Quality,#1 ID,#2 ID,#1 String,#2 String", "", "dev", "", R"({
            "form": "tsv", "asking": "choice", "id": "{#1 ID}-{#2 ID}", "question": "{#1 String}\n{#2 String}",
            "prompt": "First: {#1 String}\nSecond: {#2 String}\nDo both sentences say the same? Answer:",
            "options": ["no", "yes"], "answer": "{Quality}", "answer_is": "index", "choice_prefix": " ", "scorer": "acc", "also": ["acc_f1"]})"},
        {"glue-qqp", ASSAY_TEXT("Suite form", "GLUE QQP"), "tsv", "question1,question2,is_duplicate", "", "dev", "", R"({
            "form": "tsv", "asking": "choice", "id": "{id}", "question": "{question1}\n{question2}",
            "prompt": "First: {question1}\nSecond: {question2}\nDo both questions ask the same? Answer:",
            "options": ["no", "yes"], "answer": "{is_duplicate}", "answer_is": "index", "choice_prefix": " ", "scorer": "acc", "also": ["acc_f1"]})"},
        {"glue-stsb", ASSAY_TEXT("Suite form", "GLUE STS-B"), "tsv", "index,sentence1,sentence2,score", "", "dev", "", R"({
            "form": "tsv", "asking": "generate", "id": "{index}", "question": "{sentence1}\n{sentence2}",
            "prompt": "First: {sentence1}\nSecond: {sentence2}\nHow alike is what they say, from 0 (nothing) to 5 (the same)? Answer with a number:",
            "answer": "{score}", "scorer": "pearson", "also": ["spearman"], "max_tokens": 8})"},
        {"glue-mnli", ASSAY_TEXT("Suite form", "GLUE MNLI"), "tsv", "sentence1,sentence2,gold_label", "", "dev_matched,dev_mismatched,dev", "", R"({
            "form": "tsv", "asking": "choice", "id": "{pairID}", "question": "{sentence1}\n{sentence2}", "cluster": "{promptID}",
            "prompt": "{sentence1}\nStatement: {sentence2}\nIs the statement true (entailment), open (neutral) or false (contradiction)? Answer:",
            "options": ["entailment", "neutral", "contradiction"], "answer": "{gold_label}", "choice_prefix": " ", "labels": {"genre": "{genre}"}, "scorer": "acc"})"},
        {"glue-qnli", ASSAY_TEXT("Suite form", "GLUE QNLI"), "tsv", "index,question,sentence,label", "", "dev", "", R"({
            "form": "tsv", "asking": "choice", "id": "{index}", "question": "{question}\n{sentence}",
            "prompt": "Question: {question}\nSentence: {sentence}\nDoes the sentence answer the question (entailment, not_entailment)? Answer:",
            "options": ["entailment", "not_entailment"], "answer": "{label}", "choice_prefix": " ", "scorer": "acc"})"},
        {"glue-rte", ASSAY_TEXT("Suite form", "GLUE RTE"), "tsv", "index,sentence1,sentence2,label", "label~entailment", "dev", "", R"({
            "form": "tsv", "asking": "choice", "id": "{index}", "question": "{sentence1}\n{sentence2}",
            "prompt": "{sentence1}\nStatement: {sentence2}\nDoes the statement follow (entailment, not_entailment)? Answer:",
            "options": ["entailment", "not_entailment"], "answer": "{label}", "choice_prefix": " ", "scorer": "acc"})"},
        {"glue-wnli", ASSAY_TEXT("Suite form", "GLUE WNLI"), "tsv", "index,sentence1,sentence2,label", "", "dev", "", R"({
            "form": "tsv", "asking": "choice", "id": "{index}", "question": "{sentence1}\n{sentence2}",
            "prompt": "{sentence1}\nStatement: {sentence2}\nIs the statement true? Answer:",
            "options": ["no", "yes"], "answer": "{label}", "answer_is": "index", "choice_prefix": " ", "scorer": "acc"})"},
        {"glue-cola", ASSAY_TEXT("Suite form", "GLUE CoLA: TSV without a header"), "tsv", "", "", "dev", "", R"({
            "form": "tsv", "header": false, "columns": ["source", "label", "mark", "sentence"], "asking": "choice", "question": "{sentence}",
            "prompt": "{sentence}\nIs this sentence good English? Answer:", "options": ["no", "yes"], "answer": "{label}", "answer_is": "index",
            "choice_prefix": " ", "labels": {"source": "{source}"}, "scorer": "acc_mcc", "also": ["acc"]})"},
        {"question-answer", ASSAY_TEXT("Suite form", "Any JSONL with question and answer"), "jsonl", "question,answer", "", "test,validation,dev", "", R"({
            "form": "jsonl", "asking": "generate", "id": "{id}", "prompt": "Question: {question}\nAnswer:", "question": "{question}", "answer": "{answer}",
            "scorer": "quasi_exact_match", "also": ["squad_f1"], "max_tokens": 64})"},
        {"prompt-answer", ASSAY_TEXT("Suite form", "Any JSONL with prompt and answer"), "jsonl", "prompt,answer", "", "test,validation,dev", "", R"({
            "form": "jsonl", "asking": "generate", "id": "{id}", "prompt": "{prompt}", "answer": "{answer}", "scorer": "exact_match", "max_tokens": 64})"},
        {"text-jsonl", ASSAY_TEXT("Suite form", "JSONL with text, for perplexity"), "jsonl", "text", "", "test,validation,dev", "", R"({
            "form": "jsonl", "asking": "text", "prompt": "{text}", "scorer": "perplexity", "also": ["bits_per_byte"], "stop": []})"},
        {"question-answer-csv", ASSAY_TEXT("Suite form", "Any CSV with question and answer"), "csv", "question,answer", "", "test,validation,dev", "", R"({
            "form": "csv", "asking": "generate", "prompt": "Question: {question}\nAnswer:", "question": "{question}", "answer": "{answer}",
            "scorer": "quasi_exact_match", "also": ["squad_f1"], "max_tokens": 64})"},
        {"prompt-answer-csv", ASSAY_TEXT("Suite form", "Any CSV with prompt and answer"), "csv", "prompt,answer", "", "test,validation,dev", "", R"({
            "form": "csv", "asking": "generate", "prompt": "{prompt}", "answer": "{answer}", "scorer": "exact_match", "max_tokens": 64})"},
        {"text", ASSAY_TEXT("Suite form", "Plain text, for perplexity"), "text", "text", "", "test,valid", "", R"({
            "form": "text", "asking": "text", "prompt": "{text}", "cluster": "{_file}", "scorer": "perplexity", "also": ["bits_per_byte"], "stop": []})"},
        {"images", ASSAY_TEXT("Suite form", "Images in a folder for each class, or beside a file of labels"), "images", "_image", "", "", "", R"({
            "form": "images", "asking": "image", "id": "{_name}", "labels": {"class": "{_label}"}, "scorer": "top1", "also": ["top5"]})"},
    };
    return kForms;
}

} // namespace assay
