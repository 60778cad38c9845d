import { describe, expect, it } from 'vitest';
import { consumersOf, findConsumers } from '../../../src/lib/streams/consumers.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aMapping, aPipe, fakeConsumers } from '../../support/fake-consumers.js';
import { fakeStreamArn } from '../../support/fake-tables.js';

const orders = fakeStreamArn('Orders', '2026-11-20T10:11:12.123');
const items = fakeStreamArn('OrderItems', '2026-11-20T10:11:12.123');
const queue = 'arn:aws:sqs:eu-central-1:111122223333:orders';
const { signal } = new AbortController();

describe('findConsumers', () => {
  it('finds the mappings and pipes of one stream', async () => {
    const gateway = fakeConsumers({ consumers: [aMapping(orders), aPipe(orders), aMapping(items, 'other')] });
    const lookup = await findConsumers(gateway, { streamArn: orders }, fakeClock(0), signal);
    expect(lookup).toEqual({ consumers: [aMapping(orders), aPipe(orders)], unknown: [] });
  });

  it('finds those of all streams, and leaves out what is no stream', async () => {
    const gateway = fakeConsumers({ consumers: [aMapping(orders), aPipe(items), aMapping(queue)] });
    const lookup = await findConsumers(gateway, { arnPrefix: 'arn:aws:dynamodb:' }, fakeClock(0), signal);
    expect(lookup.consumers).toEqual([aMapping(orders), aPipe(items)]);
    expect(consumersOf(lookup, items).consumers).toEqual([aPipe(items)]);
  });

  it('says which kind it could not list, and why, and finds the other', async () => {
    const gateway = fakeConsumers({
      consumers: [aMapping(orders), aPipe(orders)],
      failing: { 'event-source-mapping': 'denied' },
    });
    const lookup = await findConsumers(gateway, { streamArn: orders }, fakeClock(0), signal);
    expect(lookup.consumers).toEqual([aPipe(orders)]);
    expect(lookup.unknown).toEqual([{ kind: 'event-source-mapping', reason: 'ListEventSourceMappings: Fake-denied' }]);
  });

  it('does not wait for long for a service that is silent', async () => {
    const clock = fakeClock(0);
    const gateway = fakeConsumers({ consumers: [aMapping(orders)], silent: ['pipe'] });
    const lookup = await findConsumers(gateway, { streamArn: orders }, clock, signal);
    expect(lookup.consumers).toEqual([aMapping(orders)]);
    expect(lookup.unknown).toEqual([{ kind: 'pipe', reason: 'no answer within 5 seconds' }]);
    expect(clock.now()).toBe(5_000);
  });

  it('ends when it is interrupted', async () => {
    const controller = new AbortController();
    const gateway = fakeConsumers({ silent: ['pipe', 'event-source-mapping'] });
    const lookup = findConsumers(gateway, { streamArn: orders }, fakeClock(0), controller.signal);
    controller.abort(new Error('interrupted'));
    await expect(lookup).rejects.toThrow('interrupted');
  });
});
