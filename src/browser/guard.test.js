// Runs with `node --test src/`, against a wasm of a few lines and functions that stand in for it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { guard } from './guard.js';

/** What a died callback was called with. */
const witness = () => {
  const deaths = [];
  return { deaths, guarded: guard((error) => deaths.push(error)) };
};

const trap = new Error('unreachable executed');
const trapping = () => {
  throw trap;
};

/** Bytes with their number before them, as wasm writes all that is of no fixed length. */
const sized = (...bytes) => [bytes.length, ...bytes];
const name = (text) => sized(...Buffer.from(text));
const END = 0x0b;
const I32 = 0x7f;

/**
 * (module
 *   (import "a" "f" (func $f))
 *   (memory (export "memory") 1)
 *   (global $after (mut i32) (i32.const 0))
 *   (func (export "trap") unreachable)
 *   (func (export "call") call $f (global.set $after (i32.const 1)))
 *   (func (export "after") (result i32) (global.get $after)))
 */
const wasm = new Uint8Array([
  ...[0, ...Buffer.from('asm'), 1, 0, 0, 0],
  ...[1, ...sized(2, ...[0x60, 0, 0], ...[0x60, 0, 1, I32])],
  ...[2, ...sized(1, ...name('a'), ...name('f'), 0, 0)],
  ...[3, ...sized(3, 0, 0, 1)],
  ...[5, ...sized(1, 0, 1)],
  ...[6, ...sized(1, I32, 1, 0x41, 0, END)],
  ...[7, ...sized(4, ...name('memory'), 2, 0, ...name('trap'), 0, 1, ...name('call'), 0, 2, ...name('after'), 0, 3)],
  ...[10, ...sized(3, ...sized(0, 0, END), ...sized(0, 0x10, 0, 0x41, 1, 0x24, 0, END), ...sized(0, 0x23, 0, END))],
]);

/** An instance behind a guard, which imports `f`; and the bare one. */
const instantiate = (f) => {
  const { deaths, guarded } = witness();
  const bare = new WebAssembly.Instance(new WebAssembly.Module(wasm), { a: guarded.imports({ f }) }).exports;
  return { bare, deaths, guarded, exports: guarded.exports(bare) };
};

test('what goes well goes through: arguments, answers, and what is no function', () => {
  const { deaths, guarded } = witness();
  const memory = { buffer: 1 };
  const exports = guarded.exports({ add: (a, b) => a + b, memory });
  assert.equal(exports.add(1, 2), 3);
  assert.equal(exports.memory, memory);
  assert.equal(guarded.imports({ add: (a, b) => a + b }).add(1, 2), 3);
  assert.equal(guarded.panel({ add: (a, b) => a + b }).add(1, 2), 3);
  assert.equal(guarded.panel({ nothing: () => false }).nothing(), false);
  assert.deepEqual(deaths, []);
});

test('a trap is the end, is told once, and is thrown at nobody', () => {
  const { bare, deaths, exports } = instantiate(() => {});
  exports.call();
  assert.equal(exports.after(), 1);
  exports.trap();
  assert.equal(deaths.length, 1);
  assert.ok(deaths[0] instanceof WebAssembly.RuntimeError);
  exports.trap();
  assert.equal(deaths.length, 1);
  assert.deepEqual(exports.after(), [], 'the instance was asked');
  assert.equal(exports.memory, bare.memory);
});

test('an exception of an import that wasm does not catch is the end too', () => {
  const { deaths, exports } = instantiate(trapping);
  exports.call();
  assert.deepEqual(deaths, [trap]);
});

test('wasm does not run on after an import under which it died', () => {
  const { bare, deaths, exports } = instantiate(() => exports.trap());
  exports.call();
  assert.equal(bare.after(), 0, 'it ran on');
  assert.equal(deaths.length, 1);
});

test('what an import catches of it does not make it run on', () => {
  // As wasm-bindgen's handleError does.
  const { bare, deaths, exports } = instantiate(() => {
    try {
      exports.trap();
      throw 'something else';
    } catch {
      return 0;
    }
  });
  exports.call();
  assert.equal(bare.after(), 0, 'it ran on');
  assert.equal(deaths.length, 1);
});

test('an import of a dead instance throws what it died of, and does nothing', () => {
  const { guarded } = witness();
  let calls = 0;
  const { f } = guarded.imports({ f: () => calls++ });
  f();
  guarded.exports({ trapping }).trapping();
  assert.throws(f, trap);
  assert.equal(calls, 1);
});

test('the glue takes several results out of what a dead export answers', () => {
  const { guarded } = witness();
  const { trapping: dead } = guarded.exports({ trapping });
  for (const answer of [dead(), dead()]) {
    assert.equal(answer[1], undefined);
    assert.equal(answer >>> 0, 0);
  }
});

test('a function of the panel returns undefined once it is dead, whatever the glue makes of that', () => {
  const { deaths, guarded } = witness();
  const exports = guarded.exports({ trapping });
  let calls = 0;
  const panel = guarded.panel({ answers: () => [exports.trapping(), calls++] });
  assert.equal(panel.answers(), undefined);
  assert.equal(panel.answers(), undefined);
  assert.equal(calls, 1, 'the glue was asked again');
  assert.deepEqual(deaths, [trap]);
  const other = witness();
  const dies = other.guarded.exports({ trapping });
  assert.equal(other.guarded.panel({ throws: () => dies.trapping().not.there }).throws(), undefined);
  assert.deepEqual(other.deaths, [trap]);
});

test('what the glue throws while the wasm lives is thrown, and is not its end', () => {
  const { deaths, guarded } = witness();
  assert.throws(guarded.panel({ trapping }).trapping, trap);
  assert.equal(guarded.panel({ lives: () => 'lives' }).lives(), 'lives');
  assert.deepEqual(deaths, []);
});

test('an instance may die of anything, even of undefined', () => {
  const { deaths, guarded } = witness();
  const exports = guarded.exports({
    empty() {
      throw undefined;
    },
  });
  exports.empty();
  exports.empty();
  assert.deepEqual(deaths, [undefined]);
});

test('a page that alters prototypes changes nothing', () => {
  const kept = { map: Array.prototype.map, call: Function.prototype.call, apply: Function.prototype.apply, keys: Object.keys };
  const spoiled = () => {
    throw new Error('the page has altered this');
  };
  Array.prototype.map = Function.prototype.call = Function.prototype.apply = Object.keys = spoiled;
  Object.defineProperty(Object.prototype, 'f', { configurable: true, enumerable: true, get: spoiled, set: spoiled });
  let answer;
  let deaths;
  try {
    const seen = [];
    const guarded = guard((error) => (seen[seen.length] = error));
    answer = guarded.imports({ __proto__: null, f: (a) => a }).f(7);
    guarded.exports({ __proto__: null, trapping }).trapping();
    deaths = seen;
  } finally {
    delete Object.prototype.f;
    Array.prototype.map = kept.map;
    Object.assign(Function.prototype, { call: kept.call, apply: kept.apply });
    Object.keys = kept.keys;
  }
  assert.equal(answer, 7);
  assert.deepEqual(deaths, [trap]);
});
