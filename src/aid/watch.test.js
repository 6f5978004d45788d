// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { watch } from './watch.js';

const ADDRESS = 'https://feedback.example/v1/feedback#a';

let page = new EventTarget();
let isOnline = true;

beforeEach(() => {
  page = new EventTarget();
  isOnline = true;
  globalThis.addEventListener = page.addEventListener.bind(page);
  Object.defineProperty(globalThis, 'navigator', { configurable: true, get: () => ({ onLine: isOnline }) });
});

const watched = () => {
  const request = { url: ADDRESS };
  watch(request);
  return request;
};

const report = (blockedURI, disposition = 'enforce') =>
  page.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { blockedURI, disposition }));

test('online, and with nothing reported, a post may have left', () => {
  assert.equal(watched().unsent, false);
});

test('what counts is whether the device was offline when the post was made', () => {
  isOnline = false;
  const whileOffline = watched();
  isOnline = true;
  const whileOnline = watched();
  isOnline = false;
  assert.deepEqual([whileOffline.unsent, whileOnline.unsent], [true, false]);
});

test('a policy that forbids the address lets nothing through', () => {
  for (const named of ['https://feedback.example/v1/feedback', 'https://feedback.example/v1/feedback#a', 'https://feedback.example']) {
    const request = watched();
    report(named);
    assert.equal(request.unsent, true, named);
  }
});

test('other reports say nothing of the post', () => {
  const request = watched();
  for (const named of ['https://feedback.example/v1/other', 'https://pictures.example', 'inline', 'eval', '', 'data']) report(named);
  report('https://feedback.example/v1/feedback', 'report');
  assert.equal(request.unsent, false);
});

test('it does not listen for ever', (context) => {
  let signal;
  context.mock.method(globalThis, 'addEventListener', (...given) => ({ signal } = given[2]));
  context.mock.method(AbortSignal, 'timeout', (ms) => (ms > 15_000 ? 'after the answer' : 'too early'));
  watched();
  assert.equal(signal, 'after the answer');
});
