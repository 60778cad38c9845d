import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/lib/global/fix-settings.js';
import { readSettings } from '../../../src/lib/global/settings.js';
import { compareSettings, fixSteps } from '../../../src/lib/global/settings-diff.js';
import { fakeClock } from '../../support/fake-clock.js';
import { type FakeGlobal, fakeGlobal } from '../../support/fake-global.js';

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1'] as const;
const signal = new AbortController().signal;

function threeRegions(): FakeGlobal {
  const fake = fakeGlobal(fakeClock(0));
  fake.join('eu-west-1');
  fake.join('ap-south-1');
  return fake;
}

const readAll = (fake: FakeGlobal) =>
  Promise.all(REGIONS.map(region => readSettings(fake.aws, 'Orders', region, signal)));

/** Everything that DynamoDB does not carry over, set in one Region alone. */
function setHome(fake: FakeGlobal): void {
  fake.edit('us-east-1', { isDeletionProtected: true });
  Object.assign(fake.settings('us-east-1'), {
    recovery: { enabled: true, days: 14 },
    tags: { team: 'shop', stage: 'prod', 'aws:stack': 'x' },
    insights: ['byDay', 'table'],
    kinesis: ['arn:aws:kinesis:us-east-1:111122223333:stream/orders'],
    policy: '{"Version":"2012-10-17"}',
  });
}

describe('comparing settings', () => {
  it('finds nothing where all is the same', async () => {
    const comparison = compareSettings(await readAll(threeRegions()));
    expect(comparison.differences).toEqual([]);
    expect(comparison.unknown).toEqual([]);
    expect(comparison.same).toBe(6);
  });

  it('finds all that DynamoDB does not carry over', async () => {
    const fake = threeRegions();
    setHome(fake);
    const { differences } = compareSettings(await readAll(fake));
    const lines = differences.map(({ name, key, kind, values }) =>
      [kind, name, key, ...values.map(each => each.value)].filter(word => word !== '').join(' '),
    );
    expect(lines).toEqual([
      'drift deletion-protection on off off',
      'drift point-in-time-recovery 14 days off off',
      'drift kinesis-destination orders none none',
      'drift resource-policy 24 characters none none',
      'drift tag team shop none none',
      'drift tag stage prod none none',
      'drift tag aws:stack x none none',
      'drift contributor-insights byDay on off off',
      'drift contributor-insights table on off off',
    ]);
  });

  it('tells what may differ on purpose from what somebody forgot', async () => {
    const fake = threeRegions();
    fake.edit('eu-west-1', { tableClass: 'STANDARD_INFREQUENT_ACCESS' });
    const { differences } = compareSettings(await readAll(fake));
    expect(differences).toMatchObject([{ name: 'table-class', kind: 'override' }]);
  });

  it('compares streams only where each Region has its own to set', async () => {
    const fake = threeRegions();
    fake.edit('eu-west-1', { streamViewType: 'KEYS_ONLY' });
    expect(compareSettings(await readAll(fake)).differences).toEqual([]);
    const strong = fakeGlobal(fakeClock(0), 'us-east-1', { isStronglyConsistent: true });
    strong.join('eu-west-1', { streamViewType: 'KEYS_ONLY' });
    strong.join('ap-south-1');
    expect(compareSettings(await readAll(strong)).differences).toMatchObject([{ name: 'stream', kind: 'drift' }]);
  });

  it('takes what is not known for no difference, and names it', async () => {
    const fake = threeRegions();
    setHome(fake);
    fake.breakRegion('us-east-1', 'denied');
    const { differences, unknown } = compareSettings(await readAll(fake));
    expect(differences).toEqual([]);
    expect(new Set(unknown.map(({ region }) => region))).toEqual(new Set(['us-east-1']));
    expect(unknown.map(({ name }) => name)).toContain('tag');
  });
});

describe('fixing', () => {
  async function fix(fake: FakeGlobal): Promise<readonly string[]> {
    const [home, ...others] = await readAll(fake);
    if (home === undefined) return [];
    const steps = others.flatMap(other => fixSteps(home, other));
    const byRegion = new Map(others.map(other => [other.region, other]));
    const made: string[] = [];
    for await (const change of applyFixes(steps, byRegion, { aws: fake.aws, tableName: 'Orders', signal })) {
      made.push(`${change.region} ${change.setting} ${change.to}`);
    }
    return made;
  }

  it('brings every Region to the asked one, and is done then', async () => {
    const fake = threeRegions();
    setHome(fake);
    expect((await fix(fake)).slice(0, 5)).toEqual([
      'eu-west-1 deletion-protection on',
      'eu-west-1 point-in-time-recovery on, 14 days',
      'eu-west-1 tags team=shop, stage=prod',
      'eu-west-1 contributor-insights on for index byDay',
      'eu-west-1 contributor-insights on for the table',
    ]);
    expect(fake.settings('ap-south-1')).toMatchObject({
      recovery: { enabled: true, days: 14 },
      tags: { team: 'shop', stage: 'prod' },
      insights: ['byDay', 'table'],
    });
    expect(await fix(fake)).toEqual([]);
  });

  it('turns nothing off and takes nothing away', async () => {
    const fake = threeRegions();
    fake.edit('eu-west-1', { isDeletionProtected: true });
    Object.assign(fake.settings('eu-west-1'), {
      recovery: { enabled: true, days: 35 },
      tags: { owner: 'x' },
      insights: ['table'],
    });
    expect(await fix(fake)).toEqual([]);
    expect(fake.changes).toEqual([]);
  });

  it('leaves alone what it could not read', async () => {
    const fake = threeRegions();
    setHome(fake);
    fake.breakRegion('eu-west-1', 'denied');
    const [home, other] = await readAll(fake);
    expect(home !== undefined && other !== undefined ? fixSteps(home, other) : undefined).toEqual([]);
  });
});
