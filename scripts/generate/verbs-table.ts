import { type CommandNode, verbsOf } from '../../src/commands/command-tree.js';
import { anchor, table } from './reference.js';

const BEGIN = '<!-- verbs:begin -->';
const END = '<!-- verbs:end -->';

/** Every verb with what it does and where it is described. */
export function verbsTable(tree: CommandNode): string {
  return table(
    ['command', 'what it does'],
    verbsOf(tree).map(verb => {
      const name = `${tree.name} ${verb.path}`;
      return [`[\`${name}\`](docs/reference.md#${anchor(name)})`, verb.description];
    }),
  );
}

/**
 * Puts the table between the marks of the README.
 * @throws Error when the marks are missing, or stand in the wrong order
 */
export function withVerbs(readme: string, verbs: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md needs the lines ${BEGIN} and ${END}, in this order`);
  return `${readme.slice(0, begin + BEGIN.length)}\n${verbs}\n${readme.slice(end)}`;
}
