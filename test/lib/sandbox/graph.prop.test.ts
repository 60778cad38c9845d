import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraph } from '../../../src/lib/sandbox/persistence/graph.js';

const graph = createGraph([]);
const again = (value: unknown): unknown => graph.fromJson(JSON.parse(JSON.stringify(graph.toJson(value))));

const { data } = fc.letrec(tie => ({
  data: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.double().map(number => (Object.is(number, -0) ? 0 : number)),
      fc.uint8Array().map(bytes => Buffer.from(bytes)),
    ),
    fc.array(tie('data')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', 'is', 'id', '__proto__')), tie('data')),
    fc.dictionary(fc.string(), tie('data'), { noNullPrototype: true }),
    fc.array(fc.tuple(tie('data'), tie('data'))).map(pairs => new Map(pairs)),
    fc.array(tie('data')).map(members => new Set(members)),
  ),
}));

describe('a graph', () => {
  it('gives back what was saved', () => {
    fc.assert(
      fc.property(data, value => {
        expect(again(value)).toStrictEqual(value);
      }),
    );
  });

  it('saves what it gave back as the same text', () => {
    fc.assert(
      fc.property(data, value => {
        expect(JSON.stringify(graph.toJson(again(value)))).toBe(JSON.stringify(graph.toJson(value)));
      }),
    );
  });

  it('keeps shared what is shared, in circles too', () => {
    interface Node {
      readonly name: string;
      readonly next: Map<string, Node>;
      readonly all: Set<Node>;
    }
    const all = new Set<Node>();
    const a: Node = { name: 'a', next: new Map(), all };
    const b: Node = { name: 'b', next: new Map([['a', a]]), all };
    a.next.set('b', b);
    for (const node of [a, b]) all.add(node);
    const made = again([a, b]);
    expect(made).toStrictEqual([a, b]);
    const [one, other] = made as Node[];
    expect(one?.next.get('b')).toBe(other);
    expect(other?.next.get('a')).toBe(one);
    expect(one?.all).toBe(other?.all);
    expect([...(one?.all ?? [])]).toEqual([one, other]);
  });

  it('leaves out members that are undefined, and keeps objects bare that have no prototype', () => {
    const bare = Object.assign(Object.create(null) as object, { constructor: 1 });
    const made = again({ bare, gone: undefined, list: [undefined], infinite: Number.POSITIVE_INFINITY });
    expect(made).toStrictEqual({ bare, list: [undefined], infinite: Number.POSITIVE_INFINITY });
    expect(Object.getPrototypeOf((made as { bare: object }).bare)).toBeNull();
  });

  it('saves kinds by their own rules', () => {
    class Counter {
      count: number;
      constructor(count: number) {
        this.count = count;
      }
    }
    const counters = createGraph([
      {
        name: 'counter',
        is: value => value instanceof Counter,
        save: value => ('count' in value ? value.count : 0),
        load: saved => new Counter(Number(saved)),
      },
    ]);
    const counter = new Counter(7);
    const made = counters.fromJson(counters.toJson([counter, counter])) as Counter[];
    expect(made).toEqual([counter, counter]);
    expect(made[0]).toBe(made[1]);
  });

  it.each([
    [{ tables: [{ run: () => {} }] }, '.tables[0].run is a function'],
    [new Map([['Orders', new Date(0)]]), '.Orders is of class Date'],
    [{ id: 1n }, '.id is a bigint'],
  ])('names the place of what is no data', (value, message) => {
    expect(() => graph.toJson(value)).toThrow(message);
  });
});
