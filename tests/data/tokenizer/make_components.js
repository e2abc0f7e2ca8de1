// SPDX-License-Identifier: GPL-3.0-or-later
// Writes components.json with the npm package tokenizers 0.23.2 (Hugging Face's Rust code), the independent reference
// of tst_components: every normalizer and pre-tokenizer (what a text becomes, and where it is cut), model,
// post-processor and decoder of tokenizer.json. Run it where that package is installed:
//   node make_components.js OUTPUT_FILE
// The base tokenizer spells each word in bytes with "</w>" behind it, so that its ids show text and cuts.
const fs = require('fs');
const { Tokenizer } = require('tokenizers');

const bytes = {};
for (let i = 0; i < 256; ++i)
    bytes[`<0x${i.toString(16).toUpperCase().padStart(2, '0')}>`] = i;
const base = { version: '1.0', truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null,
    post_processor: null, decoder: null, model: { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: null,
        end_of_word_suffix: '</w>', fuse_unk: false, byte_fallback: true, ignore_merges: false, vocab: bytes, merges: [] } };

const texts = ['', ' ', 'Hello, World!', '  two  blanks \n\n and\tTabs ', 'caf\u00e9 cafe\u0301 \u00c5ngstr\u00f6m \u212b \u1e9b\u0323',
    '\u4e2d\u6587\u5b57\u7b26\u3002\u3053\u3093\u306b\u3061\u306f\u30ab\u30bf\u30fc \ud55c\uad6d\uc5b4 \u1112\u1161\u11ab',
    '\u0130stanbul I\u0307 \u0131 \u00df \u03a3\u03b1\u03c2 \u01c5', '12 345,67\u0660\u0661\u00bd\u2167', "it's we'll 'S a-b--c x_y __z",
    '\u00a0nbsp\u2003em\u180emvs\u200bzws\u200czwnj\ufeffbom\u00adshy\u0085nel\u2028ls', 'a\u0000b\u0001c\u007fd\u009fe\ufffdf\ue000g',
    '\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \u24b6\ud83c\udd70\ufe0f', '``quoted\'\' \ufb01 \uff21\uff42\uff11 \u3316 \u2460 \u00b2',
    '\u0915\u094d\u0937\u093f \u0e01\u0e33 \u05e9\u05c1 \u0639\u064e\u0631', 'a\u0300\u0323 q\u0307\u0323 \u0344 \u0958 \u2126 \u{1d15e}',
    '\u2581under\u2581 \u2581\u2581x', '\u{20000}\u{2b820}\u{2b920}\u{2f800}\uf900 mixed\u4e00latin', '<tag>&amp; $5+3=8 \u20ac\u00a3 \u00ab\u00bb \u2018q\u2019 \u2014 \u00a1',
    '\u041f\u0440\u0438\u0432\u0435\u0442Hello\u03b1\u03b2\u3042\u4e9c \u05d0a', 'line one\r\nline two\rthree\n', '\u01f0\u0390 \u1fb3 \ufdfa \u{1f130}'];

