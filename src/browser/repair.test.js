// Runs with `node --test src/`, on nodes that can do what repair.js needs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { repair } from './repair.js';

/** A node that counts how often it is moved. */
class Node {
  constructor(name, ...children) {
    Object.assign(this, { name, moves: 0, childNodes: [], parentNode: null });
    for (const child of children) this.insertBefore(child, null);
    for (const child of children) child.moves = 0;
  }
  insertBefore(node, next) {
    node.remove();
    assert.ok(!next || next.parentNode == this);
    node.parentNode = this;
    node.moves++;
    this.childNodes.splice(next ? this.childNodes.indexOf(next) : this.childNodes.length, 0, node);
  }
  get firstChild() {
    return this.childNodes[0] ?? null;
  }
  get nextSibling() {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }
  remove() {
    const siblings = this.parentNode?.childNodes;
    siblings?.splice(siblings.indexOf(this), 1);
    this.parentNode = null;
  }
  toString() {
    return this.name + (this.childNodes.length ? '(' + this.childNodes.join(' ') + ')' : '');
  }
}

const [a, b, c, d] = [...'abcd'].map((name) => new Node(name));
const form = new Node('form', a, b, c, d);
const panel = new Node('panel', form);
const treeOf = (node) => [node, node.childNodes.map(treeOf)];
const tree = treeOf(panel);

/** Repairs the panel; answers which nodes were moved for it. */
const moved = () => {
  for (const node of [form, a, b, c, d]) node.moves = 0;
  repair(tree);
  assert.equal(String(panel), 'panel(form(a b c d))');
  return [form, a, b, c, d].filter(({ moves }) => moves).join(' ');
};

test('what stands right stays', () => assert.equal(moved(), ''));

test('what is not ours is taken out', () => {
  form.insertBefore(new Node('x'), a);
  form.insertBefore(new Node('y'), d);
  a.insertBefore(new Node('z'), null);
  assert.equal(moved(), '');
});

test('what is missing is put back, at the end too', () => {
  b.remove();
  assert.equal(moved(), 'b');
  d.remove();
  assert.equal(moved(), 'd');
});

test('what is in the wrong place is moved, and nothing else', () => {
  form.insertBefore(a, null);
  assert.equal(moved(), 'a');
  form.insertBefore(d, a);
  assert.equal(moved(), 'd');
  form.insertBefore(c, b);
  assert.equal(moved().length, 1);
});

test('what was put into another element comes back', () => {
  const wrapper = new Node('wrapper', c);
  form.insertBefore(wrapper, d);
  assert.equal(moved(), 'c');
});
