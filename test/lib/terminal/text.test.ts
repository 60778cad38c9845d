import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, pad, plainText, safeStyledText, safeText, truncate } from '../../../src/lib/terminal/text.js';

const RED = '\u001b[31m';
const END = '\u001b[39m';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['orders', 6],
    ['Käse', 4],
    ['Ka\u0308se', 4],
    ['日本語', 6],
    ['한국', 4],
    ['🚀', 2],
    ['👨‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['✔', 1],
    ['\u200b', 0],
    [`${RED}red${END}`, 3],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('truncate', () => {
  it('leaves what fits alone', () => {
    expect(truncate('orders', 6)).toBe('orders');
    expect(truncate('日本', 4)).toBe('日本');
    expect(truncate(`${RED}orders${END}`, 6)).toBe(`${RED}orders${END}`);
  });

  it('ends with the ellipsis it was given', () => {
    expect(truncate('orders', 5)).toBe('orde…');
    expect(truncate('orders', 5, '...')).toBe('or...');
  });

  it('never cuts a wide character or a cluster in half', () => {
    expect(truncate('日本語', 4)).toBe('日…');
    expect(truncate('a👨‍👩‍👧b👨‍👩‍👧', 4)).toBe('a👨‍👩‍👧…');
  });

  it('does not take a narrow character from behind a wide one that was left out', () => {
    expect(truncate('a日bcdef', 3)).toBe('a…');
  });

  it('closes a colour that it cut', () => {
    expect(truncate(`${RED}orders${END}`, 4)).toBe(`${RED}ord…\u001b[0m`);
  });

  it('survives a width that has no room even for the ellipsis', () => {
    expect(truncate('orders', 2, '...')).toBe('..');
    expect(truncate('orders', 0)).toBe('');
    expect(truncate('orders', -3)).toBe('');
  });

  it('never exceeds the width, and changes nothing that fits', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '日', '🚀', 'x', RED, END, ' ') });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (value, width) => {
        const cut = truncate(value, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        if (displayWidth(value) <= width) expect(cut).toBe(value);
        else expect(cut).toContain('…');
      }),
    );
  });
});

describe('pad', () => {
  it('counts columns, not characters', () => {
    expect(pad('日本', 6)).toBe('日本  ');
    expect(pad(`${RED}12${END}`, 4, 'right')).toBe(`  ${RED}12${END}`);
    expect(pad('longer', 3)).toBe('longer');
  });
});

describe('safeText', () => {
  it('shows what would steer a terminal', () => {
    expect(safeText('a\u001b[2Jb\nc\td\u0007\u009b\u202e')).toBe('a\\u001b[2Jb\\nc\\td\\u0007\\u009b\\u202e');
  });

  it('leaves every printable text alone', () => {
    expect(safeText('Käse 日本 🚀 {"a": 1}')).toBe('Käse 日本 🚀 {"a": 1}');
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(safeText(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('safeStyledText', () => {
  it('keeps colours, and nothing else that starts with an escape', () => {
    expect(safeStyledText(`${RED}x${END}\u001b[2J`, true)).toBe(`${RED}x${END}\\u001b[2J`);
    expect(safeStyledText(`${RED}x${END}\u001b[2J`, false)).toBe('x\\u001b[2J');
  });
});

describe('plainText', () => {
  it('leaves no escape byte', () => {
    expect(plainText(`${RED}x${END} y`)).toBe('x y');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\u001b', '[', ']', '3', 'm', 'a', '\u0007') }), text => {
        expect(plainText(text)).not.toContain('\u001b');
      }),
    );
  });
});
