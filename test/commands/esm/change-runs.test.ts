import { describe, expect, it } from 'vitest';
import { runRepoint } from '../../../src/commands/esm/repoint-run.js';
import { runState } from '../../../src/commands/esm/state-run.js';
import type { StateOptions, StateVerb } from '../../../src/commands/esm/state-verbs.js';
import type { TuneOptions } from '../../../src/commands/esm/tune.js';
import { runTune } from '../../../src/commands/esm/tune-run.js';
import { parseMappingRef } from '../../../src/lib/esm/mapping-ref.js';
import { fakeUuid } from '../../support/fake-mappings.js';
import { fakeStreamArn } from '../../support/fake-tables.js';
import { esmWorld, eventsOf, LABEL, type WorldParts } from './esm-world.js';

const mapping = parseMappingRef('Orders:orders-indexer');
const safe = { dryRun: false, yes: false, showAws: false };
const tuning = (settings: TuneOptions['settings'], parts: Partial<TuneOptions> = {}): TuneOptions => ({
  mapping,
  settings,
  preset: undefined,
  wait: true,
  ...safe,
  ...parts,
});

describe('tune', () => {
  it('prints old -> new, and changes only that', async () => {
    const { mappings, context } = esmWorld({
      mappings: [{ settings: { onFailure: 'arn:aws:sns:eu-central-1:111122223333:t' } }],
    });
    expect(await runTune(tuning({ batchSize: 200, maximumRetryAttempts: 3 }), context)).toBe(0);
    expect(context.io.stderrText).toMatch(/batch size +100 -> 200\n +retries +infinite -> 3\n/);
    expect(context.io.stdoutText).toBe(`Orders:orders-indexer (eu-central-1): tuned, Enabled\n  ${fakeUuid(1)}\n`);
    expect(mappings.all()[0]?.settings).toMatchObject({
      batchSize: 200,
      maximumRetryAttempts: 3,
      parallelizationFactor: 1,
    });
    expect(context.io.stderrText).not.toContain('warning');
  });

  it('does nothing when nothing changes', async () => {
    const { mappings, context } = esmWorld();
    expect(await runTune(tuning({ batchSize: 100, filters: [] }), context)).toBe(0);
    expect(mappings.changes).toEqual([]);
    expect(context.io.stdoutText).toContain('unchanged, Enabled');
  });

  it('applies a preset, and says what it is for', async () => {
    const { mappings, context } = esmWorld();
    await runTune(tuning({}, { preset: 'low-latency' }), context);
    expect(mappings.all()[0]?.settings).toMatchObject({ batchSize: 10, parallelizationFactor: 10 });
    expect(context.io.stderrText).toContain('by the preset');
    expect(context.io.stderrText).toContain('Records reach the function at once');
  });

  it('waits while the mapping is in transition', async () => {
    const { mappings, context } = esmWorld();
    await mappings.update({ uuid: fakeUuid(1), enabled: false });
    await runTune(tuning({ batchSize: 5 }), context);
    expect(context.io.stderrText).toContain(`Mapping ${fakeUuid(1)} is Disabling: waiting until it can be changed`);
    expect(mappings.all()[0]).toMatchObject({ state: 'Disabled', settings: { batchSize: 5 } });
  });

  it('shows the calls of a dry run', async () => {
    const { mappings, context } = esmWorld();
    await runTune(
      tuning({ filters: [], metrics: true, onFailure: 'create', reportBatchItemFailures: true }, { dryRun: true }),
      context,
    );
    expect(mappings.changes).toEqual([]);
    expect(context.io.stdoutText).toContain(
      `$ aws lambda update-event-source-mapping --uuid ${fakeUuid(1)} --function-response-types ReportBatchItemFailures --destination-config '{"OnFailure":{"Destination":"arn:aws:sqs:eu-central-1:111122223333:orders-indexer-failures"}}' --metrics-config '{"Metrics":["EventCount"]}' --region eu-central-1`,
    );
  });

  it('lists two that fit, before anything is changed', async () => {
    const other = { uuid: fakeUuid(2), eventSourceArn: fakeStreamArn('Orders', '2026-11-22T00:00:00.000') };
    const { mappings, context } = esmWorld({ mappings: [{}, other] });
    await expect(runTune(tuning({ batchSize: 1 }), context)).rejects.toMatchObject({
      code: 'several-mappings',
      exitCode: 2,
    });
    expect(mappings.changes).toEqual([]);
  });
});

const state = (verb: StateVerb, parts: Partial<StateOptions> = {}): StateOptions => ({
  verb,
  mapping,
  wait: true,
  ...safe,
  ...parts,
});

