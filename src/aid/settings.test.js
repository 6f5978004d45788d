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
  const wrong = { launcher: 'corner', oneClick: 'yes', label: 'x'.repeat(41), site: 'Shop', colour: 'red', cfasync: 'false' };
  assert.equal(sift({ ...wrong }), true);
  assert.deepEqual(sifted({ endpoint: '/', ...wrong }), { endpoint: '/' });
});

test('an endpoint is a web address', () => {
  for (const endpoint of ['javascript:alert(1)', 'data:,x', '']) assert.ok(!sifted({ endpoint }).endpoint, endpoint);
  for (const endpoint of ['/v1/feedback', 'v1', 'http://localhost:8787/v1/feedback']) assert.equal(sifted({ endpoint }).endpoint, endpoint);
});
