import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCommand, type CheckOptions } from '../../../src/commands/filter/check.js';
import { runCheck } from '../../../src/commands/filter/check-run.js';
import { explainCommand } from '../../../src/commands/filter/explain.js';
import { runExplain } from '../../../src/commands/filter/explain-run.js';
import { importCommand } from '../../../src/commands/filter/import.js';
import { runImport } from '../../../src/commands/filter/import-run.js';
import { measureCommand, type MeasureCommandOptions } from '../../../src/commands/filter/measure.js';
import { runMeasure } from '../../../src/commands/filter/measure-run.js';
import { testCommand } from '../../../src/commands/filter/test.js';
import { runTest } from '../../../src/commands/filter/test-run.js';
import { parseMappingRef } from '../../../src/lib/esm/mapping-ref.js';
import { ExitCode } from '../../../src/lib/model/error.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeContext, type FakeContextOptions } from '../../support/fake-context.js';
import { type FakeMapping, fakeMappings } from '../../support/fake-mappings.js';
import { parsedOptions } from '../../support/parsed-options.js';
import { ordersWorld, ORDERS, PACE, temporaryFolder } from '../streams/read-commands.js';

const INSERT = '{"eventName": ["INSERT"]}';
const clock = fakeClock(Date.UTC(2026, 10, 23));
const contextOf = (options: Omit<FakeContextOptions, 'clock'> = {}) => fakeContext({ clock, ...options });
const folder = temporaryFolder();

/** A file of the test's own with this in it. */
function fileWith(text: string, name = 'file.json'): string {
  const path = folder.path(name);
  writeFileSync(path, text);
  return path;
}

describe('ddbx filter check', () => {
  const options = (patterns: readonly string[], failOn: CheckOptions['failOn'] = 'warning'): CheckOptions => ({
    patterns,
    viewType: undefined,
    failOn,
  });
  const noted = '{"dynamodb": {"NewImage": {"a": {"S": ["x"]}}}}';
  const trapped = '{"eventName": ["insert"]}';

  it.each([
    ['error', [0, 0, 0, 4]],
    ['warning', [0, 0, 4, 4]],
    ['note', [0, 4, 4, 4]],
  ] as const)('fails on %s and what is worse', async (failOn, exitCodes) => {
    const exits = [INSERT, noted, trapped, '{}'].map(pattern => runCheck(options([pattern], failOn), contextOf()));
    expect(await Promise.all(exits)).toStrictEqual(exitCodes);
  });

  it('reads patterns from files, documents of AWS among them', async () => {
    const criteria = JSON.stringify({ FilterCriteria: { Filters: [{ Pattern: INSERT }, { Pattern: trapped }] } });
    const context = contextOf({ globals: { output: 'json' } });
    await runCheck(options([`@${fileWith(criteria)}`, `@${fileWith(`${INSERT}\n`, 'one.json')}`]), context);
    const { filters } = JSON.parse(context.io.stdoutText) as { filters: readonly { pattern: string }[] };
    expect(filters.map(({ pattern }) => pattern)).toStrictEqual([INSERT, trapped, INSERT]);
  });

  it('points at the line in a file of several', async () => {
    const context = contextOf();
    await runCheck(options([`@${fileWith('{\n  "eventName": [\n    "insert"\n  ]\n}\n')}`]), context);
    expect(context.io.stdoutText).toContain('"REMOVE" (3:5)');
  });

  it('refuses a file without filters, and one that is not there', async () => {
    const empty = fileWith('{"Filters": []}');
    await expect(runCheck(options([`@${empty}`]), contextOf())).rejects.toThrow(`There is no filter in @${empty}.`);
    await expect(runCheck(options(['@/nowhere']), contextOf())).rejects.toMatchObject({ exitCode: ExitCode.usage });
  });

  it('takes its options', async () => {
    expect(await parsedOptions(checkCommand, [INSERT, '@b', '--view', 'new-image', '--fail-on', 'note'])).toEqual({
      options: { patterns: [INSERT, '@b'], viewType: 'NEW_IMAGE', failOn: 'note' },
    });
    expect(await parsedOptions(checkCommand, [])).toEqual({ refusal: expect.stringContaining("'pattern'") });
  });
});

