import { describe, expect, it } from 'vitest';
import type { AddEvent } from '../../../src/lib/global/add-replicas.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeGlobal } from '../../support/fake-global.js';
import { adding, storyOf } from './adding.js';

const START = Date.UTC(2026, 10, 24);

function stage(change: Parameters<typeof fakeGlobal>[2] = {}) {
  const clock = fakeClock(START);
  return { clock, fake: fakeGlobal(clock, 'us-east-1', change) };
}

describe('adding Regions', () => {
  it('makes one replica after the other, each followed to ACTIVE', async () => {
    const { clock, fake } = stage();
    const events = await adding(fake, clock, { regions: ['eu-west-1', 'ap-south-1', 'sa-east-1'] });
    expect(storyOf(events)).toEqual([
      'creating eu-west-1',
      'active eu-west-1',
      'creating ap-south-1',
      'active ap-south-1',
      'creating sa-east-1',
      'active sa-east-1',
    ]);
    expect(fake.changes).toEqual([
      'us-east-1 create eu-west-1',
      'us-east-1 create ap-south-1',
      'us-east-1 create sa-east-1',
    ]);
  });

  it('tells how far each is, from before AWS lists it', async () => {
    const { clock, fake } = stage();
    const events = await adding(fake, clock, { regions: ['eu-west-1'] });
    const progress = events.flatMap(event =>
      event.type === 'progress' ? [`${event.status} ${event.percent ?? '-'}`] : [],
    );
    expect([...new Set(progress)]).toEqual(['NOT_LISTED -', 'CREATING 0', 'CREATING 50']);
    expect(events.at(-1)).toMatchObject({ type: 'active', region: 'eu-west-1' });
  });

  it('does nothing for what is there, and waits for what was begun', async () => {
    const { clock, fake } = stage();
    await adding(fake, clock, { regions: ['eu-west-1'] });
    await adding(fake, clock, { regions: ['ap-south-1'], wait: false });
    clock.advance(10_000);
    const events = await adding(fake, clock, { regions: ['eu-west-1', 'ap-south-1', 'sa-east-1'] });
    expect(storyOf(events)).toEqual([
      'unchanged eu-west-1',
      'resumed ap-south-1',
      'active ap-south-1',
      'creating sa-east-1',
      'active sa-east-1',
    ]);
    expect(fake.changes).toHaveLength(3);
  });

  it('goes on where it was stopped, whenever that was', async () => {
    const undisturbed = stage();
    const whole = await adding(undisturbed.fake, undisturbed.clock, { regions: ['eu-west-1', 'ap-south-1'] });
    for (let stopAt = 1; stopAt <= whole.length; stopAt += 1) {
      const { clock, fake } = stage();
      const stop = new AbortController();
      let seen = 0;
      const onEvent = (): void => {
        seen += 1;
        if (seen === stopAt) stop.abort(new Error('stopped'));
      };
      await adding(fake, clock, { regions: ['eu-west-1', 'ap-south-1'], signal: stop.signal, onEvent }).catch(() => []);
      // AWS does not list a new replica at once: a run that comes too early finds the table busy, and then the replica.
      await adding(fake, clock, { regions: ['eu-west-1', 'ap-south-1'] });
      const home = await (await fake.aws.replicas('us-east-1')).describe('Orders');
      expect(home.replicas.map(({ region, status }) => `${region} ${status}`).sort()).toEqual([
        'ap-south-1 ACTIVE',
        'eu-west-1 ACTIVE',
      ]);
      expect(fake.changes).toHaveLength(2);
    }
  });

  it('waits while somebody else changes the table, then goes on', async () => {
    const { clock, fake } = stage();
    fake.busyUntilMs = START + 30_000;
    const events = await adding(fake, clock, { regions: ['eu-west-1'] });
    expect(events.filter(event => event.type === 'in-use').length).toBeGreaterThan(2);
    expect(events.find(event => event.type === 'in-use')).toMatchObject({ status: 'the table is UPDATING' });
    expect(storyOf(events).at(-1)).toBe('active eu-west-1');
  });

  it('waits until a replica that is being deleted is gone with its table', async () => {
    const { clock, fake } = stage();
    fake.join('eu-west-1');
    await (await fake.aws.replicas('us-east-1')).deleteReplica('Orders', 'eu-west-1');
    const events = await adding(fake, clock, { regions: ['eu-west-1'] });
    expect(storyOf(events)).toEqual(['gone eu-west-1', 'creating eu-west-1', 'active eu-west-1']);
  });

  it('bears looks that fail for a passing reason', async () => {
    const { clock, fake } = stage();
    let looks = 0;
    const { replicas } = fake.aws;
    const shaky = {
      ...fake,
      aws: {
        ...fake.aws,
        replicas: async (region: string) => {
          const gateway = await replicas(region);
          return {
            ...gateway,
            describe: async (...args: Parameters<typeof gateway.describe>) => {
              looks += 1;
              if (looks > 1 && looks % 3 === 0) fake.breakRegion('us-east-1', 'throttled');
              try {
                return await gateway.describe(...args);
              } finally {
                fake.mend('us-east-1');
              }
            },
          };
        },
      },
    };
    expect(storyOf(await adding(shaky, clock, { regions: ['eu-west-1'] })).at(-1)).toBe('active eu-west-1');
    expect(looks).toBeGreaterThan(5);
  });
});

