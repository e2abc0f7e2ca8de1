#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes small tokenizers of SentencePiece and of GGUF, and what SentencePiece's own programs make of texts.

Needs Debian's package sentencepiece (spm_train, spm_encode, spm_decode).
    make_sentencepiece.py CORPUS OUTPUT_FOLDER
Writes bpe.model, unigram.model, sentencepiece.json, and the same models as the keys of bpe.gguf (tokenizer model
llama) and unigram.gguf (t5); gpt2.gguf has small.tokenizer.json's, bert.gguf components.json's WordPiece."""
import json
import os
import struct
import subprocess
import sys

TEXTS = ["", " ", "Hello, World!", "  two  blanks   and more ", "the quick brown fox", "caf\u00e9 \u00c5ngstr\u00f6m", "\u4e2d\u6587\u5b57\u7b26\u3002 \u8baa",
         "\uff21\uff22\uff23 \u2460 \ufb01", "\U0001f600 emoji \U0001f468\u200d\U0001f469", "x" * 60, "a\u3000b\u00a0c", "1234567890 3.14",
         "line one\nline two\ttabbed", "\u041f\u0440\u0438\u0432\u0435\u0442 \u05e9\u05dc\u05d5\u05dd", "tokenizer tokenizers tokenization",
         "\u2581mark \u2581\u2581", "model files, weights and numbers (see above): 50 %", "unknown \u8baa\u9b31 run", "e\u0301 combining"]


def run(*command, text=None):
    return subprocess.run(command, input=text, capture_output=True, check=True).stdout


def train(kind, corpus, folder, *extra):
    run("spm_train", f"--input={corpus}", f"--model_prefix={folder}/{kind}", f"--model_type={kind}", "--vocab_size=1000",
        "--character_coverage=0.98", "--num_threads=1", "--max_sentence_length=20000", *extra)
    os.remove(f"{folder}/{kind}.vocab")


def reference(model):
    """A line of input is one text; those with line ends in them are left out."""
    out = []
    for text in TEXTS:
        if "\n" in text:
            continue
        line = run("spm_encode", f"--model={model}", "--output_format=id", text=(text + "\n").encode()).decode().strip("\n")
        ids = [int(part) for part in line.split()]
        back = run("spm_decode", f"--model={model}", "--input_format=id", text=(line + "\n").encode()).decode()[:-1]
        out.append({"text": text, "ids": ids, "decoded": back})
    return out


def fields(data):
    """(number, value) of one protobuf message."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
    while at < len(data):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            size = varint()
            yield key >> 3, data[at:at + size]
            at += size
        else:
            size = {1: 8, 5: 4}[key & 7]
            yield key >> 3, data[at:at + size]
            at += size


def pieces_of(model):
    tokens, scores, types, charsmap = [], [], [], b""
    for number, value in fields(open(model, "rb").read()):
        if number == 1:
            piece = dict(fields(value))
            tokens.append(piece[1].decode())
            scores.append(struct.unpack("<f", piece[2])[0] if 2 in piece else 0.0)
            types.append(piece.get(3, 1))
        elif number == 3:
            charsmap = dict(fields(value)).get(2, b"")
    return tokens, scores, types, charsmap


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def value(item):
    """Type and bytes of a GGUF value."""
    if isinstance(item, bool):
        return 7, struct.pack("<?", item)
    if isinstance(item, int):
        return 4, struct.pack("<I", item)
    if isinstance(item, str):
        return 8, string(item)
    if isinstance(item, bytes):
        return 9, struct.pack("<IQ", 0, len(item)) + item
    kind, form = (8, None) if isinstance(item[0], str) else (6, "<f") if isinstance(item[0], float) else (5, "<i")
    return 9, struct.pack("<IQ", kind, len(item)) + b"".join(string(x) if form is None else struct.pack(form, x) for x in item)


def write_gguf(path, keys):
    data = b"GGUF" + struct.pack("<IQQ", 3, 0, len(keys))
    for key, item in keys.items():
        kind, packed = value(item)
        data += string(key) + struct.pack("<I", kind) + packed
    open(path, "wb").write(data)


def main():
    corpus, folder = sys.argv[1:]
    train("bpe", corpus, folder, "--byte_fallback=true", "--normalization_rule_name=identity", "--remove_extra_whitespaces=false")
    train("unigram", corpus, folder, "--user_defined_symbols=<sep>")
    json.dump({kind: reference(f"{folder}/{kind}.model") for kind in ("bpe", "unigram")},
              open(f"{folder}/sentencepiece.json", "w"), ensure_ascii=False, indent=0)
    for kind, name in (("bpe", "llama"), ("unigram", "t5")):
        tokens, scores, types, charsmap = pieces_of(f"{folder}/{kind}.model")
        keys = {"general.architecture": name, "tokenizer.ggml.model": name, "tokenizer.ggml.tokens": tokens, "tokenizer.ggml.scores": scores,
                "tokenizer.ggml.token_type": types, "tokenizer.ggml.unknown_token_id": 0, "tokenizer.ggml.bos_token_id": 1,
                "tokenizer.ggml.eos_token_id": 2, "tokenizer.ggml.remove_extra_whitespaces": kind == "unigram"}
        if charsmap:
            keys["tokenizer.ggml.precompiled_charsmap"] = charsmap
        write_gguf(f"{folder}/{kind}.gguf", keys)
    here = os.path.dirname(os.path.abspath(__file__))
    small = json.load(open(f"{here}/small.tokenizer.json"))
    tokens = [piece for piece, _ in sorted(small["model"]["vocab"].items(), key=lambda entry: entry[1])]
    specials = {token["id"] for token in small["added_tokens"]}
    write_gguf(f"{folder}/gpt2.gguf", {
        "general.architecture": "llama", "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "starcoder", "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [3 if i in specials else 1 for i in range(len(tokens))],
        "tokenizer.ggml.merges": [" ".join(m) if isinstance(m, list) else m for m in small["model"]["merges"]]})
    reference_model = next(m for m in json.load(open(f"{here}/components.json"))["models"] if m["name"] == "word_piece")
    tokens = [piece for piece, _ in sorted(reference_model["patch"]["model"]["vocab"].items(), key=lambda entry: entry[1])]
    control = {"[UNK]", "[CLS]", "[SEP]"}
    write_gguf(f"{folder}/bert.gguf", {
        "general.architecture": "bert", "tokenizer.ggml.model": "bert",
        "tokenizer.ggml.tokens": [t if t in control else t[2:] if t.startswith("##") else "\u2581" + t for t in tokens],
        "tokenizer.ggml.token_type": [3 if t in control else 1 for t in tokens], "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.ggml.cls_token_id": 10, "tokenizer.ggml.seperator_token_id": 11})


if __name__ == "__main__":
    main()
