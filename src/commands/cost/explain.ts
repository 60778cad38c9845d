import { Command } from 'commander';
import type { Run } from '../../context.js';
import { type CommandHost, declareVerb } from '../verb.js';

/** Which formula is to be explained; all of them, when none is named. */
export interface ExplainOptions {
  readonly rule: string | undefined;
}

const lazyRun: Run<ExplainOptions> = async (options, context) =>
  (await import('./explain-run.js')).runExplain(options, context);

/** `ddbx cost explain`. */
export function explainCommand(host: CommandHost, run: Run<ExplainOptions> = lazyRun): Command {
  const command = new Command('explain')
    .description('print the formulas of estimates, each with the page of AWS that it follows')
    .argument('[rule]', 'one of them, as estimates name it')
    .action((rule: string | undefined, _flags: unknown, self: Command) =>
      host.run(self, context => run({ rule }, context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx cost explain', does: 'all formulas' },
      { command: 'ddbx cost explain replicated-write-units', does: 'one of them' },
    ],
    iam: [],
  });
}
