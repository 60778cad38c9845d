import { type CommandNode, describeTree } from '../../src/commands/command-tree.js';
import { buildProgram } from '../../src/program.js';

/** The description of the whole of ddbx, with every command loaded. */
export async function loadedTree(): Promise<CommandNode> {
  const refuse = (): never => {
    throw new Error('a description runs and prints nothing');
  };
  const { program, loadAll } = buildProgram({ run: refuse }, { writeOut: refuse, writeErr: refuse, width: 80 });
  await loadAll();
  return describeTree(program);
}
