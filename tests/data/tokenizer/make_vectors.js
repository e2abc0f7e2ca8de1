// SPDX-License-Identifier: GPL-3.0-or-later
// Writes variants.json and sample.vectors.json with the npm package tokenizers 0.23.2 (Hugging Face's Rust
// code), the independent reference of tst_tokenizer. Run it where that package is installed:
//   node make_vectors.js SMALL_TOKENIZER_JSON OUTPUT_FOLDER
// A variant is the small tokenizer with some sections replaced.
const fs = require('fs');
const { Tokenizer } = require('tokenizers');

const base = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
const plain = { ...byteLevel, use_regex: false };
const split = (pattern, behavior, invert = false) => ({ type: 'Split', pattern, behavior, invert });
const sequence = (...parts) => ({ type: 'Sequence', pretokenizers: parts });
const added = (id, content, flags = {}) => ({ id, content, single_word: false, lstrip: false, rstrip: false,
    normalized: false, special: false, ...flags });
const special = base.added_tokens;

const texts = ['', ' ', 'add 345+678:', ' box fox  cat', 'fox<|end|> cat<|begin|>x', 'one  two\n\n three\t ',
    'e\u0301 \u00e9 \uac00 \u1112\u1161\u11ab', '12,345.67 and 8', 'a-b--c', "it's John's we'll", '\u4e2d\u6587 \ud83d\ude00 x',
    'foxes <X> fox <X>cat', 'x <L>  y', 'x  <R>  y <R>\n\n<L>', 'wordWOORD WOORD aWOORD WOORD.', '<AB<ABC><AB>', 'caf\u00e9 cafe\u0301 done',
    '\u00a0nbsp\u2003em\u180emvs\u200bzws', 'no yes noyes  yes', '\u0660\u0661 \u00bd \u2167 7', 'A\u0327\u0301 \ufb01 \u212b'];
const variants = {
    plain: {},
    prefix_space: { pre_tokenizer: { ...byteLevel, add_prefix_space: true } },
    no_regex: { pre_tokenizer: plain },
    digits: { pre_tokenizer: sequence({ type: 'Digits', individual_digits: true }, byteLevel) },
    digit_runs: { pre_tokenizer: sequence({ type: 'Digits', individual_digits: false }, plain) },
    removed: { pre_tokenizer: sequence(split({ String: ' ' }, 'Removed'), plain) },
    previous: { pre_tokenizer: sequence(split({ String: '-' }, 'MergedWithPrevious'), plain) },
    next: { pre_tokenizer: sequence(split({ Regex: '\\s' }, 'MergedWithNext'), plain) },
    contiguous: { pre_tokenizer: sequence(split({ Regex: '\\p{L}' }, 'Contiguous'), plain) },
    inverted: { pre_tokenizer: sequence(split({ Regex: '\\p{L}+|[^\\S\\n]' }, 'Removed', true), plain) },
    nfc: { normalizer: { type: 'NFC' } },
    nfkd: { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFKD' }] } },
    ignore_merges: { model: { ignore_merges: true, merges: base.model.merges.slice(0, 60) } },
    string_merges: { model: { merges: base.model.merges.map((pair) => pair.join(' ')) } },
    added: { added_tokens: [...special, added(425, '<X>'), added(426, '<L>', { lstrip: true }), added(427, '<R>', { rstrip: true }),
        added(428, 'WOORD', { single_word: true }), added(429, '<AB'), added(430, '<ABC>')] },
    added_normalized: { normalizer: { type: 'NFC' }, added_tokens: [...special, added(425, 'caf\u00e9', { normalized: true }),
        added(426, 'e\u0301', { normalized: false })] },
    end_template: { post_processor: { type: 'Sequence', processors: [plain, { type: 'TemplateProcessing',
        single: [{ SpecialToken: { id: '<|begin|>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } },
            { SpecialToken: { id: '<|end|>', type_id: 0 } }],
        pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
        special_tokens: { '<|begin|>': { id: '<|begin|>', ids: [0], tokens: ['<|begin|>'] },
            '<|end|>': { id: '<|end|>', ids: [1], tokens: ['<|end|>'] } } }] } },
};

// Fields of the model are replaced one by one, other sections whole.
const variant = (patch) => ({ ...base, ...patch, model: { ...base.model, ...(patch.model ?? {}) } });
async function vectors(tokenizer, strings) {
    const result = [];
    for (const text of strings) {
        const ids = (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();
        const idsSpecial = (await tokenizer.encode(text, null, { addSpecialTokens: true })).getIds();
        result.push({ text, ids, ids_special: idsSpecial, decoded: await tokenizer.decode(ids, false),
            decoded_skip_special: await tokenizer.decode(idsSpecial, true) });
    }
    return result;
}
(async () => {
    const out = [];
    for (const [name, patch] of Object.entries(variants)) {
        const tokenizer = Tokenizer.fromString(JSON.stringify(variant(patch)));
        out.push({ name, patch, vectors: await vectors(tokenizer, texts) });
    }
    fs.writeFileSync(`${process.argv[3]}/variants.json`, JSON.stringify(out) + '\n');
    const tasks = ['add    4071+    8953:', '1+3+0=0,4;7+5+0=1,24;>13024', 'sort k q b z a:', ' a b k q z', 'check ([]{()}):', 'yes', 'no',
        'get fox=4 owl=7 cat=2? owl=', '7', '7<|end|>', '<|begin|>get', 'something else entirely, 42!', '\u00fc\u4e2d\ud83d\ude00'];
    fs.writeFileSync(`${process.argv[3]}/sample.vectors.json`,
        JSON.stringify(await vectors(Tokenizer.fromString(JSON.stringify(base)), tasks), null, 1) + '\n');
})();
