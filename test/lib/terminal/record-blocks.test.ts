import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecordFacts, renderRecord, shardTag } from '../../../src/lib/terminal/record-blocks.js';
import { displayWidth } from '../../../src/lib/terminal/text.js';
import { fakeIo } from '../../support/fake-io.js';

const pipe = fakeIo();
const plain = fakeIo({ stdoutTty: true, width: 72, color: 'never' });
const coloured = fakeIo({ stdoutTty: true, width: 72 });

const base = {
  at: '2026-11-23T09:14:07.000Z',
  shardId: 'shardId-00000001414576573621-f55eea83',
  keys: [
    { name: 'pk', value: 'order#1' },
    { name: 'sk', value: '2026-11-23' },
  ],
  ttl: false,
  sequenceNumber: '111100000000000000000000042',
  wide: false,
} as const;

const insert: RecordFacts = {
  ...base,
  event: 'INSERT',
  newImage: [
    { name: 'status', value: 'PENDING' },
    { name: 'total', value: '12.50' },
    { name: 'customer', value: '{name: Ada, city: London}' },
    { name: 'tags', value: '{gift, new}' },
  ],
};

const modify: RecordFacts = {
  ...base,
  event: 'MODIFY',
  changes: [
    { kind: 'changed', path: 'status', old: 'PENDING', new: 'SHIPPED' },
    { kind: 'changed', path: 'stock', old: '5', new: '3', delta: '-2' },
    { kind: 'set', path: 'tags', addedMembers: ['gift', 'fast'], removedMembers: ['new'] },
    { kind: 'set', path: 'sizes', addedMembers: ['42'], removedMembers: [] },
    { kind: 'added', path: 'address.city', new: 'London' },
    { kind: 'removed', path: 'note', old: 'ring twice' },
  ],
  oldImage: [{ name: 'status', value: 'PENDING' }],
  newImage: [
    { name: 'status', value: 'SHIPPED' },
    { name: 'stock', value: '3' },
  ],
};

const remove: RecordFacts = {
  ...base,
  event: 'REMOVE',
  ttl: true,
  region: 'eu-west-1',
  table: 'Orders',
  oldImage: [{ name: 'status', value: 'SHIPPED' }],
};

