import { Command } from 'commander';
import type { CommandHost } from '../../src/commands/verb.js';
import type { Run } from '../../src/context.js';
import { ExitCode } from '../../src/lib/model/error.js';
import { fakeClock } from './fake-clock.js';
import { fakeContext } from './fake-context.js';

/** What a command line came to: the options that a verb's run was given, or what commander wrote about it. */
export type Parsed<Options> = { readonly options: Options } | { readonly refusal: string };

/**
 * Parses a command line of one verb with `run` in place of its operation.
 * @param declare makes the verb, or declares it on a command that the program has made
 */
export async function parsedOptions<Options>(
  declare: (host: CommandHost, run: Run<Options>, command: Command) => Command | void,
  argv: readonly string[],
): Promise<Parsed<Options>> {
  let given: Options | undefined;
  let written = '';
  const host: CommandHost = {
    run: async (_command, run) => {
      await run(fakeContext({ clock: fakeClock(0) }));
    },
  };
  const record: Run<Options> = async options => {
    given = options;
    return ExitCode.done;
  };
  const bare = new Command('verb');
  const command = declare(host, record, bare) ?? bare;
  command.exitOverride().configureOutput({
    writeErr: text => {
      written += text;
    },
  });
  try {
    await command.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    return { refusal: written === '' ? String(error) : written };
  }
  return given === undefined ? { refusal: 'the run was not reached' } : { options: given };
}
