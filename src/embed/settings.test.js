// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { read } from './settings.js';

/** What is read of attributes. */
const of = (attributes) => read(Object.entries(attributes).map(([name, value]) => ({ name, value })));

test('what can be used is taken', () => {
  const settings = of({
    'src': '/embed.js',
    'data-endpoint': 'https://shop.example/v1/feedback',
    'data-launcher': 'corner',
    'data-lang': 'de_AT',
    'data-custom': '{"plan":\n"pro"}',
  });
  assert.deepEqual(settings, { 'endpoint': 'https://shop.example/v1/feedback', 'lang': 'de_AT', 'custom': '{"plan":\n"pro"}' });
});

test('an endpoint is a web address', () => {
  for (const value of ['javascript:alert(1)', 'data:,x', '']) assert.ok(!of({ 'data-endpoint': value }).endpoint, value);
  for (const value of ['/v1/feedback', 'v1', 'http://localhost:8787/v1/feedback']) assert.equal(of({ 'data-endpoint': value }).endpoint, value);
});