describe('a Create that does not end well', () => {
  it('ends at once with the reason when AWS says CREATION_FAILED, and again on the next run', async () => {
    const { clock, fake } = stage();
    fake.setFate('fails');
    const failing = {
      code: 'replica-failed',
      message: expect.stringContaining('CREATION_FAILED (The KMS key is disabled)'),
    };
    await expect(adding(fake, clock, { regions: ['eu-west-1', 'sa-east-1'] })).rejects.toMatchObject(failing);
    await expect(adding(fake, clock, { regions: ['eu-west-1'] })).rejects.toMatchObject(failing);
    expect(fake.changes).toEqual(['us-east-1 create eu-west-1']);
  });

  it('is noticed when AWS gives it up without a trace', async () => {
    const { clock, fake } = stage();
    fake.setFate('vanishes');
    await expect(adding(fake, clock, { regions: ['eu-west-1'] })).rejects.toMatchObject({
      code: 'replica-vanished',
      hint: expect.stringContaining('ddbx global check Orders --add eu-west-1'),
    });
    expect(clock.now() - START).toBeLessThan(60_000);
  });

  it('is noticed when not even an entry ever appears', async () => {
    const { clock, fake } = stage();
    const { replicas } = fake.aws;
    const silent = async (region: string) => {
      const gateway = await replicas(region);
      return { ...gateway, createReplica: () => gateway.describe('Orders') };
    };
    const run = adding({ ...fake, aws: { ...fake.aws, replicas: silent } }, clock, { regions: ['eu-west-1'] });
    await expect(run).rejects.toMatchObject({ code: 'replica-vanished' });
    // The entry may take some seconds to appear, so it is not given up before.
    expect(clock.now() - START).toBeGreaterThanOrEqual(15_000);
  });

  it('ends with exit 6 when the time is over, and says how to go on', async () => {
    const { clock, fake } = stage();
    await expect(adding(fake, clock, { regions: ['eu-west-1'], timeoutMs: 20_000 })).rejects.toMatchObject({
      code: 'timeout',
      exitCode: 6,
      message:
        'Gave up waiting for the replica of Orders in eu-west-1 to be ACTIVE after 20s: the replica is CREATING.',
      hint: 'again: ddbx global add-replica',
    });
    expect(storyOf(await adding(fake, clock, { regions: ['eu-west-1'] }))).toEqual([
      'resumed eu-west-1',
      'active eu-west-1',
    ]);
  });

  it('passes on what AWS refuses', async () => {
    const { clock, fake } = stage();
    fake.breakRegion('us-east-1', 'denied');
    await expect(adding(fake, clock, { regions: ['eu-west-1'] })).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('a strongly consistent group', () => {
  it('is made in one call, and followed as a whole', async () => {
    const { clock, fake } = stage();
    const events = await adding(fake, clock, { regions: ['us-east-2'], consistency: 'strong', witness: 'us-west-2' });
    expect(fake.changes).toEqual(['us-east-1 strong us-east-2 witness us-west-2']);
    expect(storyOf(events)).toEqual([
      'creating us-east-2',
      'creating us-west-2',
      'active us-east-2',
      'active us-west-2',
    ]);
  });

  it('that is there already is left alone', async () => {
    const { clock, fake } = stage();
    const wanted = { regions: ['us-east-2', 'us-west-2'], consistency: 'strong' as const };
    await adding(fake, clock, wanted);
    expect(storyOf(await adding(fake, clock, wanted))).toEqual(['unchanged us-east-2', 'unchanged us-west-2']);
    expect(fake.changes).toHaveLength(1);
  });

  it('that was begun is waited for', async () => {
    const { clock, fake } = stage();
    const wanted = { regions: ['us-east-2', 'us-west-2'], consistency: 'strong' as const };
    expect(storyOf(await adding(fake, clock, { ...wanted, wait: false }))).toContain('requested us-east-2');
    clock.advance(8_000);
    const events: readonly AddEvent[] = await adding(fake, clock, wanted);
    expect(storyOf(events)).toEqual(['resumed us-east-2', 'resumed us-west-2', 'active us-east-2', 'active us-west-2']);
    expect(fake.changes).toHaveLength(1);
  });
});
