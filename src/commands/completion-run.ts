import type { CommandContext } from '../context.js';
import { completionScript } from '../lib/completion/script.js';
import { ExitCode } from '../lib/model/error.js';
import { describeTree } from './command-tree.js';
import type { CompletionOptions } from './completion.js';

/** Prints the script; it is the data, whatever the format. */
export async function runCompletion(options: CompletionOptions, context: CommandContext): Promise<ExitCode> {
  const script = completionScript(options.shell, describeTree(await options.wholeTree()));
  await context.output('human').bytes(Buffer.from(script));
  return ExitCode.done;
}
