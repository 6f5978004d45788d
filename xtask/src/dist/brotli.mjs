// Compresses what comes in by brotli, in as few bytes as can be, for browsers: run by `cargo xtask dist`.

import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const bytes = readFileSync(0);
// What is best for a small file can only be tried: what it is taken for, how far back it is looked, how distances are
// written. With a large one there is little in it, and it takes long.
const small = bytes.length < 32768;
const windows = small ? [14, 16, 24] : [24];
const distances = small ? [0, 1, 2, 3].flatMap((postfix) => [0, 4, 8].map((direct) => [postfix, direct << postfix])) : [[0, 0]];

let best;
for (const mode of [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_TEXT, constants.BROTLI_MODE_FONT]) {
  for (const window of windows) {
    for (const [postfix, direct] of distances) {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_MODE]: mode,
        [constants.BROTLI_PARAM_LGWIN]: window,
        [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
        [constants.BROTLI_PARAM_NDIRECT]: direct,
      };
      const written = brotliCompressSync(bytes, { params });
      if (!best || written.length < best.length) best = written;
    }
  }
}
writeFileSync(1, best);
