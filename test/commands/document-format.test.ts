import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { declareVerb } from '../../src/commands/verb.js';
import { makeHost } from '../../src/host.js';
import { ExitCode } from '../../src/lib/model/error.js';
import { runDdbx } from '../support/run-ddbx.js';
import { fakeWorld } from '../support/fake-world.js';

/** Parses a command line of a verb that has csv, and gives back what the verb was told. */
async function formatsSeen(argv: readonly string[]): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const host = makeHost(fakeWorld());
  const command = new Command('draw')
    .option('--output <format>')
    .option('--query <expression>')
    .action((_flags: unknown, self: Command) =>
      host.run(self, async context => {
        seen.push(context.globals.output, context.globals.documentFormat);
        return ExitCode.done;
      }),
    );
  declareVerb(command, { examples: [{ command: 'draw', does: 'x' }], iam: [], formats: ['csv'] });
  await command.parseAsync(argv, { from: 'user' });
  return seen;
}

describe('a format that only some verbs have', () => {
  it('is given to the verb that has it, and is none of the three that all have', async () => {
    expect(await formatsSeen(['--output', 'csv'])).toEqual([undefined, 'csv']);
    expect(await formatsSeen(['--output', 'json'])).toEqual(['json', undefined]);
    expect(await formatsSeen([])).toEqual([undefined, undefined]);
  });

  it('is refused by a verb that does not have it, before anything is asked of AWS', async () => {
    await expect(formatsSeen(['--output', 'sarif'])).rejects.toThrow('does not print sarif');
    expect(await runDdbx(['streams', 'list', '--output', 'csv'])).toMatchObject({
      code: ExitCode.usage,
      stderr: expect.stringContaining('--output takes human, json, ndjson here'),
    });
  });

  it('takes no --query', async () => {
    await expect(formatsSeen(['--output', 'csv', '--query', 'x'])).rejects.toThrow('--query works on json and ndjson');
  });

  it('is none at all when nobody has it', async () => {
    const ran = await runDdbx(['streams', 'list', '--output', 'yaml']);
    expect([ran.code, ran.stderr]).toEqual([
      ExitCode.usage,
      expect.stringContaining('Allowed choices are human, json, ndjson.'),
    ]);
  });
});
