// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sift } from './settings.js';

/** What is left of settings. */
const sifted = (settings) => {
  sift(settings);
  return settings;
};

test('what can be used stays', () => {
  const settings = { endpoint: 'https://shop.example/v1/feedback', oneClick: 'off', lang: 'de_AT', custom: '{"plan":\n"pro"}' };
  assert.equal(sift({ ...settings }), false);
  assert.deepEqual(sifted({ ...settings }), settings);
});

test('what is none, or has a value that it can not have, is left out', () => {
  const wrong = { endpoint: 'https://shop.example/', launcher: 'corner', oneClick: 'yes', label: 'x'.repeat(41), site: 'Shop', colour: 'red', cfasync: 'false' };
  assert.equal(sift({ ...wrong }), true);
  assert.deepEqual(sifted(wrong), { endpoint: 'https://shop.example/' });
});

test('where a page has changed what patterns do, nothing is left out', () => {
  const { test: matches, exec } = RegExp.prototype;
  const settings = { endpoint: 'https://shop.example/', lang: 'de' };
  try {
    for (const useless of [{ test() {} }, { exec() {} }]) {
      Object.assign(RegExp.prototype, useless);
      assert.equal(sift(settings), false);
      Object.assign(RegExp.prototype, { test: matches, exec });
    }
  } finally {
    Object.assign(RegExp.prototype, { test: matches, exec });
  }
  assert.deepEqual(Object.keys(settings), ['endpoint', 'lang']);
});