describe('ddbx filter test', () => {
  const records = ['INSERT', 'MODIFY', 'INSERT'].map((eventName, n) => JSON.stringify({ eventName, n })).join('\n');

  it('prints the lines that pass as they came, and counts on stderr', async () => {
    const spaced = '{ "eventName" : "INSERT", "big": 12345678901234567890 }';
    const context = contextOf({ io: { stdin: `${spaced}\n\n{"eventName": "MODIFY"}` } });
    expect(await runTest({ patterns: [INSERT], records: '-', invert: false }, context)).toBe(ExitCode.done);
    expect(context.io.stdoutText).toBe(`${spaced}\n`);
    expect(JSON.parse(context.io.stderrText)).toStrictEqual({ type: 'summary', tested: 2, passed: 1, failed: 1 });
  });

  it('says the counts in words on a terminal', async () => {
    const context = contextOf({ io: { stdin: records, stdoutTty: true } });
    await runTest({ patterns: [INSERT], records: '-', invert: false }, context);
    expect(context.io.stderrText).toBe('2 of 3 records pass\n');
  });

  it('turns around with --invert, exit code and all', async () => {
    const inverted = (patterns: readonly string[]) => {
      const context = contextOf({ io: { stdin: records } });
      return runTest({ patterns, records: '-', invert: true }, context).then(code => [code, context.io.stdoutText]);
    };
    expect(await inverted([INSERT])).toStrictEqual([ExitCode.done, '{"eventName":"MODIFY","n":1}\n']);
    expect(await inverted([INSERT, '{"n": [1]}'])).toStrictEqual([ExitCode.checkFailed, '']);
  });

  it('ends with 4 when nothing passes, and with 2 when the pattern is not valid', async () => {
    const nothing = contextOf({ io: { stdin: records } });
    expect(await runTest({ patterns: ['{"n": ["0"]}'], records: '-', invert: false }, nothing)).toBe(4);
    const invalid = runTest({ patterns: [INSERT, '{"n": 0}'], records: '-', invert: false }, contextOf());
    await expect(invalid).rejects.toMatchObject({ code: 'invalid-filter', exitCode: 2, message: /^Filter 2 / });
  });

  it('writes many records in few pieces', async () => {
    const lines = `${JSON.stringify({ eventName: 'INSERT', text: 'x'.repeat(1000) })}\n`.repeat(500);
    const context = contextOf({ io: { stdin: lines } });
    await runTest({ patterns: [INSERT], records: '-', invert: false }, context);
    expect(context.io.stdoutText).toBe(lines);
  });

  it.each([
    ['a line that is cut off', '{"a": 1}\n{"b"\n', 'Line 2 of the recording is not JSON'],
    ['a number', '5', 'Line 1 of the recording is not a JSON object.'],
    ['a list of numbers', '[{}, 5]', 'The recording has no JSON object as member 2 of its list.'],
  ])('refuses %s, and says where', async (_, stdin, message) => {
    const context = contextOf({ io: { stdin } });
    await expect(runTest({ patterns: [INSERT], records: '-', invert: false }, context)).rejects.toThrow(message);
  });

  it('takes its options', async () => {
    expect(await parsedOptions(testCommand, [INSERT, '--records', '-', '--invert'])).toEqual({
      options: { patterns: [INSERT], records: '-', invert: true },
    });
    expect(await parsedOptions(testCommand, [INSERT])).toEqual({ refusal: expect.stringContaining('--records') });
  });
});

describe('ddbx filter explain', () => {
  it('ends with 4 when none of the records passes, and explains each', async () => {
    const context = contextOf({ io: { stdin: '[{"eventName": "MODIFY"}, {}]' } });
    expect(await runExplain({ patterns: [INSERT], record: '-' }, context)).toBe(ExitCode.checkFailed);
    expect(context.io.stdoutText).toBe(
      [
        'Record 1 does not pass.',
        '',
        'HOLDS  PATH       FOUND     WANTED',
        'no     eventName  "MODIFY"  "INSERT"',
        '',
        'Record 2 does not pass.',
        '',
        'HOLDS  PATH       FOUND                  WANTED',
        'no     eventName  nothing: no eventName  "INSERT"',
        '',
      ].join('\n'),
    );
  });

  it('keeps a record from steering the terminal', async () => {
    const context = contextOf({ io: { stdin: '{"eventName": "\\u001b[2J"}' } });
    await runExplain({ patterns: [INSERT], record: '-' }, context);
    expect(context.io.stdoutText).not.toContain('\u001b');
  });

  it('takes its options', async () => {
    expect(await parsedOptions(explainCommand, [INSERT, '--record', 'a.json'])).toEqual({
      options: { patterns: [INSERT], record: 'a.json' },
    });
  });
});

