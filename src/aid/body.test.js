// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { content, custom, fits, pairs } from './body.js';
import { encode } from './formats.js';

const body = JSON.stringify({
  v: 1,
  site: 'shop.example',
  kind: 'praise',
  message: 'Lovely & = blue.',
  contact: { name: 'Ada', reply: false },
  wording: { locale: 'de' },
  page: { url: 'https://shop.example/', title: 'Mugs', viewport: [390, 700] },
  custom: JSON.parse('{"__proto__":"p","10":"ten","plan":"pro"}'),
});

const polluted = [Object, Array, String].map(({ prototype }) => prototype);
afterEach(() => {
  for (const prototype of polluted) delete prototype.toJSON;
});

test('what the site sends along: keys as they are, sorted, and only what can be used', () => {
  const text = '{"plan":"pro","__proto__":"p","10":"ten","say-so.quote":"yes","no space":"x","number":7}';
  const found = custom({ endpoint: '/', custom: text });
  assert.equal(JSON.stringify(found), '{"10":"ten","__proto__":"p","plan":"pro"}');
  assert.equal(custom({ endpoint: '/', custom: '{"number":7}' }), undefined);
  assert.equal(custom({ endpoint: '/' }), undefined);
  assert.deepEqual(pairs('no JSON'), []);
});

test('at most twenty pairs, of at most 500 characters', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => ['k' + at, '🙂'.repeat(600)]));
  const found = custom({ endpoint: '/', custom: JSON.stringify(many) });
  assert.equal(Object.keys(found).length, 20);
  assert.equal([...found.k1].length, 500);
});

test('json: renamed, left out, with headers of its own, and no key gets lost', () => {
  const settings = { endpoint: '/', format: 'json', fields: '{"message":"text","page":null}', headers: '{"X-Team":"care","bad name":"x","Accept":"text/plain"}' };
  const { body: sent, headers } = encode(body, settings);
  const { message, contact, custom: along } = JSON.parse(body);
  const got = JSON.parse(sent);
  assert.equal(got.text, message);
  assert.deepEqual(got.contact, contact);
  assert.ok(!('page' in got) && !('message' in got));
  assert.deepEqual(Object.entries(got.custom), Object.entries(along));
  assert.deepEqual(Object.fromEntries(headers), { accept: 'text/plain', 'content-type': 'application/json', 'x-team': 'care' });
});

test('form: flat names', () => {
  const { body: sent, headers } = encode(body, { endpoint: '/', format: 'form', fields: '{"name":"your-name","title":null}' });
  assert.deepEqual(Object.fromEntries(sent), {
    'v': '1',
    'site': 'shop.example',
    'kind': 'praise',
    'message': 'Lovely & = blue.',
    'your-name': 'Ada',
    'reply': 'false',
    'page': 'https://shop.example/',
    'locale': 'de',
    'viewport': '390x700',
    'custom.10': 'ten',
    'custom.__proto__': 'p',
    'custom.plan': 'pro',
  });
  assert.deepEqual([...headers], [['accept', 'application/json']]);
});

test('a page that says how its objects are written changes nothing', () => {
  const expected = content(body);
  for (const prototype of polluted) {
    prototype.toJSON = function () {
      return 'changed by the page';
    };
  }
  assert.equal(content(body), expected);
  assert.deepEqual(JSON.parse(encode(body, { endpoint: '/', format: 'json' }).body), JSON.parse(body));
});

test('the content is the same at another time, and not for other words', () => {
  const later = JSON.stringify({ ...JSON.parse(body), revision: 7, sent_at: '2026-11-21T09:30:00.000Z', took_ms: 3 });
  assert.equal(content(later), content(JSON.stringify({ ...JSON.parse(body), revision: 2, sent_at: '' })));
  assert.notEqual(content(later), content(JSON.stringify({ ...JSON.parse(later), message: 'Lovely.' })));
});

test('an endpoint takes 32 KiB', () => {
  assert.ok(fits('x'.repeat(32768)));
  assert.ok(!fits('x'.repeat(32767) + 'é'));
});
