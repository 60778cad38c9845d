import { describe, expect, it } from 'vitest';
import { type Conflict, ConflictFinder, type FinderOptions } from '../../../src/lib/global/conflict-finder.js';
import type { AttributeMap } from '../../../src/lib/model/attribute-value.js';

const KEY = { pk: { S: 'order#1' } };

/** A version of the item by its name; `-` is no item. */
function item(name: string, region?: string): AttributeMap | undefined {
  if (name === '-') return undefined;
  return { ...KEY, v: { S: name }, ...(region === undefined ? {} : { writtenIn: { S: region } }) };
}

/** Reads stories such as `us x>a@0`: in the stream of us, x became a in second 0. A version `a/us` says who wrote it. */
function conflictsIn(lines: readonly string[], options: Partial<FinderOptions> = {}): readonly Conflict[] {
  const finder = new ConflictFinder({ windowMs: 2_000, regionAttribute: undefined, ...options });
  for (const line of lines) {
    const [, region = '', before = '', after = '', second = '0'] = /^(\S+) (\S+)>(\S+)@(\d+)$/.exec(line) ?? [];
    const version = (text: string) => item(text.split('/')[0] ?? text, text.split('/')[1]);
    finder.add({ region, key: KEY, atMs: Number(second) * 1_000, before: version(before), after: version(after) }, 0);
  }
  return finder.flush();
}

const nameOf = (version: AttributeMap | undefined): string =>
  version?.['v'] !== undefined && 'S' in version['v'] ? version['v'].S : '-';

/** As `certain: b of eu beats a of us, made of x`. */
function told(conflicts: readonly Conflict[]): readonly string[] {
  return conflicts.map(({ certainty, versions: [first, second], base, decided }) => {
    const [one, two] = [first, second].map(version => `${nameOf(version.item)} of ${version.regions.join('+')}`);
    return `${certainty}: ${one} ${decided ? 'beats' : 'and'} ${two}, made of ${nameOf(base)}`;
  });
}

describe('two Regions that change the same version of an item', () => {
  it('are a conflict, with the one that stays as the winner', () => {
    expect(told(conflictsIn(['us x>a@5', 'eu x>b@5', 'us a>b@6']))).toEqual([
      'certain: b of eu beats a of us, made of x',
    ]);
    expect(told(conflictsIn(['us x>a@5', 'eu x>b@5', 'eu b>a@6']))).toEqual([
      'certain: a of us beats b of eu, made of x',
    ]);
  });

  it('are a conflict in whatever order the streams are read', () => {
    expect(told(conflictsIn(['eu x>b@5', 'us x>a@5', 'us a>b@6']))).toEqual([
      'certain: b of eu beats a of us, made of x',
    ]);
  });

  it('may both create the item, or one delete it', () => {
    expect(told(conflictsIn(['us ->a@5', 'eu ->b@5', 'us a>b@6']))).toEqual([
      'certain: b of eu beats a of us, made of -',
    ]);
    expect(told(conflictsIn(['us x>-@5', 'eu x>b@5', 'eu b>-@6']))).toEqual([
      'certain: - of us beats b of eu, made of x',
    ]);
  });

  it('are one conflict, also in the eyes of a third Region', () => {
    expect(told(conflictsIn(['us x>a@5', 'eu x>b@5', 'ap x>a@5', 'ap a>b@6', 'us a>b@6']))).toEqual([
      'certain: b of eu beats a of ap+us, made of x',
    ]);
  });

  it('lose what stood there last, when the loser wrote twice', () => {
    expect(told(conflictsIn(['us x>a@5', 'us a>c@5', 'eu x>b@5', 'us c>b@6']))).toEqual([
      'certain: b of eu beats c of us, made of x',
    ]);
  });

  it('are undecided when neither is seen to replace the other', () => {
    expect(told(conflictsIn(['us x>a@5', 'eu x>b@6']))).toEqual(['certain: a of us and b of eu, made of x']);
  });

  it('are none when they lie further apart than the window', () => {
    const lines = ['us x>a@5', 'eu x>b@65', 'us a>b@65'];
    expect(told(conflictsIn(lines))).toEqual([]);
    expect(told(conflictsIn(lines, { windowMs: 60_000 }))).toEqual(['possible: b of eu beats a of us, made of x']);
  });
});

