import { describe, expect, it } from 'vitest';
import { decodeFailure } from '../../../src/lib/dlq/decode.js';
import { expiryOf } from '../../../src/lib/dlq/expiry.js';
import { sampleBody } from './samples.js';

const DAY_MS = 86_400_000;
const decoded = decodeFailure(sampleBody('pipe'));
if (decoded.kind !== 'stream-batch') throw new Error('no batch');
const { batch, failure } = decoded;

describe('the time at which a stream forgets a batch', () => {
  it('is 24 hours after the first record was written', () => {
    expect(expiryOf(batch, failure)).toEqual({
      firstAtMs: Date.parse('2026-11-23T00:13:19Z'),
      lastAtMs: Date.parse('2026-11-23T00:13:21Z'),
      exact: true,
    });
  });

  it('falls back on what else the message tells, and says so', () => {
    expect(expiryOf({ ...batch, firstArrivalMs: undefined }, failure)).toMatchObject({
      firstAtMs: Date.parse('2026-11-23T00:13:21Z'),
      exact: false,
    });
    expect(expiryOf({ ...batch, firstArrivalMs: undefined, lastArrivalMs: undefined }, failure)).toEqual({
      firstAtMs: Date.parse('2026-11-22T00:13:49.717Z') + DAY_MS,
      lastAtMs: Date.parse('2026-11-22T00:13:49.717Z') + DAY_MS,
      exact: false,
    });
  });

  it('is not known when the message tells no time', () => {
    const timeless = { ...batch, firstArrivalMs: undefined, lastArrivalMs: undefined };
    expect(expiryOf(timeless, { failedAtMs: undefined })).toBeUndefined();
  });

  it('never has the last record go before the first', () => {
    const swapped = { ...batch, firstArrivalMs: batch.lastArrivalMs, lastArrivalMs: batch.firstArrivalMs };
    const expiry = expiryOf(swapped, failure);
    expect(expiry?.lastAtMs).toBe(expiry?.firstAtMs);
  });
});
