#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/imports: results of evaluation tools, made by hand to the forms that docs/IMPORT.md describes.

Questions and answers are invented. expected.json holds what follows from them, counted here and not by Assay:
rates, the four cells of the paired table and the exact McNemar probability.

Usage: make_imports.py FOLDER
"""
import gzip
import hashlib
import json
import math
import random
import sys
import zipfile
from pathlib import Path

DATE = "2024-11-05T10-15-30.123456"
NAMES = ["Ada", "Bo", "Cy", "Di", "Eve", "Flo", "Gus", "Hal", "Ida", "Jo", "Kim", "Lu", "Mo", "Ned", "Ola", "Pia"]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_json(path, value, **more):
    write(path, json.dumps(value, indent=2, ensure_ascii=False, **more))


def write_lines(path, values):
    write(path, "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values))


def sums(count):
    """Word problems with the right sum."""
    source = random.Random(7)
    out = []
    for i in range(count):
        a, b = source.randint(12, 480), source.randint(12, 480)
        name = NAMES[i % len(NAMES)]
        out.append({"question": f"{name} has {a} marbles and finds {b} more. How many marbles has {name} now?",
                    "answer": f"{a} + {b} = {a + b}\n#### {a + b}", "sum": a + b})
    return out


def picks(count):
    """Four choices, the largest number is right."""
    source = random.Random(11)
    out = []
    for i in range(count):
        numbers = source.sample(range(10, 9000), 4)
        out.append({"question": f"Question {i + 1}: which of these numbers is the largest?",
                    "choices": {"text": [str(n) for n in numbers], "label": ["A", "B", "C", "D"]},
                    "right": numbers.index(max(numbers))})
    return out


def lm_sample(task, index, doc, target, requests, resps, filtered, name, metrics):
    sample = {"doc_id": index, "doc": doc, "target": str(target),
              "arguments": {f"gen_args_{i}": {f"arg_{j}": one for j, one in enumerate(request)} for i, request in enumerate(requests)},
              "resps": resps, "filtered_resps": filtered, "filter": name, "metrics": list(metrics),
              "doc_hash": sha(json.dumps(doc, indent=2, ensure_ascii=False)), "prompt_hash": sha(requests[0][0]), "target_hash": sha(str(target))}
    sample.update(metrics)
    return sample


def lm_eval(folder, model, seed, skill):
    """results_*.json and the samples of two tasks; gives what is right by task and filter."""
    source = random.Random(seed)
    path = folder / model.replace("/", "__")
    right = {}
    samples = []
    for index, item in enumerate(picks(40)):
        doc = {"id": f"pick_{index}", "question": item["question"], "choices": item["choices"]}
        prompt = "Question: Which is largest?\nAnswer: 9\n\n" + f"Question: {item['question']}\nAnswer:"
        texts = [" " + text for text in item["choices"]["text"]]
        scores = [-source.uniform(3, 6) - len(text) * 0.4 for text in texts]
        if source.random() < skill:
            scores[item["right"]] = max(scores) + 0.25
        best = scores.index(max(scores))
        norm = [score / len(text) for score, text in zip(scores, item["choices"]["text"])]
        metrics = {"acc": float(best == item["right"]), "acc_norm": float(norm.index(max(norm)) == item["right"])}
        right.setdefault("picks", []).append(metrics["acc"])
        resps = [[[str(score), "False"]] for score in scores]
        samples.append(lm_sample("picks", index, doc, item["right"], [(prompt, text) for text in texts], resps,
                                 [[str(score), "False"] for score in scores], "none", metrics))
    write_lines(path / f"samples_picks_{DATE}.jsonl", samples)

    samples = []
    for index, item in enumerate(sums(24)):
        doc = {"question": item["question"], "answer": item["answer"]}
        prompt = f"Question: {item['question']}\nAnswer:"
        told = item["sum"] if source.random() < skill else item["sum"] + source.randint(1, 9)
        said = source.random() < 0.8
        text = f" The sum is {told}.\n#### {told}" if said else f" I get {told}"
        settings = {"until": ["Question:", "</s>"], "do_sample": False, "temperature": 0.0, "max_gen_toks": 256}
        strict = str(told) if said else "[invalid]"
        for name, found in (("strict-match", strict), ("flexible-extract", str(told))):
            value = float(found == str(item["sum"]))
            right.setdefault("sums, " + name, []).append(value)
            samples.append(lm_sample("sums", index, doc, item["answer"], [(prompt, settings)], [[text]], [found], name, {"exact_match": value}))
    write_lines(path / f"samples_sums_{DATE}.jsonl", samples)

    results = {"results": {}, "group_subtasks": {"picks": [], "sums": []},
               "configs": {"picks": {"task": "picks", "output_type": "multiple_choice", "num_fewshot": 1},
                           "sums": {"task": "sums", "output_type": "generate_until", "num_fewshot": 0}},
               "versions": {"picks": 1.0, "sums": 3.0}, "n-shot": {"picks": 1, "sums": 0},
               "config": {"model": "hf", "model_args": f"pretrained={model},dtype=bfloat16", "model_dtype": "torch.bfloat16", "batch_size": "8",
                          "limit": None, "random_seed": 0, "gen_kwargs": None},
               "git_hash": None, "date": 1730801730.5, "lm_eval_version": "0.4.9", "model_source": "hf", "model_name": model,
               "model_name_sanitized": model.replace("/", "__"), "chat_template": None, "chat_template_sha": None, "total_evaluation_time_seconds": "12.5"}
    for key, values in right.items():
        task, _, name = key.partition(", ")
        metric = "acc,none" if task == "picks" else f"exact_match,{name}"
        results["results"].setdefault(task, {"alias": task})[metric] = sum(values) / len(values)
    write_json(path / f"results_{DATE}.json", results)
    return right


def paired(first, second):
    cells = [sum(1 for a, b in zip(first, second) if (a, b) == cell) for cell in ((1, 1), (1, 0), (0, 1), (0, 0))]
    b, c = cells[1], cells[2]
    tail = sum(math.comb(b + c, k) for k in range(min(b, c) + 1)) / 2 ** (b + c) if b + c else 0.5
    return {"both": cells[0], "only_first": b, "only_second": c, "neither": cells[3], "p": min(1.0, 2 * tail)}


def small_items():
    """Five answers that every other tool's results hold: right, wrong, cut off, failed and nothing found."""
    items = sums(5)
    return [(item, told) for item, told in zip(items, ["right", "wrong", "cut", "failed", "nothing"])]


