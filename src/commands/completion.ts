import { Argument, type Command } from 'commander';
import type { Run } from '../context.js';
import { type Shell, shells } from '../lib/completion/shells.js';
import type { WholeTree } from './command-tree.js';
import { type CommandHost, declareVerb } from './verb.js';

/** What `ddbx completion` is told. */
export interface CompletionOptions {
  readonly shell: Shell;
  /** Loads everything of ddbx that a script has to name. */
  readonly wholeTree: WholeTree;
}

const lazyRun: Run<CompletionOptions> = async (options, context) =>
  (await import('./completion-run.js')).runCompletion(options, context);

/** Declares `ddbx completion`. */
export function declareCompletion(
  command: Command,
  host: CommandHost,
  wholeTree: WholeTree,
  run: Run<CompletionOptions> = lazyRun,
): void {
  command
    .addArgument(new Argument('<shell>', 'the shell to print the script for').choices(shells))
    .action((shell: Shell, _flags: unknown, self: Command) =>
      host.run(self, context => run({ shell, wholeTree }, context)),
    );
  declareVerb(command, {
    examples: [
      { command: 'source <(ddbx completion bash)', does: 'in ~/.bashrc' },
      { command: 'ddbx completion zsh > ~/.zsh/completions/_ddbx', does: 'in a folder of $fpath, before compinit' },
      { command: 'ddbx completion fish > ~/.config/fish/completions/ddbx.fish', does: 'fish finds it there' },
      { command: 'ddbx completion powershell | Out-String | Invoke-Expression', does: 'in $PROFILE' },
    ],
    iam: [],
  });
}
