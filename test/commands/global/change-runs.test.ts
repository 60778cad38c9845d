import { describe, expect, it } from 'vitest';
import type { AddReplicaOptions } from '../../../src/commands/global/add-replica.js';
import { runAddReplica } from '../../../src/commands/global/add-replica-run.js';
import { runDiff } from '../../../src/commands/global/diff-run.js';
import { runRemoveReplica } from '../../../src/commands/global/remove-replica-run.js';
import { runWait } from '../../../src/commands/wait-run.js';
import type { GlobalOptions } from '../../../src/context.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeContext } from '../../support/fake-context.js';
import { type FakeGlobal, fakeGlobal } from '../../support/fake-global.js';

const START = Date.UTC(2026, 10, 24);
const table = { tableName: 'Orders' };
const change = { dryRun: false, yes: true, showAws: false };

function stage(
  options: {
    readonly globals?: Partial<GlobalOptions>;
    readonly tty?: boolean;
    readonly stdin?: string;
    readonly prepare?: (fake: FakeGlobal) => void;
  } = {},
) {
  const clock = fakeClock(START);
  const fake = fakeGlobal(clock);
  options.prepare?.(fake);
  const isTty = options.tty ?? false;
  const context = fakeContext({
    clock,
    globals: { region: 'us-east-1', ...options.globals },
    aws: fake.aws,
    io: {
      stdinTty: isTty,
      stderrTty: isTty,
      progress: false,
      ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    },
  });
  return { clock, fake, context, io: context.io };
}

const adding = (regions: readonly string[], options: Partial<AddReplicaOptions> = {}): AddReplicaOptions => ({
  table,
  replicas: regions.map(region => ({ region, kmsKey: undefined, tableClass: undefined, readCapacity: undefined })),
  consistency: 'eventual',
  witness: undefined,
  copySettings: true,
  wait: true,
  ...change,
  ...options,
});

/** What differs in the home Region, and what DynamoDB does not carry over. */
const withSettings = (fake: FakeGlobal): void => {
  fake.edit('us-east-1', { isDeletionProtected: true });
  fake.settings('us-east-1').tags = { team: 'shop' };
  fake.settings('us-east-1').recovery = { enabled: true, days: 14 };
};