def output_of(item, told):
    return {"right": f"It is {item['sum']}.\n#### {item['sum']}", "wrong": f"#### {item['sum'] + 1}", "cut": "First I add the", "failed": "",
            "nothing": "I do not know."}[told]


def lighteval(folder):
    details = []
    for index, (item, told) in enumerate(small_items()[:3]):
        details.append({"__doc__": {"query": item["question"], "choices": [item["answer"]], "gold_index": 0, "task_name": "sums", "id": str(index)},
                        "__metric__": {"em": float(told == "right")},
                        "__model_response__": {"input": item["question"], "text": [output_of(item, told)], "logprobs": [], "output_tokens": [[1, 2, 3]],
                                               "truncated_tokens_count": 0}})
    write_json(folder / "details" / "org" / "small" / DATE / f"details_sums_{DATE}.json", details)
    choices = []
    for index, item in enumerate(picks(2)):
        logs = [-4.0, -4.0, -4.0, -4.0]
        logs[item["right"] if index == 0 else (item["right"] + 1) % 4] = -1.5
        choices.append({"doc": {"query": item["question"], "choices": [" " + text for text in item["choices"]["text"]], "gold_index": item["right"], "id": str(index)},
                        "metric": {"acc": 1 if index == 0 else 0}, "model_response": {"text": [], "logprobs": logs}})
    write_lines(folder / "details" / "org" / "small" / DATE / f"details_picks_{DATE}.jsonl", choices)
    write(folder / "details" / "org" / "small" / DATE / f"details_more_{DATE}.parquet", "PAR1 not a real table PAR1")
    write_json(folder / "results" / "org" / "small" / f"results_{DATE}.json",
               {"config_general": {"lighteval_sha": "0123456789abcdef", "model_name": "org/small", "model_dtype": "torch.float16",
                                   "generation_parameters": {"temperature": 0.6}},
                "results": {"sums|0": {"em": 1 / 3}}, "versions": {}, "config_tasks": {}, "summary_tasks": {}, "summary_general": {}})