describe('renderRecord', () => {
  it('shows an INSERT with its image on a few lines', () => {
    expect(renderRecord(insert, plain)).toMatchInlineSnapshot(`
      "09:14:07  f55eea83  INSERT  pk=order#1 sk=2026-11-23
                status=PENDING total=12.50 customer={name: Ada, city: London}
                tags={gift, new}"
    `);
  });

  it('shows of a MODIFY only what changed', () => {
    expect(renderRecord(modify, plain)).toMatchInlineSnapshot(`
      "09:14:07  f55eea83  MODIFY  pk=order#1 sk=2026-11-23
                status        PENDING -> SHIPPED
                stock         5 -> 3 (-2)
                tags          +{gift, fast} -{new}
                sizes         +{42}
                address.city  + London
                note          - ring twice"
    `);
  });

  it('shows of a REMOVE the keys, the place and the TTL mark', () => {
    expect(renderRecord(remove, plain)).toMatchInlineSnapshot(
      `"09:14:07  eu-west-1  Orders  f55eea83  REMOVE  pk=order#1 sk=2026-11…  TTL"`,
    );
  });

  it('shows everything at full length with --wide', () => {
    for (const record of [insert, modify, remove]) {
      expect(renderRecord({ ...record, wide: true }, plain)).toBe(renderRecord({ ...record, wide: true }, pipe));
    }
    expect(renderRecord({ ...modify, wide: true }, plain)).toMatchInlineSnapshot(`
      "2026-11-23T09:14:07.000Z  shardId-00000001414576573621-f55eea83  MODIFY  pk=order#1 sk=2026-11-23  seq 111100000000000000000000042
                status        PENDING -> SHIPPED
                stock         5 -> 3 (-2)
                tags          +{gift, fast} -{new}
                sizes         +{42}
                address.city  + London
                note          - ring twice
                old image
                  status  PENDING
                new image
                  status  SHIPPED
                  stock   3"
    `);
    expect(renderRecord({ ...remove, wide: true }, plain)).toMatchInlineSnapshot(`
      "2026-11-23T09:14:07.000Z  eu-west-1  Orders  shardId-00000001414576573621-f55eea83  REMOVE  pk=order#1 sk=2026-11-23  TTL  seq 111100000000000000000000042
                status  SHIPPED"
    `);
  });

  it('is coloured on a terminal', () => {
    expect(visible(renderRecord(insert, coloured))).toMatchInlineSnapshot(`
      "<2>09:14:07<22>  <38;5;171>f55eea83<39>  <32>INSERT<39>  <2>pk=<22><1>order#1<22> <2>sk=<22><1>2026-11-23<22>
                <36>status=<39>PENDING <36>total=<39>12.50 <36>customer=<39>{name: Ada, city: London}
                <36>tags=<39>{gift, new}"
    `);
    expect(visible(renderRecord(modify, coloured))).toMatchInlineSnapshot(`
      "<2>09:14:07<22>  <38;5;171>f55eea83<39>  <33>MODIFY<39>  <2>pk=<22><1>order#1<22> <2>sk=<22><1>2026-11-23<22>
                <36>status        <39><2>PENDING<22> -> <1>SHIPPED<22>
                <36>stock         <39><2>5<22> -> <1>3<22><2> (-2)<22>
                <36>tags          <39><32>+{gift, fast}<39> <31>-{new}<39>
                <36>sizes         <39><32>+{42}<39>
                <36>address.city  <39><32>+ London<39>
                <36>note          <39><31>- ring twice<39>"
    `);
    expect(visible(renderRecord(remove, coloured))).toMatchInlineSnapshot(
      `"<2>09:14:07<22>  eu-west-1  Orders  <38;5;171>f55eea83<39>  <31>REMOVE<39>  <2>pk=<22><1>order#1<22> <2>sk=<22><1>2026-11…<22>  <33>TTL<39>"`,
    );
  });

  it('falls back to the image when there are no two images to compare', () => {
    const newImageOnly = { ...modify, changes: undefined, oldImage: undefined };
    expect(renderRecord(newImageOnly, plain).split('\n')[1]).toBe('          status=SHIPPED stock=3');
    const keysOnly = { ...newImageOnly, newImage: undefined };
    expect(renderRecord(keysOnly, plain).split('\n')).toHaveLength(1);
  });

  it('says when a MODIFY changed nothing', () => {
    expect(renderRecord({ ...modify, changes: [] }, plain)).toContain('\n          no attribute changed');
  });

  it('names how many attributes did not fit', () => {
    const newImage = Array.from({ length: 40 }, (_, index) => ({ name: `attribute${index}`, value: 'x'.repeat(20) }));
    const lines = renderRecord({ ...insert, newImage }, plain).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[4]).toBe('          and 37 more (--wide shows all)');
  });

  it('gives a short value back what it does not need, and cuts the long one', () => {
    const changes = [{ kind: 'changed', path: 'note', old: 'short', new: 'y'.repeat(100) }] as const;
    expect(renderRecord({ ...modify, changes }, plain).split('\n')[1]).toBe(
      `          note  short -> ${'y'.repeat(46)}…`,
    );
  });

  it('shows control characters of the data as text', () => {
    const text = renderRecord({ ...insert, newImage: [{ name: 'a\u001b[2J', value: 'b\nc\u0007' }] }, plain);
    expect(text.split('\n')[1]).toBe('          a\\u001b[2J=b\\nc\\u0007');
  });

  it('cuts nothing in a pipe, and leaves no escape byte there', () => {
    const long = 'z'.repeat(500);
    const text = renderRecord({ ...modify, changes: [{ kind: 'added', path: 'note', new: long }] }, pipe);
    expect(text).toContain(long);
    for (const record of [insert, modify, remove]) expect(renderRecord(record, pipe)).not.toContain('\u001b');
  });

  it('fits the width for any record', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'Z', '9', '日', '🚀', '\n', '\u001b', ' '), maxLength: 120 });
    const named = fc.record({ name: word, value: word });
    const change = fc.oneof(
      fc.record({ kind: fc.constant('added' as const), path: word, new: word }),
      fc.record({ kind: fc.constant('removed' as const), path: word, old: word }),
      fc.record({ kind: fc.constant('changed' as const), path: word, old: word, new: word }),
      fc.record({
        kind: fc.constant('set' as const),
        path: word,
        addedMembers: fc.array(word, { maxLength: 3 }),
        removedMembers: fc.array(word, { maxLength: 3 }),
      }),
    );
    const keys = fc.array(fc.record({ name: fc.constantFrom('pk', 'sk'), value: word }), {
      minLength: 1,
      maxLength: 2,
    });
    fc.assert(
      fc.property(
        fc.constantFrom('INSERT' as const, 'MODIFY' as const, 'REMOVE' as const),
        keys,
        fc.array(change, { maxLength: 5 }),
        fc.array(named, { maxLength: 12 }),
        fc.integer({ min: 80, max: 160 }),
        (event, recordKeys, changes, newImage, width) => {
          const io = fakeIo({ stdoutTty: true, width });
          const text = renderRecord({ ...base, event, keys: recordKeys, changes, newImage }, io);
          for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('shardTag', () => {
  it('is what tells shards apart', () => {
    expect(shardTag('shardId-00000001414576573621-f55eea83')).toBe('f55eea83');
    expect(shardTag('shardId-00000001414576573621')).toBe('76573621');
    expect(shardTag('s1')).toBe('s1');
  });
});

/** Escape bytes as something that can be read in a snapshot. */
function visible(text: string): string {
  return text.replaceAll('\u001b[', '<').replace(/<([0-9;]+)m/g, '<$1>');
}
