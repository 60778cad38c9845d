import { describe, expect, it } from 'vitest';
import { estimateCommand } from '../../../src/commands/cost/estimate.js';
import { runEstimate } from '../../../src/commands/cost/estimate-run.js';
import { bundledBook } from '../../../src/lib/cost/books.js';
import { ExitCode } from '../../../src/lib/model/error.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fakeContext, type FakeContextOptions } from '../../support/fake-context.js';
import { parsedOptions } from '../../support/parsed-options.js';

const DAY_MS = 86_400_000;
const publishedMs = Date.parse(`${bundledBook().publishedOn}T00:00:00Z`);

/** Runs an estimate so many days after the bundled book; no door to AWS is open. */
async function estimateAfter(days: number, argv: readonly string[], parts: Partial<FakeContextOptions> = {}) {
  const parsed = await parsedOptions(estimateCommand, argv);
  if (!('options' in parsed)) throw new Error(parsed.refusal);
  const context = fakeContext({
    clock: fakeClock(publishedMs + days * DAY_MS),
    globals: { region: 'us-east-1' },
    ...parts,
  });
  const exitCode = await runEstimate(parsed.options, context);
  return { exitCode, stdout: context.io.stdoutText, stderr: context.io.stderrText };
}

const table = ['--writes', '3M/month'];

describe('ddbx cost estimate', () => {
  it('asks nobody for anything, and warns of nothing while the prices are fresh', async () => {
    const { exitCode, stdout, stderr } = await estimateAfter(90, table);
    expect([exitCode, stderr]).toEqual([ExitCode.done, '']);
    expect(stdout).toContain('$1.88');
  });

  it('warns of prices that are older than 90 days, but not of old ones that were asked for', async () => {
    const { exitCode, stderr } = await estimateAfter(91, table);
    expect(exitCode).toBe(ExitCode.done);
    expect(stderr).toContain(`The prices are 91 days old (published ${bundledBook().publishedOn}).`);
    expect(stderr).toContain('ddbx cost prices update brings new ones.');
    expect((await estimateAfter(91, [...table, '--prices', '2019'])).stderr).toBe('');
  });

  it.each([
    ['more than a month may cost', ['--fail-above', '1.87'], ExitCode.checkFailed],
    ['not more', ['--fail-above', '1.875'], ExitCode.done],
    ['a price is missing', ['--pitr', '--storage', '1GB'], ExitCode.partial],
    ['both', ['--pitr', '--storage', '1GB', '--fail-above', '1'], ExitCode.checkFailed],
  ])('ends by what it finds: %s', async (_name, argv, exitCode) => {
    expect((await estimateAfter(1, [...table, ...argv])).exitCode).toBe(exitCode);
  });

  it('leaves the formulas out of a terminal that is too narrow for them, and breaks sentences between words', async () => {
    const argv = [...table, '--replica', 'eu-west-1'];
    const wide = await estimateAfter(1, argv, { io: { stdoutTty: true, width: 200 } });
    const narrow = await estimateAfter(1, argv, { io: { stdoutTty: true, width: 80 } });
    expect(wide.stdout).toContain('replicated-write-units');
    expect(narrow.stdout).not.toContain('replicated-write-units');
    const longest = Math.max(...narrow.stdout.split('\n').map(line => line.replace(/\u001B\[\d+m/g, '').length));
    expect(longest).toBeLessThanOrEqual(80);
  });

  it.each([
    [['--table', 'Orders', '--writes', '1/s'], '--table measures; --writes describes.'],
    [['--table', 'Orders', '--workload', 'w.yaml'], '--table measures; --workload describes.'],
    [[...table, '--sweep', 'writes=1..5/s', '--what-if', 'capacity=on-demand'], 'two questions'],
    [[...table, '--sweep', 'writes=1..5/s', '--fail-above', '1'], 'asks about one sum'],
    [['--table', 'Orders', '--what-if', 'item-size=2KB'], 'CloudWatch counts units, not items'],
    [['--table', 'Orders', '--sweep', 'item-size=1KB..2KB'], 'CloudWatch counts units, not items'],
    [[], 'There is nothing to estimate.'],
    [['--table', 'Orders', '--period', '500d'], 'is no period to measure'],
    [['--table', 'Orders', '--period', '5m'], 'Take one from 1h to 455d'],
  ])('refuses %j', async (argv, complaint) => {
    const parsed = await parsedOptions(estimateCommand, argv);
    expect('refusal' in parsed ? parsed.refusal : 'taken').toContain(complaint);
  });
});
