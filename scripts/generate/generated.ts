import type { CommandNode } from '../../src/commands/command-tree.js';
import { completionScript } from '../../src/lib/completion/script.js';
import { type Shell, shells } from '../../src/lib/completion/shells.js';
import { manPage } from './man-page.js';
import { referenceText } from './reference.js';
import { verbsTable, withVerbs } from './verbs-table.js';

const EXTENSIONS: Readonly<Record<Shell, string>> = { bash: 'bash', zsh: 'zsh', fish: 'fish', powershell: 'ps1' };

/** Every file that is made from the command tree: its path from the root of the repository, and its text. */
export function generated(tree: CommandNode, version: string, readme: string | undefined): ReadonlyMap<string, string> {
  return new Map([
    ...shells.map(shell => [`completions/ddbx.${EXTENSIONS[shell]}`, completionScript(shell, tree)] as const),
    ['docs/reference.md', referenceText(tree)],
    ['docs/ddbx.1', manPage(tree, version)],
    ...(readme === undefined ? [] : [['README.md', withVerbs(readme, verbsTable(tree))] as const]),
  ]);
}
