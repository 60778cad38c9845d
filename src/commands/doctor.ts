import type { Command } from 'commander';
import type { Run } from '../context.js';
import { type CommandHost, declareVerb } from './verb.js';

/** `ddbx doctor` is told nothing but the global options. */
export type DoctorOptions = Readonly<Record<never, never>>;

const lazyRun: Run<DoctorOptions> = async (_options, context) => (await import('./doctor-run.js')).runDoctor(context);

/** Declares `ddbx doctor`. */
export function declareDoctor(command: Command, host: CommandHost, run: Run<DoctorOptions> = lazyRun): void {
  command.action((_flags: object, self: Command) => host.run(self, context => run({}, context)));
  declareVerb(command, {
    examples: [
      { command: 'ddbx doctor', does: 'what ddbx would use, and whether it works' },
      { command: 'ddbx doctor --profile staging --output json', does: 'the same for a profile, for scripts' },
    ],
    iam: [{ action: 'dynamodb:ListTables', when: 'the credentials are to be tried' }],
  });
}
