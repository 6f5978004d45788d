// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { advise, nearest } from './advice.js';

/** What is said of settings. */
const said = (settings, others = {}) => {
  const lines = [];
  const attributes = Object.entries({ src: '/embed.js', 'data-endpoint': '/', ...others }).map(([name, value]) => ({ name, value }));
  advise({ endpoint: '/', ...settings }, attributes, (line) => lines.push(line));
  return lines;
};

test('nothing is said of what is right', () => {
  assert.deepEqual(said({ headers: '{"X-Team":"care"}', fields: '{"message":"text","page":null}', custom: '{"plan":"pro"}' }), []);
});

test('a near miss is told which settings there are, a value which it can be', () => {
  const [value, name] = said({}, { 'data-launcher': 'corner', 'data-lable': 'Tell us' });
  assert.equal(value, 'data-launcher="corner" is ignored; it can be button or inline or none');
  assert.match(name, /^data-lable="Tell us" is ignored; the nearest of data-endpoint, .*data-custom is data-label$/);
  for (const miss of ['end-point', 'endpont', 'oneclick', 'language', 'feilds', 'postion', 'launch']) assert.equal(said({}, { ['data-' + miss]: '' }).length, 1, miss);
});

test('what other tools write on a tag is nobody’s mistake', () => {
  const others = ['cfasync', 'no-optimize', 'nowprocket', 'cookieconsent', 'category', 'turbo-track', 'nscript', 'hid', 'n-head', 'v-7ba5bd90'];
  assert.deepEqual(said({}, Object.fromEntries([...others, 'rocket-src', 'rocket-status', 'src', 'id'].map((name) => ['data-' + name, '']))), []);
});

test('each pair of a JSON setting is looked at', () => {
  assert.deepEqual(said({ headers: '{nothing}' }), ['data-headers is ignored; it can be a JSON object of texts']);
  assert.match(said({ headers: '{"a b":"x"}' })[0], /"a b" must be a header name/);
  assert.match(said({ fields: '{"mesage":"text"}' })[0], /the nearest is message/);
  assert.match(said({ custom: '{"say-so.x":"1"}' })[0], /must be another key/);
  assert.match(said({ custom: '{"plan":1}' })[0], /must be a text of at most 500/);
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => ['k' + at, '']));
  assert.match(said({ custom: JSON.stringify(many) })[0], /"k20" must be one of at most 20 pairs/);
});

test('the nearest word', () => assert.equal(nearest('mail', ['message', 'email', 'name']), 'email'));
