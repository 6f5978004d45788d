// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { unsound } from './sound.js';

test('a thing that does what it is for is not named, at once or later', async () => {
  assert.equal(await unsound({ a: () => true, b: async () => true, c: () => ({ then: (done) => done(true) }) }), undefined);
});

test('what answers nothing, throws, rejects or never comes is named', async () => {
  const ways = [
    () => undefined,
    () => {
      throw new Error('replaced');
    },
    () => Promise.reject(new Error('replaced')),
    () => ({ then() {} }),
  ];
  for (const way of ways) assert.equal(await unsound({ a: () => true, b: way, c: () => true }), 'b');
});
