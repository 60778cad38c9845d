import type { Output } from '../../lib/terminal/output.js';

/** Whoever stops while AWS works on must know that it goes on, and how to pick it up again. */
export function warnOfHalf(tableName: string, again: string, output: Output): void {
  output.aside({
    level: 'warning',
    text: `AWS goes on with what was begun. Pick it up again with: ${again}`,
    event: Object.assign({ type: 'stopped-half-way' }, { table: tableName, finishWith: again }),
  });
}
