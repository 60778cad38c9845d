import { describe, expect, it } from 'vitest';
import { describeMembers } from '../../../src/lib/global/global-table.js';
import { openDeadline } from '../../../src/lib/global/open-deadline.js';
import { planRemove, type RemovePlan } from '../../../src/lib/global/remove-plan.js';
import { type RemoveEvent, removeReplicas } from '../../../src/lib/global/remove-replicas.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { aRegionTable, type FakeGlobal, fakeGlobal } from '../../support/fake-global.js';
import { adding, storyOf } from './adding.js';

const START = Date.UTC(2026, 10, 24);

async function planned(
  fake: FakeGlobal,
  regions: readonly string[] | undefined,
  asked = 'us-east-1',
): Promise<RemovePlan> {
  const home = await (await fake.aws.replicas(asked)).describe('Orders');
  return planRemove(home, await describeMembers(fake.aws, home, new AbortController().signal), regions);
}

interface Removing {
  readonly regions: readonly string[] | undefined;
  readonly asked?: string;
  readonly timeoutMs?: number;
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RemoveEvent) => void;
}

async function removing(fake: FakeGlobal, clock: FakeClock, options: Removing): Promise<readonly RemoveEvent[]> {
  const { regions, asked, timeoutMs, wait = true, onEvent } = options;
  const signal = options.signal ?? new AbortController().signal;
  const plan = await planned(fake, regions, asked);
  const deadline = openDeadline(timeoutMs, clock, 'again');
  const events: RemoveEvent[] = [];
  for await (const event of removeReplicas(plan, { aws: fake.aws, clock, signal, deadline, wait })) {
    events.push(event);
    onEvent?.(event);
  }
  return events;
}

/** us-east-1 was there first; eu-west-1 and then ap-south-1 joined some days ago, so that nothing is locked. */
function settled() {
  const clock = fakeClock(START);
  const fake = fakeGlobal(clock);
  fake.join('eu-west-1', { createdAtMs: START - 5 * 86_400_000, itemCount: 12, sizeBytes: 3_000 });
  fake.join('ap-south-1', { createdAtMs: START - 3 * 86_400_000 });
  return { clock, fake };
}

describe('the plan of a removal', () => {
  it('has the youngest Region first, and says what is lost', async () => {
    const { fake } = settled();
    expect(await planned(fake, ['eu-west-1', 'ap-south-1'])).toEqual({
      tableName: 'Orders',
      sender: 'us-east-1',
      consistency: 'eventual',
      regions: ['ap-south-1', 'eu-west-1'],
      losses: [
        { region: 'eu-west-1', items: 12, sizeBytes: 3_000 },
        { region: 'ap-south-1', items: 0, sizeBytes: 0 },
      ],
      witness: undefined,
      absent: [],
      leaving: [],
    });
  });

  it('takes all but the asked Region when none is named', async () => {
    const { fake } = settled();
    expect((await planned(fake, undefined, 'eu-west-1')).regions).toEqual(['ap-south-1', 'us-east-1']);
  });

  it('asks a Region that stays when the asked one is to go', async () => {
    const { fake } = settled();
    expect(await planned(fake, ['us-east-1'])).toMatchObject({ sender: 'ap-south-1', regions: ['us-east-1'] });
  });

  it('names what is not there, and does not fail for it', async () => {
    const { fake } = settled();
    expect(await planned(fake, ['sa-east-1', 'eu-west-1'])).toMatchObject({
      absent: ['sa-east-1'],
      regions: ['eu-west-1'],
    });
  });

  it('refuses to remove every Region', async () => {
    const { fake } = settled();
    await expect(planned(fake, ['us-east-1', 'eu-west-1', 'ap-south-1'])).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining('aws dynamodb delete-table --table-name Orders'),
    });
  });

  it('refuses before anything is deleted when one of the Regions is protected', async () => {
    const { fake } = settled();
    fake.edit('eu-west-1', { isDeletionProtected: true });
    await expect(planned(fake, ['ap-south-1', 'eu-west-1'])).rejects.toMatchObject({
      code: 'deletion-protected',
      hint: expect.stringContaining('--region eu-west-1 --no-deletion-protection-enabled'),
    });
    expect((await planned(fake, ['ap-south-1'])).regions).toEqual(['ap-south-1']);
  });

  it('takes a strongly consistent group whole, or not at all', async () => {
    const home = aRegionTable('us-east-1', {
      isStronglyConsistent: true,
      replicas: [{ ...aReplica('us-east-2') }],
      witnesses: [{ region: 'us-west-2', status: 'ACTIVE' }],
    });
    const members = ['us-east-1', 'us-east-2'].map(region => ({
      region,
      table: { known: true as const, value: aRegionTable(region) },
    }));
    expect(planRemove(home, members, undefined)).toMatchObject({ regions: ['us-east-2'], witness: 'us-west-2' });
    expect(planRemove(home, members, ['us-east-2', 'us-west-2'])).toMatchObject({ regions: ['us-east-2'], absent: [] });
    expect(() => planRemove(home, members, ['us-east-2'])).toThrow(/in one call, or not at all/);
    expect(() => planRemove(home, members, ['us-west-2'])).toThrow(/in one call, or not at all/);
  });
});

