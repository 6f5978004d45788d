// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { JSON as guarded, fetch } from './globals.js';

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
  for (const { prototype } of [Object, Array, String]) delete prototype.toJSON;
});

test('fetch answers with what the page’s fetch of the moment answers', async () => {
  const response = new Response('a');
  globalThis.fetch = async () => response;
  assert.equal(await fetch('http://localhost/'), response);
});

test('an answer of another class is one, with all that is asked of it', async () => {
  const headers = { get: (name) => (/^content-type$/i.test(name) ? 'application/json' : null) };
  globalThis.fetch = async () => ({ status: 201, ok: true, url: 'https://shop.example/v1/feedback', headers, text: async () => '{"ok":true}' });
  const response = await fetch('http://localhost/');
  assert.ok(response instanceof Response);
  assert.deepEqual([response.status, response.ok, response.url], [201, true, 'https://shop.example/v1/feedback']);
  assert.equal(response.headers.get('Content-Type'), 'application/json');
  assert.equal(await response.text(), '{"ok":true}');
  globalThis.fetch = async () => ({ status: 204, headers, text: async () => '' });
  assert.equal((await fetch('http://localhost/')).status, 204);
  globalThis.fetch = async () => ({ status: 0, type: 'opaqueredirect' });
  assert.equal((await fetch('http://localhost/')).type, 'opaqueredirect');
});

test('whatever fetch does, it is a promise that rejects with an Error', async () => {
  const ways = [
    () => {
      throw 'at once';
    },
    () => Promise.reject('no Error'),
    () => Promise.reject(),
    () => ({ ok: true }),
    () => undefined,
    () => ({ then: (_, reject) => reject('no promise') }),
  ];
  for (const way of ways) {
    globalThis.fetch = way;
    const answer = fetch('http://localhost/');
    assert.ok(answer instanceof Promise);
    await assert.rejects(answer, TypeError);
  }
  const error = new RangeError('as it is');
  globalThis.fetch = () => Promise.reject(error);
  await assert.rejects(fetch('http://localhost/'), error);
});

test('a Request that posts keeps its answer, which can be read twice', async () => {
  globalThis.fetch = async () => new Response('a');
  const request = new Request('http://localhost/', { method: 'POST', body: 'b' });
  const response = await fetch(request);
  assert.equal(await response.text(), 'a');
  assert.equal(await (await request.answer).text(), 'a');
  globalThis.fetch = () => Promise.reject(new Error('down'));
  await assert.rejects(fetch(request), /down/);
  await assert.rejects(request.answer, /down/);
  const other = new Request('http://localhost/');
  await assert.rejects(fetch(other));
  assert.ok(!('answer' in other));
});

test('JSON is what the values are, not what the page says of them', () => {
  for (const { prototype } of [Object, Array, String]) {
    prototype.toJSON = () => 'changed by the page';
  }
  const value = { a: [1, 'b', { c: null }], d: undefined, e: 'é', ['__proto__']: 1 };
  assert.equal(guarded.stringify(value), '{"a":[1,"b",{"c":null}],"e":"é","__proto__":1}');
  assert.equal(guarded.stringify('a'), '"a"');
});
