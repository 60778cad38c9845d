import { describe, expect, it } from 'vitest';
import { makePalette, makePalettes, shardColours } from '../../../src/lib/terminal/palette.js';
import { fakeIo } from '../../support/fake-io.js';

describe('makePalette', () => {
  it('returns texts untouched without colour', () => {
    const paint = makePalette(false);
    for (const name of ['bold', 'dim', 'good', 'warn', 'bad', 'key', 'insert', 'modify', 'remove'] as const) {
      expect(paint[name]('text')).toBe('text');
    }
    expect(paint.shard('shardId-1')('text')).toBe('text');
  });

  it('colours the three events green, yellow and red', () => {
    const paint = makePalette(true);
    expect([paint.insert('x'), paint.modify('x'), paint.remove('x')]).toEqual([
      '\u001b[32mx\u001b[39m',
      '\u001b[33mx\u001b[39m',
      '\u001b[31mx\u001b[39m',
    ]);
  });

  it('gives a shard the same colour in every run', () => {
    const shardId = 'shardId-00000001414576573621-f55eea83';
    expect(makePalette(true).shard(shardId)('x')).toBe('\u001b[38;5;171mx\u001b[39m');
    expect(makePalette(true).shard(shardId)('x')).toBe(makePalette(true).shard(shardId)('x'));
  });

  it('uses all twelve colours for a hundred shards', () => {
    const paint = makePalette(true);
    const ids = Array.from(
      { length: 100 },
      (_, index) => `shardId-000000014145765736${String(index).padStart(2, '0')}`,
    );
    expect(new Set(ids.map(id => paint.shard(id)('x'))).size).toBe(12);
  });

  it('stays within the basic colours where the terminal has no more', () => {
    const escapes = Array.from({ length: 50 }, (_, index) => makePalette(true, 1).shard(`shard-${index}`)('x'));
    expect(escapes.filter(text => text.includes('38;5'))).toEqual([]);
    expect(escapes.every(text => text.startsWith('\u001b['))).toBe(true);
  });

  it('decides for stdout and stderr apart', () => {
    const paint = makePalettes(fakeIo({ stderrTty: true }));
    expect([paint.stdout.enabled, paint.stderr.enabled]).toEqual([false, true]);
  });
});

describe('shardColours', () => {
  it.each(shardColours)('colour %i has a contrast of at least 3:1 on black and on white', colour => {
    const luminance = relativeLuminance(colour);
    expect((luminance + 0.05) / 0.05).toBeGreaterThanOrEqual(3);
    expect(1.05 / (luminance + 0.05)).toBeGreaterThanOrEqual(3);
  });

  it('are twelve different ones', () => {
    expect(new Set(shardColours).size).toBe(12);
  });
});

/** WCAG 2 relative luminance of a colour in xterm's 6x6x6 cube. */
function relativeLuminance(colour: number): number {
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = colour - 16;
  const [red = 0, green = 0, blue = 0] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(index => {
    const channel = (steps[index] ?? 0) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
