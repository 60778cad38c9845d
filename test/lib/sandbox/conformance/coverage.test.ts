import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COVERAGE, type Covered } from './coverage.js';

const root = join(import.meta.dirname, '../../../..');
const tests = join(root, 'test/lib/sandbox');

const sources = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && !name.endsWith('coverage.ts'))
  .map(name => readFileSync(join(tests, name), 'utf8'))
  .join('\n');

const [, limits = ''] = /^## Limits\n(.*?)^## /ms.exec(readFileSync(join(root, 'docs/sandbox.md'), 'utf8')) ?? [];

const isShown = ([, shownBy]: Covered): boolean =>
  typeof shownBy === 'string'
    ? sources.includes(`'${shownBy}'`)
    : limits.replaceAll(/\s+/g, ' ').includes(shownBy.limit);

describe('what the facts say of services', () => {
  for (const [section, rules] of Object.entries(COVERAGE)) {
    it(`${section} is held by tests, or told among the limits`, () => {
      expect(rules.filter(rule => !isShown(rule))).toEqual([]);
    });
  }
});