const split = (pattern, behavior, invert = false) => ({ type: 'Split', pattern, behavior, invert });
const many = (name, list) => ({ type: 'Sequence', [name]: list });
const normalizers = {
    nfc: { type: 'NFC' }, nfd: { type: 'NFD' }, nfkc: { type: 'NFKC' }, nfkd: { type: 'NFKD' }, lowercase: { type: 'Lowercase' },
    strip: { type: 'Strip', strip_left: true, strip_right: true }, strip_left: { type: 'Strip', strip_left: true, strip_right: false },
    strip_accents: { type: 'StripAccents' }, nfd_strip_accents: many('normalizers', [{ type: 'NFD' }, { type: 'StripAccents' }]),
    prepend: { type: 'Prepend', prepend: '\u2581' }, replace: { type: 'Replace', pattern: { String: ' ' }, content: '\u2581' },
    replace_regex: { type: 'Replace', pattern: { Regex: '\\s+|[aeiou]{2,}' }, content: '$1-' }, nmt: { type: 'Nmt' },
    byte_level: { type: 'ByteLevel' }, empty: many('normalizers', []),
    bert: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    bert_cased: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: false },
    bert_accents: { type: 'BertNormalizer', clean_text: false, handle_chinese_chars: false, strip_accents: true, lowercase: false },
    bert_keep: { type: 'BertNormalizer', clean_text: false, handle_chinese_chars: false, strip_accents: false, lowercase: true },
};
const preTokenizers = {
    metaspace_always: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: true },
    metaspace_first: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'first', split: true },
    metaspace_never: { type: 'Metaspace', replacement: '_', prepend_scheme: 'never', split: true },
    metaspace_whole: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: false },
    metaspace_old: { type: 'Metaspace', replacement: '\u2581', str_rep: '\u2581', add_prefix_space: true },
    first_behind_split: many('pretokenizers', [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'first', split: true }]),
    whitespace: { type: 'Whitespace' }, whitespace_split: { type: 'WhitespaceSplit' }, bert: { type: 'BertPreTokenizer' },
    punctuation: { type: 'Punctuation', behavior: 'Isolated' }, punctuation_removed: { type: 'Punctuation', behavior: 'Removed' },
    punctuation_next: { type: 'Punctuation', behavior: 'MergedWithNext' }, punctuation_contiguous: { type: 'Punctuation', behavior: 'Contiguous' },
    digits: { type: 'Digits', individual_digits: true }, digit_runs: { type: 'Digits', individual_digits: false },
    delimiter: { type: 'CharDelimiterSplit', delimiter: 'e' }, scripts: { type: 'UnicodeScripts' },
    fixed_length: { type: 'FixedLength', length: 3 },
    byte_level: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    byte_level_first: many('pretokenizers', [{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }, { type: 'Digits', individual_digits: true }]),
    isolated: split({ Regex: '\\w+' }, 'Isolated'), removed: split({ String: ' ' }, 'Removed'), inverted: split({ Regex: '\\w+' }, 'Removed', true),
    previous: split({ Regex: '[-,.!]' }, 'MergedWithPrevious'), next: split({ Regex: '\\s' }, 'MergedWithNext'),
    contiguous: split({ Regex: '[^a-z]' }, 'Contiguous'), contiguous_inverted: split({ Regex: '[a-z]' }, 'Contiguous', true),
    line_ends: split({ Regex: '\\s+$' }, 'Isolated'), line_starts: split({ Regex: '^\\w' }, 'Isolated'), not_word: split({ Regex: '\\W+' }, 'Isolated'),
    digit_class: split({ Regex: '\\d' }, 'Isolated'), han: split({ Regex: '\\p{Han}+' }, 'Isolated'), dot: split({ Regex: 't.' }, 'Isolated'),
    intersection: split({ Regex: '[\\p{L}&&[^\\p{Han}]]+' }, 'Isolated'), nested: split({ Regex: '[a-c[x-z]]+' }, 'Isolated'),
    any_case: split({ Regex: "(?i:'s|'ll)|k" }, 'Isolated'), posix: split({ Regex: '[[:alpha:]]+|[[:punct:]]' }, 'Isolated'),
    lazy: split({ Regex: '\\p{Ll}+?(?=\\p{Lu}|$)' }, 'Isolated'), atomic: split({ Regex: '(?>\\s+)' }, 'Isolated'), hex: split({ Regex: '\\x{4e2d}|\\u6587|\\h' }, 'Isolated'),
};
const wordPiece = { '[UNK]': 0, un: 1, '##aff': 2, '##able': 3, a: 4, '##b': 5, ab: 6, '##a': 7, '\u00e9': 8, '##\u00e9t': 9, '[CLS]': 10, '[SEP]': 11 };
const pieces = [['<unk>', 0], ['\u2581', -2.5], ['a', -3], ['b', -3.5], ['ab', -4], ['\u2581a', -4.5], ['\u2581ab', -6], ['abab', -7], ['\u00e9', -5], ['ba', -6.75]];
const pairs = { a: 0, b: 1, c: 2, ab: 3, abc: 4, '@@b': 5, '@@c': 6, '[U]': 7, 'c</w>': 8, 'bc</w>': 9, 'b</w>': 10, 'abc</w>': 11, '@@bc': 12, ' ': 13 };
const words = ['unaffable', 'a ab abab  b', 'abcabc', 'zz a zz', '\u00e9t\u00e9', 'unaffablex', 'abz\u00e9b', 'ccc', 'cab\u4e2d\u6587c', ' a'];
const model = (fields) => ({ type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null,
    fuse_unk: false, byte_fallback: false, ignore_merges: false, ...fields });
