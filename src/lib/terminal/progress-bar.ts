const WIDTH = 20;

/** A bar of twenty columns, filled by percent: `██████░░░░░░░░░░░░░░`. Outside of 0 to 100 it is empty or full. */
export function progressBar(percent: number, unicode: boolean): string {
  const filled = Math.round((Math.min(100, Math.max(0, percent)) / 100) * WIDTH);
  const [full, empty] = unicode ? ['█', '░'] : ['#', '.'];
  return full.repeat(filled) + empty.repeat(WIDTH - filled);
}
