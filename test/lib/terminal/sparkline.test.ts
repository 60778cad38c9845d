import { describe, expect, it } from 'vitest';
import { sparkline } from '../../../src/lib/terminal/sparkline.js';

describe('sparkline', () => {
  it('shows eight heights between zero and the largest value', () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8])).toBe('▁▂▃▄▅▆▇█');
  });

  it('draws nothing happening as the lowest block', () => {
    expect(sparkline([0, 0, 0])).toBe('▁▁▁');
    expect(sparkline([-4, 8])).toBe('▁█');
  });

  it('leaves a gap where there is no value', () => {
    expect(sparkline([8, Number.NaN, 4])).toBe('█ ▄');
  });

  it('compares rows on a common scale', () => {
    expect(sparkline([4], 8)).toBe('▄');
    expect(sparkline([40], 8)).toBe('█');
  });

  it('is empty for no values', () => {
    expect(sparkline([])).toBe('');
  });
});