describe('ddbx filter measure', () => {
  const options = (overrides: Partial<MeasureCommandOptions> = {}): MeasureCommandOptions => ({
    patterns: [INSERT],
    table: ORDERS,
    since: '10m',
    batchSize: 100,
    windowMs: 0,
    pace: PACE,
    ...overrides,
  });

  it('judges what the stream holds', async () => {
    const { streams, left, right, contextFor } = ordersWorld();
    streams.write(left, 6);
    streams.write(right, 2);
    const context = contextFor({ globals: { output: 'json' } });
    expect(await runMeasure(options({ patterns: ['{"eventName": ["REMOVE"]}'] }), context)).toBe(ExitCode.done);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({
      table: 'Orders',
      records: 8,
      passed: 0,
      share: 0,
      invocations: { withoutFilter: 2, withFilter: 0, saved: 2, savedShare: 1 },
      lost: { records: 8, reasons: [{ filter: 1, path: 'eventName', records: 8 }] },
    });
  });

  it('reads the pattern before anything is asked of AWS', async () => {
    const context = contextOf();
    await expect(runMeasure(options({ patterns: ['{}'] }), context)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('takes its options, within the limits of a mapping', async () => {
    const argv = [INSERT, '--table', 'Orders', '--batch-size', '500', '--window', '5s'];
    expect(await parsedOptions(measureCommand, argv)).toEqual({
      options: {
        patterns: [INSERT],
        table: ORDERS,
        since: '1h',
        batchSize: 500,
        windowMs: 5_000,
        pace: { pollIntervalMs: 1_000, maxRequestsPerSecond: undefined, maxWaitMs: 600_000 },
      },
    });
    for (const [flag, value, says] of [
      ['--batch-size', '10001', 'at most 10000'],
      ['--window', '301s', 'at most 5m'],
    ] as const) {
      const parsed = await parsedOptions(measureCommand, [INSERT, '--table', 'Orders', flag, value]);
      expect(parsed).toEqual({ refusal: expect.stringContaining(says) });
    }
  });
});

describe('ddbx filter import', () => {
  const importFrom = async (mapping: FakeMapping, options: Omit<FakeContextOptions, 'clock' | 'aws'> = {}) => {
    const context = contextOf({ ...options, aws: { mappings: async () => fakeMappings(clock, [mapping]) } });
    const exitCode = await runImport({ mapping: parseMappingRef('Orders:orders-indexer') }, context);
    return { exitCode, stdout: context.io.stdoutText, stderr: context.io.stderrText };
  };

  it('prints what @file reads again when it goes into a file', async () => {
    const { exitCode, stdout } = await importFrom({ settings: { filters: [INSERT, '{"eventName": ["REMOVE"]}'] } });
    expect(exitCode).toBe(ExitCode.done);
    const context = contextOf({ globals: { output: 'json' } });
    await runCheck({ patterns: [`@${fileWith(stdout)}`], viewType: undefined, failOn: 'error' }, context);
    expect(JSON.parse(context.io.stdoutText)).toMatchObject({ filters: [{ pattern: INSERT }, { valid: true }] });
  });

  it('prints a filter a line on a terminal, and events when asked', async () => {
    const mapping = { settings: { filters: [INSERT] } };
    expect((await importFrom(mapping, { io: { stdoutTty: true } })).stdout).toBe(`${INSERT}\n`);
    const { stdout } = await importFrom(mapping, { globals: { output: 'ndjson' } });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line) as unknown),
    ).toMatchObject([
      { type: 'filter', filter: 1, pattern: INSERT },
      { type: 'summary', table: 'Orders', filters: 1 },
    ]);
  });

  it('says that a mapping has none', async () => {
    const { stdout, stderr } = await importFrom({});
    expect(JSON.parse(stdout)).toStrictEqual({ Filters: [] });
    expect(stderr).toContain('every record passes');
  });

  it('says why encrypted filters cannot be read', async () => {
    const kmsKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1';
    await expect(importFrom({ settings: { kmsKeyArn, filters: undefined } })).rejects.toMatchObject({
      code: 'filters-not-readable',
      exitCode: ExitCode.auth,
      hint: expect.stringContaining('kms:Decrypt'),
    });
  });

  it('takes a mapping', async () => {
    expect(await parsedOptions(importCommand, ['Orders:orders-indexer'])).toEqual({
      options: { mapping: parseMappingRef('Orders:orders-indexer') },
    });
    expect(await parsedOptions(importCommand, ['Orders'])).toEqual({ refusal: expect.stringContaining('"Orders"') });
  });
});
