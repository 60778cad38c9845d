import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, keyValues, renderTable } from '../../../src/lib/terminal/table.js';
import { displayWidth, plainText } from '../../../src/lib/terminal/text.js';
import { fakeIo } from '../../support/fake-io.js';

const columns: readonly Column[] = [
  { header: 'table', key: true },
  { header: 'stream' },
  { header: 'shards', align: 'right' },
  { header: 'status' },
];
const rows = [
  [
    'Orders',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/stream/2026-11-23T09:14:07.000',
    '12',
    '\u001b[32mENABLED\u001b[39m',
  ],
  ['Käse', '日本語', '3,214', ''],
];

describe('renderTable into a pipe', () => {
  it('is aligned, whole and without a colour', async () => {
    expect(await renderTable(columns, rows, fakeIo())).toBe(
      [
        'table   stream                                                                               shards  status',
        'Orders  arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/stream/2026-11-23T09:14:07.000      12  ENABLED',
        'Käse    日本語                                                                                3,214',
      ].join('\n'),
    );
  });

  it('keeps one row on one line, whatever is in it', async () => {
    const text = await renderTable([{ header: 'a' }, { header: 'b' }], [['one\ntwo', '\u001b[2Jthree']], fakeIo());
    expect(text).toBe('a         b\none\\ntwo  \\u001b[2Jthree');
  });

  it('fills in cells that are not there', async () => {
    expect(await renderTable([{ header: 'a' }, { header: 'b' }], [['1']], fakeIo())).toBe('a  b\n1');
  });

  it('is only headers without rows', async () => {
    expect(await renderTable(columns, [], fakeIo())).toBe('table  stream  shards  status');
  });
});

describe('renderTable on a terminal', () => {
  it('has bold headers and shortens the widest column that may be shortened', async () => {
    expect(await renderTable(columns, rows, fakeIo({ stdoutTty: true, width: 60 }))).toBe(
      [
        '\u001b[1mtable\u001b[22m   \u001b[1mstream\u001b[22m                               \u001b[1mshards\u001b[22m  \u001b[1mstatus\u001b[22m',
        'Orders  arn:aws:dynamodb:eu-west-1:1111222…      12  \u001b[32mENABLED\u001b[39m',
        'Käse    日本語                                3,214',
      ].join('\n'),
    );
  });

  it('shortens with three dots where the ellipsis is not known', async () => {
    const text = await renderTable(columns, rows, fakeIo({ stdoutTty: true, width: 60, env: { LANG: 'C' } }));
    expect(text).toContain('eu-west-1:11112...  ');
  });

  it('leaves a table alone that fits', async () => {
    const io = fakeIo({ stdoutTty: true, width: 200, color: 'never' });
    expect(await renderTable(columns, rows, io)).toBe(await renderTable(columns, rows, fakeIo()));
  });

  it('never shortens a key column', async () => {
    const key = 'a-table-name-that-is-longer-than-the-terminal';
    const io = fakeIo({ stdoutTty: true, width: 30, color: 'never' });
    const text = await renderTable([{ header: 'table', key: true }, { header: 'note' }], [[key, 'something long']], io);
    expect(text).toContain(`${key}  somethi…`);
  });

  it('shortens words before numbers', async () => {
    const io = fakeIo({ stdoutTty: true, width: 30, color: 'never' });
    const two = [{ header: 'what' }, { header: 'how many', align: 'right' }] as const;
    const text = await renderTable(two, [['replicated writes', '6,083,333,333,333']], io);
    expect(text).toContain('replicated…  6,083,333,333,333');
  });

  it('fits the width whenever its columns can be narrow enough, and never loses a row', async () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', '7', '日', 'é', '-'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 8 * 3 + 4, max: 120 }),
        async (cells, width) => {
          const io = fakeIo({ stdoutTty: true, width });
          const text = await renderTable(
            [{ header: 'one' }, { header: 'two' }, { header: 'three', align: 'right' }],
            cells,
            io,
          );
          const lines = text.split('\n');
          expect(lines).toHaveLength(cells.length + 1);
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('keyValues', () => {
  it('aligns the values', () => {
    const pairs = [
      ['table', 'Orders'],
      ['view type', '\u001b[32mNEW_IMAGE\u001b[39m'],
      ['label', ''],
    ] as const;
    expect(keyValues(pairs, fakeIo())).toBe('table      Orders\nview type  NEW_IMAGE\nlabel');
    const coloured = keyValues(pairs, fakeIo({ stdoutTty: true }));
    expect(coloured).toContain('\u001b[2mview type\u001b[22m  \u001b[32mNEW_IMAGE\u001b[39m');
    expect(plainText(coloured).split('\n')[0]).toBe('table      Orders');
  });

  it('is empty for nothing', () => {
    expect(keyValues([], fakeIo())).toBe('');
  });
});