def inspect_log():
    samples = []
    for index, (item, told) in enumerate(small_items()):
        sample = {"id": index + 1, "epoch": 1, "input": [{"role": "user", "content": item["question"]}], "target": str(item["sum"]),
                  "messages": [], "output": {"model": "org/small", "choices": [{"message": {"role": "assistant", "content": [
                      {"type": "reasoning", "reasoning": "Let me think."}, {"type": "text", "text": output_of(item, told)}]},
                      "stop_reason": "max_tokens" if told == "cut" else "stop"}], "usage": {"input_tokens": 30, "output_tokens": 12, "total_tokens": 42}, "time": 0.5},
                  "scores": {"match": {"value": "C" if told == "right" else "N" if told == "nothing" else "I",
                                       "answer": str(item["sum"]) if told == "right" else None}}}
        if told == "failed":
            sample["error"] = {"message": "the server closed the connection", "traceback": "", "traceback_ansi": ""}
            del sample["scores"]
        samples.append(sample)
    # A second epoch of the first question.
    again = json.loads(json.dumps(samples[0]))
    again["epoch"] = 2
    samples.append(again)
    header = {"version": 2, "status": "success",
              "eval": {"run_id": "r", "created": "2024-11-05T10:15:30+01:00", "task": "inspect_evals/sums", "model": "openai/small", "dataset": {"name": "sums"},
                       "config": {"epochs": 2}, "packages": {"inspect_ai": "0.3.100"}, "model_generate_config": {"temperature": 0.6, "max_tokens": 64}},
              "plan": {"name": "plan", "steps": []}, "results": {"total_samples": 6, "completed_samples": 5, "scores": [{"name": "match", "scorer": "match"}]},
              "stats": {"started_at": "2024-11-05T10:15:31+01:00", "completed_at": "2024-11-05T10:16:30+01:00"}}
    return header, samples


def add(archive, name, value):
    # One moment for all, so that the file is always the same.
    info = zipfile.ZipInfo(name, (2024, 11, 5, 10, 15, 30))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, json.dumps(value, indent=2))


def inspect(folder):
    header, samples = inspect_log()
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "log.eval", "w", zipfile.ZIP_DEFLATED) as archive:
        add(archive, "_journal/start.json", {"version": 2, "eval": header["eval"], "plan": header["plan"]})
        for sample in samples:
            add(archive, f"samples/{sample['id']}_epoch_{sample['epoch']}.json", sample)
        add(archive, "header.json", header)
    write_json(folder / "log.json", {**header, "samples": samples})


def helm(folder):
    states, stats = [], []
    for index, (item, told) in enumerate(small_items()):
        result = {"success": told != "failed", "embedding": [], "completions": [] if told == "failed" else [
            {"text": output_of(item, told), "logprob": -3.5, "tokens": [{"text": "x", "logprob": -3.5}], "finish_reason": {"reason": "length" if told == "cut" else "stop"}}],
            "cached": False, "request_time": 0.5}
        if told == "failed":
            result["error"] = "429"
        instance = {"input": {"text": item["question"]}, "references": [{"output": {"text": str(item["sum"])}, "tags": ["correct"]}], "split": "test", "id": f"id{index}"}
        states.append({"instance": instance, "train_trial_index": 0, "num_train_instances": 0, "prompt_truncated": False,
                       "request": {"model": "org/small", "prompt": "Q: " + item["question"], "temperature": 0.0, "max_tokens": 64}, "result": result})
        stats.append({"instance_id": f"id{index}", "train_trial_index": 0, "stats": [
            {"name": {"name": "num_references", "split": "test"}, "count": 1, "sum": 1, "mean": 1},
            {"name": {"name": "exact_match", "split": "test"}, "count": 1, "sum": 0, "mean": 0},
            {"name": {"name": "final_number_exact_match", "split": "test"}, "count": 1, "sum": float(told == "right"), "mean": float(told == "right")}]})
    run = folder / "sums,model=org_small"
    adapter = {"method": "generation", "model": "org/small", "temperature": 0.0, "max_tokens": 64}
    write_json(run / "run_spec.json", {"name": "sums:subject=adding,model=org_small", "scenario_spec": {"class_name": "Sums"}, "adapter_spec": adapter, "metric_specs": []})
    write_json(run / "scenario_state.json", {"adapter_spec": adapter, "request_states": states})
    write_json(run / "per_instance_stats.json", stats)
    write_json(run / "stats.json", [{"name": {"name": "exact_match"}, "count": 1, "sum": 0}])

    # Each option by itself, with its log-likelihood.
    item = picks(1)[0]
    references = [{"output": {"text": text}, "tags": ["correct"] if i == item["right"] else []} for i, text in enumerate(item["choices"]["text"])]
    states = [{"instance": {"input": {"text": item["question"]}, "references": references, "id": "id0"}, "reference_index": i, "request_mode": "original", "train_trial_index": 0,
               "prompt_truncated": False, "request": {"model": "org/small", "prompt": item["question"] + " " + text},
               "result": {"success": True, "completions": [{"text": "", "logprob": -2.0 if i == item["right"] else -5.0, "tokens": []}]}}
              for i, text in enumerate(item["choices"]["text"])]
    adapter = {"method": "multiple_choice_separate_original", "model": "org/small"}
    run = folder / "picks,model=org_small"
    write_json(run / "run_spec.json", {"name": "picks:model=org_small", "scenario_spec": {}, "adapter_spec": adapter, "metric_specs": []})
    write_json(run / "scenario_state.json", {"adapter_spec": adapter, "request_states": states})
    write_json(run / "per_instance_stats.json", [{"instance_id": "id0", "train_trial_index": 0, "stats": [{"name": {"name": "exact_match"}, "count": 1, "mean": 1.0}]}])


