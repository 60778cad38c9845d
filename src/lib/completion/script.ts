import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { completionTable } from './levels.js';
import { powershellScript } from './powershell.js';
import type { Shell } from './shells.js';
import type { CommandSpec } from './spec.js';
import { zshScript } from './zsh.js';

/** The completion script of a command tree for one shell; the same tree always gives the same text. */
export function completionScript(shell: Shell, root: CommandSpec): string {
  const table = completionTable(root);
  switch (shell) {
    case 'bash':
      return bashScript(table);
    case 'zsh':
      return zshScript(table);
    case 'fish':
      return fishScript(table);
    case 'powershell':
      return powershellScript(table);
  }
}
