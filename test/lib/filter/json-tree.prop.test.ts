import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValue, parseJsonTree } from '../../../src/lib/filter/json-tree.js';

/** What `JSON.parse` makes of a text; a symbol when it refuses. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return Symbol.for('refused');
  }
}

function read(text: string): unknown {
  try {
    return jsonValue(parseJsonTree(text));
  } catch {
    return Symbol.for('refused');
  }
}

describe('parseJsonTree', () => {
  it('agrees with JSON.parse on what is JSON, however it is spaced', () => {
    const spaced = fc.tuple(fc.json(), fc.constantFrom(0, 1, '\t', '\r\n'));
    fc.assert(
      fc.property(spaced, ([json, space]) => {
        const text = ` ${JSON.stringify(JSON.parse(json), undefined, space)}\n`;
        expect(read(text)).toStrictEqual(parsed(text));
      }),
    );
  });

  it('agrees with JSON.parse on what is nearly JSON', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '\\',
        '1',
        '-',
        '0',
        '.5',
        'e3',
        'true',
        'null',
        'nul',
        ' ',
        '\u00a0',
      ],
    );
    const damaged = fc.tuple(fc.json(), fc.nat(), piece).map(([json, at, inserted]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + inserted + json.slice(cut + (at % 3));
    });
    const jumble = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(damaged, jumble, fc.string()), text => {
        expect(read(text)).toStrictEqual(parsed(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees with JSON.parse on escapes and numbers at their edges', () => {
    const texts = [
      '"\\u00e4\\n\\/\\ud83d\\ude00"',
      '"\\x41"',
      '"\t"',
      '"\\u12"',
      '-0',
      '01',
      '1.',
      '1e400',
      '1E-2',
      '+1',
      '""',
    ];
    for (const text of texts) expect(read(text), text).toStrictEqual(parsed(text));
  });
});