def evalscope(folder):
    predictions, reviews = [], []
    for index, (item, told) in enumerate(small_items()):
        text = output_of(item, told)
        output = {"model": "small", "choices": [{"message": {"role": "assistant", "content": text}, "stop_reason": "max_tokens" if told == "cut" else "stop"}],
                  "usage": {"input_tokens": 30, "output_tokens": 12, "total_tokens": 42}, "time": 0.5, "error": "timeout" if told == "failed" else None}
        predictions.append({"index": index, "model": "small", "model_output": output, "messages": []})
        reviews.append({"index": index, "input": [{"role": "user", "content": item["question"]}], "target": str(item["sum"]),
                        "sample_score": {"score": {"value": {"acc": float(told == "right")}, "extracted_prediction": str(item["sum"]) if told == "right" else "",
                                                   "prediction": text, "explanation": None, "metadata": {}, "main_score_name": "acc"},
                                         "sample_id": index, "group_id": index, "sample_metadata": {}}})
    write_lines(folder / "predictions" / "small" / "sums_main.jsonl", predictions)
    write_lines(folder / "reviews" / "small" / "sums_main.jsonl", reviews)
    write_json(folder / "reports" / "small" / "sums.json", {"name": "small@sums", "dataset_name": "sums", "model_name": "small", "score": 0.2, "metrics": []})


def opencompass(folder):
    predictions, details = {}, {"type": "GEN"}
    for index, (item, told) in enumerate(small_items()):
        predictions[str(index)] = {"origin_prompt": [{"role": "HUMAN", "prompt": item["question"]}], "prediction": output_of(item, told), "gold": item["answer"]}
        details[str(index)] = {"prompt": item["question"], "origin_prediction": output_of(item, told), "predictions": str(item["sum"]) if told == "right" else "NULL",
                               "references": str(item["sum"]), "correct": told == "right"}
    write_json(folder / "predictions" / "small-hf" / "sums.json", predictions)
    write_json(folder / "results" / "small-hf" / "sums.json", {"accuracy": 20.0, "details": details})
    item = picks(1)[0]
    losses = {f"label: {text}": {"testing input": "", "prompt": item["question"] + " " + text, "PPL": 1.0 if i == item["right"] else 3.0}
              for i, text in enumerate(item["choices"]["text"])}
    gold = item["choices"]["text"][item["right"]]
    write_json(folder / "predictions" / "small-hf" / "picks.json", {"0": {"in-context examples": "", **losses, "prediction": gold, "gold": gold}})


def graded(folder):
    lines = []
    for item, told in small_items():
        lines.append({"question": item["question"], "ground_truth": item["answer"].replace("####", "A:"),
                      "small": {"is_correct": told == "right", "solution": output_of(item, told).replace("####", "A:")},
                      "large": {"is_correct": told != "nothing", "solution": f"Adding gives\nA: {item['sum']}"}})
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    with open(folder / "solutions.jsonl.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packed:
        packed.write(text.encode())


def main():
    folder = Path(sys.argv[1])
    alpha = lm_eval(folder / "lmeval" / "alpha", "org/alpha", 1, 0.8)
    beta = lm_eval(folder / "lmeval" / "beta", "org/beta", 2, 0.35)
    expected = {task: {"n": len(alpha[task]), "alpha": sum(alpha[task]), "beta": sum(beta[task]), **paired(alpha[task], beta[task])} for task in alpha}
    write_json(folder / "expected.json", expected)
    lighteval(folder / "lighteval")
    inspect(folder / "inspect")
    helm(folder / "helm")
    evalscope(folder / "evalscope")
    opencompass(folder / "opencompass")
    graded(folder / "graded")


main()
