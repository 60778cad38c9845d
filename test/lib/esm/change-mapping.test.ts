import { describe, expect, it } from 'vitest';
import { changeMapping, createMapping, detachMapping, type MappingEvent } from '../../../src/lib/esm/change-mapping.js';
import { deadlineAfter } from '../../../src/lib/streams/wait-for-table.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeMapping, fakeMappings, fakeUuid, TRANSITION_MS } from '../../support/fake-mappings.js';

const startMs = Date.UTC(2026, 10, 23, 10);
const uuid = fakeUuid(1);

function setUp(
  mappings: readonly FakeMapping[] = [{}],
  parts: { readonly wait?: boolean; readonly timeoutMs?: number } = {},
) {
  const clock = fakeClock(startMs);
  const gateway = fakeMappings(clock, mappings);
  const abort = new AbortController();
  const deadline = deadlineAfter(parts.timeoutMs, clock, 'go on');
  const tools = { mappings: gateway, clock, signal: abort.signal, deadline, wait: parts.wait ?? true };
  return { clock, gateway, abort, tools };
}

async function all(running: AsyncGenerator<MappingEvent, unknown, void>): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const event of running) seen.push(`${event.type} ${event.state}`);
  return seen;
}

describe('a change of a mapping', () => {
  it('is waited for until the state is firm', async () => {
    const { clock, gateway, tools } = setUp();
    expect(await all(changeMapping('pause', { uuid, enabled: false }, tools))).toEqual([
      'requested Disabling',
      'reached Disabled',
    ]);
    expect(clock.now()).toBeGreaterThanOrEqual(startMs + TRANSITION_MS);
    expect(gateway.changes).toEqual([`update ${uuid}`]);
  });

  it('is only asked for where nobody waits', async () => {
    const { clock, tools } = setUp([{}], { wait: false });
    expect(await all(changeMapping('update', { uuid, settings: { batchSize: 1 } }, tools))).toEqual([
      'requested Updating',
    ]);
    expect(clock.now()).toBe(startMs);
  });

  it('waits while another one has the mapping, and then goes on', async () => {
    const { gateway, tools } = setUp();
    await gateway.update({ uuid, settings: { batchSize: 5 } });
    expect(await all(changeMapping('update', { uuid, settings: { batchSize: 7 } }, tools))).toEqual([
      'in-transition Updating',
      'in-transition Updating',
      'in-transition Updating',
      'requested Updating',
      'reached Enabled',
    ]);
    expect((await gateway.get(uuid)).settings.batchSize).toBe(7);
  });

  it('gives up at the deadline, with exit 6 and how to go on', async () => {
    const { tools } = setUp([{}], { timeoutMs: 1_000 });
    await expect(all(changeMapping('pause', { uuid, enabled: false }, tools))).rejects.toMatchObject({
      code: 'timeout',
      exitCode: 6,
      hint: 'go on',
      message: `Gave up waiting for mapping ${uuid} to come out of Disabling after 1s: it is still Disabling.`,
    });
  });

  it('bears a failure that passes while it waits', async () => {
    const { gateway, tools } = setUp();
    gateway.failNext('get', 'throttled', 'service');
    expect(await all(changeMapping('resume', { uuid, enabled: true }, tools))).toEqual([
      'requested Enabling',
      'reached Enabled',
    ]);
  });

  it('ends when it is aborted', async () => {
    const { abort, tools } = setUp();
    const running = changeMapping('pause', { uuid, enabled: false }, tools);
    await running.next();
    abort.abort(new Error('stop'));
    await expect(running.next()).rejects.toThrow('stop');
  });
});

describe('making and removing', () => {
  it('waits until a new mapping is enabled', async () => {
    const { gateway, tools } = setUp([]);
    const running = createMapping(
      {
        eventSourceArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123',
        functionName: 'orders-indexer',
        startingPosition: 'LATEST',
        enabled: true,
        settings: {},
        tags: { team: 'ops' },
      },
      tools,
    );
    expect(await all(running)).toEqual(['requested Creating', 'reached Enabled']);
    expect(gateway.all()).toMatchObject([{ startingPosition: 'LATEST', state: 'Enabled' }]);
  });

  it('waits until a mapping is gone, and does not mind when it is', async () => {
    const { gateway, tools } = setUp();
    expect(await all(detachMapping(uuid, tools))).toEqual(['requested Deleting', 'reached Deleted']);
    expect(gateway.all()).toEqual([]);
    expect(await all(detachMapping(uuid, tools))).toEqual(['reached Deleted']);
  });
});