const whitespace = { type: 'WhitespaceSplit' };
const models = {
    word_piece: { pre_tokenizer: whitespace, model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 9, vocab: wordPiece } },
    word_level: { pre_tokenizer: whitespace, model: { type: 'WordLevel', vocab: { a: 0, ab: 1, zz: 2, '[UNK]': 3 }, unk_token: '[UNK]' } },
    unigram: { pre_tokenizer: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: true }, model: { type: 'Unigram', unk_id: 0, vocab: pieces, byte_fallback: false } },
    unigram_whole: { normalizer: normalizers.replace, model: { type: 'Unigram', unk_id: 0, vocab: pieces, byte_fallback: false } },
    unigram_bytes: { model: { type: 'Unigram', unk_id: 0, vocab: [...pieces, ...Object.keys(bytes).map((name) => [name, -20])], byte_fallback: true } },
    bpe_suffix: { pre_tokenizer: whitespace, model: model({ end_of_word_suffix: '</w>', vocab: pairs, unk_token: '[U]', merges: [['b', 'c</w>'], ['a', 'bc</w>'], ['a', 'b']] }) },
    bpe_prefix: { pre_tokenizer: whitespace, model: model({ continuing_subword_prefix: '@@', vocab: pairs, unk_token: '[U]', merges: [['a', '@@b'], ['ab', '@@c']] }) },
    bpe_fused: { model: model({ fuse_unk: true, vocab: pairs, unk_token: '[U]', merges: [['a', 'b'], ['ab', 'c']] }) },
    bpe_unfused: { model: model({ vocab: pairs, unk_token: '[U]', merges: [['a', 'b'], ['ab', 'c']] }) },
    bpe_some_bytes: { model: model({ byte_fallback: true, vocab: { ...pairs, '<0xC3>': 14, '<0xA9>': 15 }, unk_token: '[U]', fuse_unk: true, merges: [['ab', 'c'], ['a', 'b']] }) },
    bpe_ignore: { pre_tokenizer: whitespace, model: model({ ignore_merges: true, vocab: pairs, unk_token: '[U]', merges: [['b', 'c</w>']] }) },
    bpe_no_unknown: { model: model({ vocab: pairs, merges: [['a', 'b']] }) },
};
const token = (id, content) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true });
const template = (single, pair) => ({ type: 'TemplateProcessing', single, pair, special_tokens: {
    '[CLS]': { id: '[CLS]', ids: [10], tokens: ['[CLS]'] }, two: { id: 'two', ids: [11, 10], tokens: ['[SEP]', '[CLS]'] } } });
const special = (id, type_id = 0) => ({ SpecialToken: { id, type_id } }), text = (id, type_id = 0) => ({ Sequence: { id, type_id } });
const around = template([special('[CLS]'), text('A')], [special('[CLS]'), text('A'), special('two', 1), text('B', 1), special('[CLS]', 1)]);
const postProcessors = {
    none: null, bert: { type: 'BertProcessing', sep: ['[SEP]', 11], cls: ['[CLS]', 10] },
    roberta: { type: 'RobertaProcessing', sep: ['[SEP]', 11], cls: ['[CLS]', 10], trim_offsets: true, add_prefix_space: true },
    template: around, swapped: template([text('A'), special('two')], [text('B', 1), special('[CLS]'), text('A')]),
    bytes: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    sequence: many('processors', [{ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }, around]),
};
const decoderPieces = ['\u2581', '\u2581Hello', 'wor', '##ld', '.', "n't", ' do not', '<0xE4>', '<0xB8>', '<0xAD>', '<0xFF>', '<0x41>', 'low</w>', 'er',
    '\u0120the', '\u00e4', '\u00b8', '\u0143', '<pad>', '|', 'a', ' ', '  x  ', '\u2581\u2581b\u2581', 'H\u4e2d', '', '!', '##', '\u00c3\u0143'];
