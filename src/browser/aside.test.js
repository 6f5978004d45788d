// Runs with `node --test src/`.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { covered } from './aside.js';

/** A place of that left edge, top, width and height. */
const place = (left, top, width, height) => ({ left, top, width, height, right: left + width, bottom: top + height });

test('how much of a place is behind another', () => {
  const panel = place(100, 100, 100, 100);
  assert.equal(covered(place(120, 120, 10, 10), panel), 1);
  assert.equal(covered(place(90, 120, 20, 10), panel), 0.5);
  assert.equal(covered(place(80, 120, 20, 10), panel), 0, 'side by side');
  assert.equal(covered(place(0, 0, 50, 50), panel), 0);
  assert.equal(covered(place(0, 0, 400, 400), panel), 1 / 16, 'around it');
  assert.equal(covered(place(120, 120, 0, 0), panel), 0, 'nothing');
});
