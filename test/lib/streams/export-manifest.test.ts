import { describe, expect, it } from 'vitest';
import {
  type ExportManifest,
  formatManifest,
  newManifest,
  parseManifest,
} from '../../../src/lib/streams/export-manifest.js';
import { sequenceNumber, START_MS, STREAM } from './scripted-stream.js';

const manifest: ExportManifest = {
  ...newManifest({
    stream: STREAM,
    startedAtMs: START_MS,
    sinceMs: START_MS - 60_000,
    untilMs: undefined,
    request: { since: '1m', until: null, redact: ['email'], filters: [] },
  }),
  committedBytes: 900,
  records: 3,
  shards: {
    'shard-1': {
      records: 3,
      firstSequenceNumber: sequenceNumber(1),
      lastSequenceNumber: sequenceNumber(3),
      firstAt: '2026-11-22T00:13:19Z',
      lastAt: '2026-11-22T00:13:21Z',
      ended: false,
    },
  },
  gaps: [
    {
      shardId: 'shard-1',
      reason: 'trimmed',
      fromSequenceNumber: null,
      fromAt: null,
      toSequenceNumber: sequenceNumber(1),
      toAt: '2026-11-22T00:13:19Z',
    },
  ],
};

describe('a manifest', () => {
  it('is read as it was written', () => {
    expect(parseManifest(formatManifest(manifest), 'm.json')).toEqual(manifest);
  });

  const shard = manifest.shards['shard-1'];
  it.each<[string, unknown, string]>([
    ['nothing', '', 'it is not JSON'],
    ['a half', formatManifest(manifest).slice(0, 200), 'it is not JSON'],
    ['a list', [], 'it is not a JSON object'],
    ['another version', { ...manifest, version: 2 }, '"version": 1'],
    ['no stream', { ...manifest, streamArn: '' }, '"streamArn"'],
    ['a negative length', { ...manifest, committedBytes: -1 }, '"committedBytes"'],
    ['a broken length', { ...manifest, committedBytes: 0.5 }, '"committedBytes"'],
    ['a time that is none', { ...manifest, since: 'yesterday' }, '"since"'],
    [
      'a sequence number that is none',
      { ...manifest, shards: { a: { ...shard, lastSequenceNumber: '7x' } } },
      'shard a "lastSequenceNumber"',
    ],
    ['a shard that is none', { ...manifest, shards: { a: 7 } }, 'shard a is not an object'],
    ['counts that do not agree', { ...manifest, records: 4 }, 'it says 4 records, and its shards have 3'],
    ['a gap that is none', { ...manifest, gaps: [null] }, 'gap 1 is not an object'],
    ['no request', { ...manifest, request: null }, '"request"'],
  ])('refuses %s', (_what, content, says) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    expect(() => parseManifest(text, 'orders.manifest.json')).toThrow(
      expect.objectContaining({ code: 'export-manifest-damaged', message: expect.stringContaining(says) }),
    );
    expect(() => parseManifest(text, 'orders.manifest.json')).toThrow('orders.manifest.json');
  });
});