describe('no conflict', () => {
  it.each([
    ['replicated writes, one after the other', ['us x>a@5', 'eu x>a@6', 'us a>b@7', 'eu a>b@8']],
    ['writes that take turns, each seeing the last', ['us x>a@5', 'eu x>a@5', 'eu a>b@5', 'us a>b@5']],
    ['a value that goes to and fro', ['us x>a@5', 'us a>x@5', 'us x>b@5', 'eu x>a@6', 'eu a>x@6', 'eu x>b@6']],
    ['the same content written in both', ['us x>a@5', 'eu x>a@5']],
    ['two writes of which only the second was replicated', ['us x>a@5', 'us a>b@5', 'eu x>b@7']],
    ['several writes of which only the last was replicated', ['us x>a@4', 'us a>c@4', 'us c>b@5', 'eu x>b@7']],
  ])('are %s', (_what, lines) => {
    expect(told(conflictsIn(lines))).toEqual([]);
  });
});

describe('within the same second', () => {
  const lines = ['us x>a@5', 'us a>b@5', 'eu x>b@5'];

  it('a conflict and two writes replicated as one look alike, and are called possible', () => {
    expect(told(conflictsIn(lines))).toEqual(['possible: b of eu beats a of us, made of x']);
  });

  it('an attribute with the Region of the write tells them apart', () => {
    const options = { regionAttribute: 'writtenIn' };
    expect(told(conflictsIn(['us x>a/us@5', 'us a/us>b/us@5', 'eu x>b/us@5'], options))).toEqual([]);
    expect(told(conflictsIn(['us x>a/us@5', 'us a/us>b/eu@5', 'eu x>b/eu@5'], options))).toEqual([
      'certain: b of eu beats a of us, made of x',
    ]);
  });
});

describe('a search that goes on', () => {
  const finderOf = () => new ConflictFinder({ windowMs: 2_000, regionAttribute: undefined });
  const change = (region: string, before: string, after: string, second: number, pk = 'order#1') => ({
    region,
    key: { pk: { S: pk } },
    atMs: second * 1_000,
    before: item(before),
    after: item(after),
  });

  it('judges a key when it has been quiet long enough for the others to be read', () => {
    const finder = finderOf();
    expect(finder.dueAtMs).toBeUndefined();
    finder.add(change('us', 'x', 'a', 5), 5_500);
    finder.add(change('eu', 'x', 'b', 5), 6_000);
    finder.add(change('us', 'a', 'b', 6), 7_000);
    expect(finder.dueAtMs).toBe(14_000);
    expect(finder.due(13_999)).toEqual([]);
    expect(told(finder.due(14_000))).toEqual(['certain: b of eu beats a of us, made of x']);
    expect(finder.dueAtMs).toBeUndefined();
    expect(finder.flush()).toEqual([]);
  });

  it('judges the keys in the order in which they came to rest', () => {
    const finder = finderOf();
    finder.add(change('us', 'x', 'a', 1, 'first'), 1_000);
    finder.add(change('us', 'x', 'a', 2, 'second'), 2_000);
    finder.add(change('eu', 'x', 'b', 2, 'first'), 3_000);
    expect(finder.dueAtMs).toBe(9_000);
    expect(finder.due(9_000)).toEqual([]);
    expect(finder.dueAtMs).toBe(10_000);
  });

  it('judges a key that never rests, once, in bounded memory', () => {
    const finder = finderOf();
    finder.add(change('us', 'x', 'a', 1), 1_000);
    finder.add(change('eu', 'x', 'b', 1), 1_000);
    finder.add(change('us', 'a', 'b', 2), 1_000);
    const found: Conflict[] = [];
    for (let n = 0; n < 2_000; n += 1) {
      const before = n === 0 ? 'b' : `v${n - 1}`;
      finder.add(change('us', before, `v${n}`, 3 + n / 10), 3_000 + n * 100);
      finder.add(change('eu', before, `v${n}`, 3 + n / 10), 3_000 + n * 100);
      found.push(...finder.due(3_000 + n * 100));
    }
    expect(told([...found, ...finder.flush()])).toEqual(['certain: b of eu beats a of us, made of x']);
  });
});
