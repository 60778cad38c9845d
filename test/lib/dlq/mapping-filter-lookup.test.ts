import { describe, expect, it } from 'vitest';
import { decodeFailure } from '../../../src/lib/dlq/decode.js';
import type { StreamBatchMessage } from '../../../src/lib/dlq/failure-message.js';
import { mappingFilterLookup } from '../../../src/lib/dlq/mapping-filter-lookup.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeMapping, fakeMappings, fakeUuid } from '../../support/fake-mappings.js';
import { aDelivery, STREAM_ARN } from './deliveries.js';
import { failureBody, sampleBody } from './samples.js';

const signal = new AbortController().signal;
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111122223333:function:orders-indexer';
const inserts = '{"eventName":["INSERT"]}';
const never = '{"eventName":["REMOVE"]}';

function messageOf(body: string): StreamBatchMessage {
  const message = decodeFailure(body);
  if (message.kind !== 'stream-batch') throw new Error('no batch');
  return message;
}

function lookup(...mappings: readonly FakeMapping[]) {
  const gateway = fakeMappings(
    fakeClock(0),
    mappings.map(mapping => ({ eventSourceArn: STREAM_ARN, functionArn: FUNCTION_ARN, ...mapping })),
  );
  return { gateway, filters: mappingFilterLookup(async () => gateway, signal) };
}

const record = aDelivery(0, 1).records[0]?.record;
if (record === undefined) throw new Error('no record');

describe('the filter of the mapping that a message comes from', () => {
  it.each([
    [[inserts], true],
    [[never], false],
    [[never, inserts], true],
    [[], true],
    [[`{"eventSourceARN":["${STREAM_ARN}"]}`], true],
  ])('%j', async (patterns, passes) => {
    const { filters } = lookup({ settings: { filters: patterns } });
    const filter = await filters(messageOf(failureBody()));
    expect(filter.unknown).toBeUndefined();
    expect(filter.accepts(record)).toBe(passes);
  });

  it('is looked up once for each mapping', async () => {
    const { filters, gateway } = lookup({ settings: { filters: [never] } });
    await Promise.all([filters(messageOf(failureBody())), filters(messageOf(failureBody({ start: '99' })))]);
    expect(gateway.calls).toHaveLength(1);
  });

  it('is that of the function, not of another reader of the stream', async () => {
    const other = 'arn:aws:lambda:us-east-1:111122223333:function:mailer';
    const { filters } = lookup(
      { uuid: fakeUuid(1), functionArn: other, settings: { filters: [never] } },
      { uuid: fakeUuid(2), functionArn: `${FUNCTION_ARN}:live`, settings: { filters: [inserts] } },
    );
    expect((await filters(messageOf(failureBody()))).accepts(record)).toBe(true);
  });

  it('of a mapping that is gone leaves nothing out, and says so', async () => {
    const filter = await lookup().filters(messageOf(failureBody()));
    expect(filter.unknown).toBe('the mapping from Orders to orders-indexer is gone, and its filter with it');
    expect(filter.accepts(record)).toBe(true);
  });

  it('that is not valid, or may not be looked up, leaves nothing out', async () => {
    const broken = await lookup({ settings: { filters: ['{'] } }).filters(messageOf(failureBody()));
    expect(broken.unknown).toContain('cannot be looked up');
    const { filters, gateway } = lookup({ settings: { filters: [never] } });
    gateway.failNext('list', 'denied');
    const denied = await filters(messageOf(failureBody()));
    expect(denied.unknown).toContain('cannot be looked up: made to fail: denied');
    expect(denied.accepts(record)).toBe(true);
  });

  it('that is encrypted is asked of the mapping itself', async () => {
    const settings = { filters: [never], kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/filters' };
    const { filters, gateway } = lookup({ uuid: fakeUuid(7), settings });
    const filter = await filters(messageOf(failureBody()));
    expect(filter.accepts(record)).toBe(false);
    expect(gateway.calls.at(-1)).toBe(`get ${fakeUuid(7)}`);
  });

  it('of a pipe is not looked up', async () => {
    const { filters, gateway } = lookup();
    expect((await filters(messageOf(sampleBody('pipe')))).unknown).toContain('pipe');
    expect(gateway.calls).toEqual([]);
  });
});