describe('add-replica', () => {
  it('adds, carries settings over, and says each thing once', async () => {
    const { context, io, fake } = stage({ prepare: withSettings });
    expect(await runAddReplica(adding(['eu-west-1']), context)).toBe(0);
    expect(io.stdoutText.split('\n')).toEqual([
      expect.stringMatching(/^eu-west-1: ACTIVE after 1m \d+s$/),
      'eu-west-1: deletion-protection on',
      'eu-west-1: point-in-time-recovery on, 14 days',
      'eu-west-1: tags team=shop',
      '',
    ]);
    expect(io.stderrText).toContain('Add to Orders, from us-east-1:\n  eu-west-1: make a replica\n');
    expect(io.stderrText).toMatch(/eu-west-1: requested\neu-west-1: CREATING 0%\neu-west-1: CREATING 50%\n$/);
    expect(fake.changes).toEqual([
      'us-east-1 create eu-west-1',
      'eu-west-1 protection true',
      'eu-west-1 recovery true 14',
      'eu-west-1 tag team',
    ]);
  });

  it('leaves settings alone with --no-copy-settings', async () => {
    const { context, fake } = stage({ prepare: withSettings });
    await runAddReplica(adding(['eu-west-1'], { copySettings: false }), context);
    expect(fake.changes).toEqual(['us-east-1 create eu-west-1']);
  });

  it('changes nothing with --dry-run, and prints the calls', async () => {
    const { context, io, fake } = stage();
    expect(await runAddReplica(adding(['eu-west-1'], { dryRun: true }), context)).toBe(0);
    expect(fake.changes).toEqual([]);
    expect(io.stdoutText).toContain(
      `$ aws dynamodb update-table --table-name Orders --region us-east-1 --replica-updates '[{"Create":{"RegionName":"eu-west-1"}}]'`,
    );
    expect(io.stderrText).toContain('Nothing was changed (--dry-run).');
  });

  it('sends nothing when a check fails, and ends with 4 and the mend', async () => {
    const { context, fake } = stage({
      prepare: made => {
        made.edit('us-east-1', { capacity: { readUnits: 5, writeUnits: 5 } });
      },
    });
    await expect(runAddReplica(adding(['eu-west-1']), context)).rejects.toMatchObject({
      code: 'preflight-failed',
      exitCode: 4,
      message: 'Nothing was changed: AWS would refuse to add eu-west-1 to Orders (billing).',
      hint: expect.stringContaining('--billing-mode PAY_PER_REQUEST'),
    });
    expect(fake.changes).toEqual([]);
  });

  it('checks nothing again for what is only waited for', async () => {
    const { context, io, fake } = stage({ globals: { output: 'json' } });
    await runAddReplica(adding(['eu-west-1'], { wait: false }), context);
    fake.edit('us-east-1', { capacity: { readUnits: 5, writeUnits: 5 } });
    context.clock.sleep(10_000).catch(() => undefined);
    const before = io.stdoutText.length;
    await context.clock.sleep(10_000);
    expect(await runAddReplica(adding(['eu-west-1']), context)).toBe(0);
    expect(JSON.parse(io.stdoutText.slice(before))).toMatchObject({
      checks: [],
      steps: [{ region: 'eu-west-1', step: 'wait' }],
      regions: [{ region: 'eu-west-1', result: 'added' }],
    });
  });

  it('names the whole command when the time is over', async () => {
    const { context } = stage({ globals: { timeoutMs: 20_000, profile: 'night' } });
    await expect(runAddReplica(adding(['eu-west-1', 'sa-east-1']), context)).rejects.toMatchObject({
      exitCode: 6,
      hint: 'AWS goes on with what was begun. Pick it up again with: ddbx global add-replica Orders eu-west-1 sa-east-1 --region us-east-1 --profile night',
    });
  });

  it('tells the story as events for machines', async () => {
    const { context, io } = stage({ globals: { output: 'ndjson' } });
    await runAddReplica(adding(['eu-west-1']), context);
    const events = io.stdoutText
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { type: string });
    const types = events.map(event => event.type).filter((type, index, all) => type !== all[index - 1]);
    expect(types).toEqual(['check', 'plan', 'creating', 'progress', 'active', 'summary']);
    expect(io.stderrText).toBe('');
  });

  it('refuses the Region of the table and legacy tables before anything is sent', async () => {
    const { context } = stage();
    await expect(runAddReplica(adding(['us-east-1']), context)).rejects.toMatchObject({ exitCode: 2 });
    const legacy = stage({
      prepare: fake => {
        fake.edit('us-east-1', { globalTableVersion: '2017.11.29' });
      },
    });
    await expect(runAddReplica(adding(['eu-west-1']), legacy.context)).rejects.toMatchObject({
      code: 'legacy-global-table',
    });
  });
});