const replaceBlank = { type: 'Replace', pattern: { String: '\u2581' }, content: ' ' };
const decoders = {
    none: null, byte_level: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    metaspace: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: true },
    metaspace_never: { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'never', split: true },
    word_piece: { type: 'WordPiece', prefix: '##', cleanup: true }, word_piece_plain: { type: 'WordPiece', prefix: '##', cleanup: false },
    bpe: { type: 'BPEDecoder', suffix: '</w>' }, byte_fallback: { type: 'ByteFallback' }, fuse: { type: 'Fuse' },
    strip: { type: 'Strip', content: ' ', start: 1, stop: 0 }, // the reference panics on stop > 0 and short pieces
    strip_a: { type: 'Strip', content: 'a', start: 2, stop: 0 },
    replace: { type: 'Replace', pattern: { Regex: '[lo]+' }, content: '0' },
    ctc: { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true }, ctc_plain: { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: false },
    llama: many('decoders', [replaceBlank, { type: 'ByteFallback' }, { type: 'Fuse' }, { type: 'Strip', content: ' ', start: 1, stop: 0 }]),
    fused_replace: many('decoders', [{ type: 'Fuse' }, { type: 'Replace', pattern: { String: 'rl' }, content: 'RL' }]),
    fused_strip: many('decoders', [{ type: 'Fuse' }, { type: 'Strip', content: '\u2581', start: 2, stop: 0 }]),
    bytes_strip: many('decoders', [{ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }, { type: 'Strip', content: ' ', start: 1, stop: 0 }]),
};
const idLists = [[], [0], [1, 2, 3, 4], [2, 3, 5, 6, 4], [7, 8, 9], [7, 8], [1, 7, 8, 9, 10, 11, 2], [9, 7, 8, 9], [12, 13, 12], [14, 15, 16, 17], [15, 16],
    [15, 14, 17], [18, 20, 20, 18, 20, 19, 1], [20, 20, 20], [21, 22, 21], [23, 0, 23], [24, 25, 26], [27, 3, 27], [0, 0, 2], [22], [25, 1, 25], [4, 26, 5], [28, 17, 2], [10], [11, 11]];

// A seeded mixture of everything, so that more than what was thought of is tried.
let state = 7;
const random = (n) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor(state / 65536) % n; };
const idMixtures = Array.from({ length: 20 }, () => Array.from({ length: 1 + random(12) }, () => random(decoderPieces.length)));

const ids = async (tokenizer, a, b, addSpecialTokens) => {
    const encoding = await tokenizer.encode(a, b, { addSpecialTokens });
    return [encoding.getIds(), encoding.getTypeIds()];
};
(async () => {
    const out = { texts, words, normalizers: [], pre_tokenizers: [], models: [], post_processors: [], decoders: [], decoder_pieces: decoderPieces,
        id_lists: [...idLists, ...idMixtures], failed: [] };
    const make = (name, patch) => {
        try {
            return Tokenizer.fromString(JSON.stringify({ ...base, ...patch }));
        } catch (error) {
            out.failed.push(`${name}: ${error.message}`);
            return null;
        }
    };
    // Ids of the base are bytes.
    const spelt = async (tokenizer) => {
        const result = [];
        for (const t of texts)
            result.push(Buffer.from((await ids(tokenizer, t, null, false))[0]).toString('base64'));
        return result;
    };
    for (const [name, section] of Object.entries(normalizers)) {
        const tokenizer = make(name, { normalizer: section });
        if (tokenizer) out.normalizers.push({ name, section, spelt: await spelt(tokenizer) });
    }
    for (const [name, section] of Object.entries(preTokenizers)) {
        const tokenizer = make(name, { pre_tokenizer: section });
        if (tokenizer) out.pre_tokenizers.push({ name, section, spelt: await spelt(tokenizer) });
    }
    for (const [name, patch] of Object.entries(models)) {
        const tokenizer = make(name, patch);
        if (!tokenizer) continue;
        const list = [];
        for (const word of words)
            list.push((await ids(tokenizer, word, null, false))[0]);
        out.models.push({ name, patch, ids: list });
    }
    for (const [name, section] of Object.entries(postProcessors)) {
        const tokenizer = make(name, { ...models.word_piece, post_processor: section, added_tokens: [token(10, '[CLS]'), token(11, '[SEP]')] });
        if (!tokenizer) continue;
        out.post_processors.push({ name, section, single: await ids(tokenizer, 'ab unaffable', null, true), pair: await ids(tokenizer, 'ab', 'unaffable a', true),
            empty: await ids(tokenizer, '', '', true) });
    }
    for (const [name, section] of Object.entries(decoders)) {
        const vocab = Object.fromEntries(decoderPieces.map((piece, id) => [piece, id]));
        const tokenizer = make(name, { decoder: section, model: { type: 'WordLevel', vocab: { ...vocab, '<unk>': 99 }, unk_token: '<unk>' } });
        if (!tokenizer) continue;
        const list = [];
        for (const one of out.id_lists)
            list.push(await tokenizer.decode(one, false));
        out.decoders.push({ name, section, decoded: list });
    }
    fs.writeFileSync(process.argv[2], JSON.stringify(out) + '\n');
    console.log(out.failed);
})();
