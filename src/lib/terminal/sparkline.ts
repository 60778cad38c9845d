const EIGHTHS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * A row of eighth blocks, one a value, scaled from zero to the largest value (or `max`, to compare several rows).
 * What is not a finite number leaves a gap; zero and less is the lowest block.
 */
export function sparkline(values: readonly number[], max?: number): string {
  const finite = values.filter(value => Number.isFinite(value));
  const top = max ?? finite.reduce((largest, value) => Math.max(largest, value), 0);
  return values.map(value => (Number.isFinite(value) ? blockOf(value, top) : ' ')).join('');
}

function blockOf(value: number, top: number): string {
  if (value <= 0 || top <= 0) return EIGHTHS[0];
  const index = Math.ceil((Math.min(value, top) / top) * EIGHTHS.length) - 1;
  return EIGHTHS[Math.min(index, EIGHTHS.length - 1)] ?? EIGHTHS[0];
}
