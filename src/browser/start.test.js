// Runs with `node --test src/`: with a wasm that imports a function and exports it as its start.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { starter } from './start.js';

const name = (text) => [text.length, ...Buffer.from(text)];

/** (module (import "m" "f" (func $f)) (export "__wbindgen_start" (func $f))) */
const wasm = new Uint8Array([
  ...[0, ...Buffer.from('asm'), 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[2, 7, 1, ...name('m'), ...name('f'), 0, 0],
  ...[7, 20, 1, ...name('__wbindgen_start'), 0, 0],
]);

const answer = (type, options) => Promise.resolve(new Response(wasm, { headers: { 'Content-Type': type }, ...options }));

/** Starts the wasm, with a function as its import, and answers what came of that. */
const run = async (response, f) => {
  const deaths = [];
  const warnings = [];
  let bound;
  const start = starter('m', { f }, (exports) => (bound = exports), { again: () => bound.__wbindgen_start() });
  const { warn } = console;
  console.warn = (text) => warnings.push(text);
  try {
    const panel = await start(response, (error) => deaths.push(error));
    return { panel, deaths, warnings };
  } catch (error) {
    return { error, deaths, warnings };
  } finally {
    console.warn = warn;
  }
};

test('the wasm is started, and the functions of the panel reach it', async () => {
  let calls = 0;
  const { panel, deaths, warnings } = await run(answer('application/wasm'), () => calls++);
  assert.equal(calls, 1);
  panel.again();
  assert.equal(calls, 2);
  assert.deepEqual([deaths, warnings], [[], []]);
});

test('of another type it starts too, and the web team is told', async () => {
  const { panel, warnings } = await run(answer('text/plain'), () => {});
  assert.ok(panel);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /text\/plain/);
});

test('an answer that is none rejects, and nothing is said of its type', async () => {
  const { error, deaths, warnings } = await run(answer('text/html', { status: 404 }), () => {});
  assert.match(error.message, /404/);
  assert.deepEqual([deaths, warnings], [[], []]);
});

test('a wasm that dies while it starts rejects with what it died of', async () => {
  const trap = new Error('unreachable executed');
  const { error, deaths } = await run(answer('application/wasm'), () => {
    throw trap;
  });
  assert.equal(error, trap);
  assert.deepEqual(deaths, [], 'it was told twice');
});

test('one that dies later is told once, and its panel does nothing more', async () => {
  const trap = new Error('unreachable executed');
  let calls = 0;
  const { panel, deaths } = await run(answer('application/wasm'), () => {
    if (calls++) throw trap;
  });
  assert.equal(panel.again(), undefined);
  assert.equal(panel.again(), undefined);
  assert.equal(calls, 2);
  assert.deepEqual(deaths, [trap]);
});
