import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../lib/model/error.js';
import { type CommandHost, declareVerb } from './verb.js';

/** There is nothing to tell `ddbx doctor` but the global options. */
export type RunDoctor = (context: CommandContext) => Promise<ExitCode>;

const lazyRun: RunDoctor = async context => (await import('./doctor-run.js')).runDoctor(context);

/** Declares `ddbx doctor`. */
export function declareDoctor(command: Command, host: CommandHost, run: RunDoctor = lazyRun): void {
  command.action((_flags: object, self: Command) => host.run(self, run));
  declareVerb(command, {
    examples: [
      { command: 'ddbx doctor', does: 'what ddbx would use, and whether it works' },
      { command: 'ddbx doctor --profile staging --output json', does: 'the same for a profile, for scripts' },
    ],
    iam: [{ action: 'dynamodb:ListTables', when: 'the credentials are to be tried' }],
  });
}
