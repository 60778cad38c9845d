import type { CommandContext } from '../context.js';
import { DdbxError } from '../lib/model/error.js';
import { typeToConfirm } from '../lib/terminal/prompt.js';

/**
 * Asks that the table's name be typed before what cannot be taken back.
 * @throws DdbxError `not-confirmed` when something else is typed
 */
export async function askForName(question: string, tableName: string, context: CommandContext): Promise<void> {
  const confirmed = await typeToConfirm(context.io, { question, expected: tableName, signal: context.signal });
  if (confirmed) return;
  throw new DdbxError({
    code: 'not-confirmed',
    message: `Nothing was changed: what was typed is not ${tableName}.`,
    hint: 'Run the command again and type the name, or add --yes.',
  });
}
