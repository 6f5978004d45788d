// Runs with `node --test src/`. The golden drafts are made by the tests of the panel, src/panel/tests.rs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { custom, words, write } from './body.js';
import { check, tidy } from './draft.js';

const golden = JSON.parse(readFileSync(new URL('../../tests/golden/drafts.json', import.meta.url), 'utf8'));

const context = { site: 'shop.example', id: '00112233445566778899aabbccddeeff' };
const page = { url: 'https://shop.example/cart' };

test('there are golden drafts', () => assert.ok(golden.length > 20));

for (const { name, draft, problems, body } of golden) {
  test('golden draft: ' + name, () => {
    const tidied = tidy(draft);
    const found = Object.fromEntries(Object.entries(check(tidied)).filter(([, problem]) => problem));
    assert.deepEqual(found, problems || {});
    if (!body) return;
    const along = custom({ endpoint: '/', custom: JSON.stringify(draft.custom) });
    const said = { ...words(tidied, draft.trap), revision: 1, kind: 'complaint', locale: 'en', page, custom: along, took_ms: 4200 };
    assert.equal(write(context, said, '2026-11-21T09:30:00.000Z'), body);
  });
}