describe('remove-replica', () => {
  const removing = (regions: readonly string[], yes = true) => ({ table, regions, wait: true, ...change, yes });
  const withReplica = (fake: FakeGlobal): void => {
    fake.join('eu-west-1', { createdAtMs: 0, itemCount: 1_200, sizeBytes: 4_096 });
  };

  it('asks for the name of the table, and deletes when it is typed', async () => {
    const { context, io, fake } = stage({ tty: true, stdin: 'Orders\n', prepare: withReplica });
    expect(await runRemoveReplica(removing(['eu-west-1'], false), context)).toBe(0);
    expect(io.stderrText).toContain('eu-west-1 (1,200 items, 4KB by the last count)');
    expect(io.stderrText).toContain('This deletes the table Orders and its data in eu-west-1.');
    expect(io.stdoutText).toBe('eu-west-1: gone\n');
    expect(fake.changes).toEqual(['us-east-1 delete eu-west-1']);
  });

  it('changes nothing when something else is typed, or nobody can be asked', async () => {
    const wrong = stage({ tty: true, stdin: 'orders\n', prepare: withReplica });
    await expect(runRemoveReplica(removing(['eu-west-1'], false), wrong.context)).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    const silent = stage({ prepare: withReplica });
    await expect(runRemoveReplica(removing(['eu-west-1'], false), silent.context)).rejects.toMatchObject({
      exitCode: 2,
      hint: 'add --yes',
    });
    expect([...wrong.fake.changes, ...silent.fake.changes]).toEqual([]);
  });

  it('asks nothing when nothing is there to be removed', async () => {
    const { context, io } = stage();
    expect(await runRemoveReplica(removing(['eu-west-1'], false), context)).toBe(0);
    expect(io.stdoutText).toBe('eu-west-1: unchanged, no replica of Orders is there\n');
  });
});

describe('diff', () => {
  const prepare = (fake: FakeGlobal): void => {
    fake.join('eu-west-1');
    withSettings(fake);
  };

  it('ends with 4 when something drifted, and with 0 when it is mended', async () => {
    const { context, io, fake } = stage({ prepare });
    expect(await runDiff({ table, fix: false, ...change, yes: false }, context)).toBe(4);
    expect(io.stdoutText.split('\n')[0]).toBe('SETTING                 US-EAST-1  EU-WEST-1');
    expect(fake.changes).toEqual([]);
    expect(await runDiff({ table, fix: true, ...change }, context)).toBe(0);
    expect(fake.changes).toEqual(['eu-west-1 protection true', 'eu-west-1 recovery true 14', 'eu-west-1 tag team']);
  });

  it('asks before it changes anything', async () => {
    const { context, fake } = stage({ tty: true, stdin: 'n\n', prepare });
    await expect(runDiff({ table, fix: true, ...change, yes: false }, context)).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    expect(fake.changes).toEqual([]);
  });

  it('is done in part when a Region could not be read', async () => {
    const { context, io } = stage({
      prepare: fake => {
        fake.join('eu-west-1');
        fake.breakRegion('eu-west-1', 'denied');
      },
    });
    expect(await runDiff({ table, fix: false, ...change, yes: false }, context)).toBe(3);
    expect(io.stderrText).toMatch(/warning: deletion-protection, .* not compared in eu-west-1: Access denied/);
  });
});

describe('wait --for replicas-active', () => {
  it('waits for what somebody else began', async () => {
    const { context, io, fake, clock } = stage();
    await (await fake.aws.replicas('us-east-1')).createReplica('Orders', { region: 'eu-west-1' });
    clock.advance(8_000);
    expect(await runWait({ table, state: 'replicas-active' }, context)).toBe(0);
    expect(io.stdoutText).toBe('Orders (us-east-1): ACTIVE, and so are its replicas in eu-west-1\n');
    expect(io.stderrText).toContain('eu-west-1: CREATING 50%');
  });

  it('ends at once for a table without replicas, and for a replica that failed', async () => {
    await expect(runWait({ table, state: 'replicas-active' }, stage().context)).rejects.toMatchObject({
      code: 'not-global',
    });
    const failed = stage({
      prepare: fake => {
        fake.join('eu-west-1', {}, 'CREATION_FAILED');
      },
    });
    await expect(runWait({ table, state: 'replicas-active' }, failed.context)).rejects.toMatchObject({
      code: 'replica-failed',
    });
  });

  it('ends with exit 6 when the time is over', async () => {
    const { context, fake } = stage({ globals: { timeoutMs: 5_000 } });
    fake.join('eu-west-1', {}, 'CREATING');
    await expect(runWait({ table, state: 'replicas-active' }, context)).rejects.toMatchObject({
      exitCode: 6,
      hint: 'Wait on with: ddbx wait Orders --for replicas-active --region us-east-1',
    });
  });
});