function aReplica(region: string) {
  return {
    region,
    status: 'ACTIVE' as const,
    statusDescription: undefined,
    percent: undefined,
    kmsKey: undefined,
    tableClass: undefined,
    readCapacityOverride: undefined,
    inaccessibleSinceMs: undefined,
  };
}

describe('removing Regions', () => {
  it('deletes one after the other, each until its table is gone', async () => {
    const { clock, fake } = settled();
    const events = await removing(fake, clock, { regions: ['eu-west-1', 'ap-south-1'] });
    expect(storyOf(events)).toEqual(['deleting ap-south-1', 'gone ap-south-1', 'deleting eu-west-1', 'gone eu-west-1']);
    for (const region of ['eu-west-1', 'ap-south-1']) {
      await expect((await fake.aws.replicas(region)).describe('Orders')).rejects.toMatchObject({ kind: 'not-found' });
    }
    expect(storyOf(await removing(fake, clock, { regions: ['eu-west-1'] }))).toEqual(['absent eu-west-1']);
  });

  it('deletes leaf first where a Region is locked by one that it filled', async () => {
    const clock = fakeClock(START);
    const fake = fakeGlobal(clock);
    await adding(fake, clock, { regions: ['eu-west-1'] });
    const members = await fake.aws.replicas('eu-west-1');
    await members.createReplica('Orders', { region: 'ap-south-1' });
    clock.advance(120_000);
    // The clocks of Regions may differ: here the leaf seems to be the oldest, so the order is found by trying.
    await members.describe('Orders');
    fake.edit('ap-south-1', { createdAtMs: START - 3_600_000 });
    const events = await removing(fake, clock, { regions: ['eu-west-1', 'ap-south-1'] });
    expect(storyOf(events)).toEqual([
      'deleting eu-west-1',
      'locked eu-west-1',
      'deleting ap-south-1',
      'gone ap-south-1',
      'deleting eu-west-1',
      'gone eu-west-1',
    ]);
  });

  it('explains the lock when nothing that is locked can go', async () => {
    const clock = fakeClock(START);
    const fake = fakeGlobal(clock);
    await adding(fake, clock, { regions: ['eu-west-1'] });
    await expect(removing(fake, clock, { regions: ['us-east-1'], asked: 'eu-west-1' })).rejects.toMatchObject({
      code: 'source-lock',
      message: expect.stringContaining('us-east-1: within the last 24 hours another replica was filled'),
      hint: expect.stringContaining('Remove that younger replica too'),
    });
    clock.advance(86_400_000);
    const events = await removing(fake, clock, { regions: ['us-east-1'], asked: 'eu-west-1' });
    expect(storyOf(events).at(-1)).toBe('gone us-east-1');
  });

  it('goes on where it was stopped', async () => {
    const { clock, fake } = settled();
    await removing(fake, clock, { regions: ['ap-south-1'], wait: false });
    const events = await removing(fake, clock, { regions: ['ap-south-1', 'eu-west-1'] });
    expect(storyOf(events)).toEqual(['gone ap-south-1', 'deleting eu-west-1', 'gone eu-west-1']);
    expect(fake.changes).toEqual(['us-east-1 delete ap-south-1', 'us-east-1 delete eu-west-1']);
  });

  it('ends with exit 6 when the time is over', async () => {
    const { clock, fake } = settled();
    await expect(removing(fake, clock, { regions: ['eu-west-1'], timeoutMs: 30_000 })).rejects.toMatchObject({
      code: 'timeout',
      exitCode: 6,
    });
  });

  it('takes a strongly consistent group down in its one call', async () => {
    const clock = fakeClock(START);
    const fake = fakeGlobal(clock);
    await adding(fake, clock, { regions: ['us-east-2'], consistency: 'strong', witness: 'us-west-2' });
    const events = await removing(fake, clock, { regions: undefined });
    expect(storyOf(events)).toEqual(['deleting us-east-2', 'deleting us-west-2', 'gone us-west-2', 'gone us-east-2']);
    expect(fake.changes.at(-1)).toBe('us-east-1 unmake us-east-2 witness us-west-2');
  });
});
