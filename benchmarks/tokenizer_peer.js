// SPDX-License-Identifier: GPL-3.0-or-later
// The reference implementation (npm tokenizers, Hugging Face's Rust code) on the same text as tokenizer_speed, one
// thread. Prints seconds as one JSON object.
//   node tokenizer_peer.js FOLDER_WITH_NODE_MODULES TOKENIZER_JSON TEXT ROUNDS
const fs = require('fs');
const path = require('path');
const [folder, file, textFile, rounds] = process.argv.slice(2);
const { Tokenizer } = require(path.join(folder, 'node_modules', 'tokenizers'));

const now = () => Number(process.hrtime.bigint()) / 1e9;
const text = fs.readFileSync(textFile);
const pieces = [];
for (let at = 0; at < text.length;) {
    let end = Math.min(text.length, at + 4096);
    while (end < text.length && (text[end] & 0xc0) === 0x80) --end;
    pieces.push(text.toString('utf8', at, end));
    at = end;
}
(async () => {
    const best = { load: 1e9, batch: 1e9, whole: 1e9, decode: 1e9 };
    const timed = async (name, work) => {
        const begin = now();
        const result = await work();
        best[name] = Math.min(best[name], now() - begin);
        return result;
    };
    const source = fs.readFileSync(file, 'utf8');
    const whole = text.toString('utf8');
    for (let round = 0; round < Number(rounds); ++round) {
        const tokenizer = await timed('load', () => Tokenizer.fromString(source));
        const encoded = await timed('batch', () => tokenizer.encodeBatch(pieces, { addSpecialTokens: false }));
        const ids = encoded.map((encoding) => encoding.getIds());
        best.tokens = ids.reduce((sum, list) => sum + list.length, 0);
        best.sum = ids.reduce((sum, list) => list.reduce((inner, id) => (inner * 31 + id) % 1000000007, sum), 0);
        await timed('decode', async () => { for (const list of ids) await tokenizer.decode(list, false); });
        if (round === 0)
            await timed('whole', () => tokenizer.encode(whole, null, { addSpecialTokens: false }));
    }
    console.log(JSON.stringify(best));
})();