describe('pause and resume', () => {
  it('reach the state, and are unchanged the second time', async () => {
    const { mappings, context } = esmWorld();
    await runState(state('pause'), context);
    await runState(state('pause'), context);
    expect(mappings.changes).toHaveLength(1);
    expect(context.io.stdoutText).toMatch(
      /: paused, Disabled\n.*\nOrders:orders-indexer \(eu-central-1\): unchanged, Disabled/,
    );
    await runState(state('resume'), context);
    expect(mappings.all()[0]?.state).toBe('Enabled');
  });

  it('waits for an earlier request instead of asking again', async () => {
    const { mappings, context } = esmWorld();
    await mappings.update({ uuid: fakeUuid(1), enabled: false });
    await runState(state('pause'), context);
    expect(mappings.changes).toHaveLength(1);
    expect(context.io.stdoutText).toContain('paused, Disabled');
  });

  it('shows what Lambda says of the last batch', async () => {
    const { context } = esmWorld({ mappings: [{ lastProcessingResult: 'PROBLEM: Function call failed' }] });
    await runState(state('pause'), context);
    expect(context.io.stderrText).toContain(
      'warning: The last batch failed. Lambda says: PROBLEM: Function call failed',
    );
  });

  it('exit 6 when it takes too long, and name the command that waits on', async () => {
    const { context } = esmWorld({ globals: { timeoutMs: 1_000 } });
    await expect(runState(state('pause'), context)).rejects.toMatchObject({
      exitCode: 6,
      hint: expect.stringContaining('ddbx esm pause Orders:orders-indexer --region eu-central-1') as string,
    });
  });

  it('are ndjson for machines', async () => {
    const { context } = esmWorld({ globals: { output: 'ndjson' } });
    await runState(state('pause'), context);
    expect(eventsOf(context.io.stdoutText).map(({ type }) => type)).toEqual([
      'plan',
      'requested',
      'reached',
      'summary',
    ]);
  });
});

describe('detach', () => {
  it('needs --yes where nobody can be asked', async () => {
    const { mappings, context } = esmWorld();
    await expect(runState(state('detach'), context)).rejects.toMatchObject({ exitCode: 2, hint: 'add --yes' });
    expect(mappings.changes).toEqual([]);
  });

  it.each([
    ['y\n', 'detached'],
    ['n\n', undefined],
  ])('asks, and does what is answered: %j', async (stdin, said) => {
    const { mappings, context } = esmWorld({ io: { stdinTty: true, stderrTty: true, progress: false, stdin } });
    const running = runState(state('detach'), context);
    if (said === undefined) {
      await expect(running).rejects.toMatchObject({ code: 'not-confirmed' });
      expect(mappings.all()).toHaveLength(1);
    } else {
      await running;
      expect(context.io.stdoutText).toContain(said);
      expect(mappings.all()).toEqual([]);
    }
  });

  it('is unchanged when there is no such mapping, with what was probably meant', async () => {
    const { context } = esmWorld();
    const missing = parseMappingRef('Orders:order-indexer');
    expect(await runState(state('detach', { mapping: missing, yes: true }), context)).toBe(0);
    expect(context.io.stdoutText).toContain('unchanged. No event source mapping leads from Orders to order-indexer');
    expect(context.io.stderrText).toContain('Did you mean Orders:orders-indexer?');
  });
});

describe('repoint', () => {
  const NEW = fakeStreamArn('Orders', '2026-11-23T08:00:00.000');
  const moved: WorldParts = { tables: [{ tableName: 'Orders', streamViewType: 'NEW_IMAGE', latestStreamArn: NEW }] };
  const closed: WorldParts = {
    ...moved,
    streams: [
      {
        tableName: 'Orders',
        label: LABEL,
        status: 'DISABLED',
        shards: [{ shardId: 's', closed: true, endingSequenceNumber: '9' }],
      },
    ],
  };
  const options = { mapping, now: false, quietMs: 180_000, ...safe };

  it('shows the plan, and changes nothing', async () => {
    const { mappings, context } = esmWorld(closed);
    expect(await runRepoint({ ...options, dryRun: true }, context)).toBe(0);
    expect(mappings.changes).toEqual([]);
    expect(context.io.stdoutText).toMatch(
      /1\. wait until .* has read the old stream to its end\n.*\n {2}2\. make a mapping .*\n.*\n {2}3\. remove/,
    );
  });

  it('moves when the old stream is read', async () => {
    const { mappings, context } = esmWorld(closed);
    expect(await runRepoint(options, context)).toBe(0);
    expect(mappings.all()).toMatchObject([{ eventSourceArn: NEW }]);
    expect(context.io.stdoutText).toContain('moved to the present stream');
    expect(context.io.stdoutText).toContain(`in place of ${fakeUuid(1)}`);
  });

  it('asks before --now skips what is left', async () => {
    const { mappings, context } = esmWorld(moved);
    await expect(runRepoint({ ...options, now: true }, context)).rejects.toMatchObject({
      exitCode: 2,
      hint: 'add --yes',
    });
    expect(mappings.changes).toEqual([]);
    await runRepoint({ ...options, now: true, yes: true }, context);
    expect(mappings.all()).toMatchObject([{ eventSourceArn: NEW }]);
  });

  it('is unchanged on the present stream', async () => {
    const { mappings, context } = esmWorld({ globals: { output: 'json' } });
    expect(await runRepoint(options, context)).toBe(0);
    expect(mappings.changes).toEqual([]);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({ changed: false, steps: [], uuid: fakeUuid(1) });
  });
});
