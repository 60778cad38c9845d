import { Chalk } from 'chalk';
import type { ColourLevel, Io } from './io.js';

/** Colours a text, or returns it as it is where there is no colour. */
export type Paint = (text: string) => string;

/** The colours of ddbx by what they mean. */
export interface Palette {
  readonly enabled: boolean;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
  /** Names a person looks for: attribute names, tables, the key of a row. */
  readonly key: Paint;
  readonly insert: Paint;
  readonly modify: Paint;
  readonly remove: Paint;
  /** The colour that a shard has in every run: it is chosen by the shard's id. */
  shard(shardId: string): Paint;
}

/**
 * Twelve of the 256 xterm colours, far from each other (CIE Lab distance 39 and more), each with a contrast of 3:1
 * and more on black and on white.
 */
export const shardColours: readonly number[] = [26, 196, 28, 199, 137, 93, 31, 132, 197, 29, 171, 100];

const basicColours = [
  'blue',
  'red',
  'green',
  'magenta',
  'yellow',
  'cyan',
  'blueBright',
  'redBright',
  'greenBright',
  'magentaBright',
  'yellowBright',
  'cyanBright',
] as const;

/** The palette of each stream; they differ when one of the two goes to a file. */
export function makePalettes(io: Io): { readonly stdout: Palette; readonly stderr: Palette } {
  return {
    stdout: makePalette(io.colour.stdout, io.colourLevel),
    stderr: makePalette(io.colour.stderr, io.colourLevel),
  };
}

/** Makes the palette of one stream; without colour every function returns its text untouched. */
export function makePalette(enabled: boolean, level: ColourLevel = 2): Palette {
  if (!enabled) return plainPalette;
  const known = colourPalettes.get(level) ?? colourPalette(level);
  colourPalettes.set(level, known);
  return known;
}

// A palette is asked for with every record that is drawn; there are two of them at most.
const colourPalettes = new Map<ColourLevel, Palette>();

function colourPalette(level: ColourLevel): Palette {
  const chalk = new Chalk({ level });
  // chalk does not bring the 256 colours down to what a basic terminal has.
  const shardPaints: readonly Paint[] =
    level === 1
      ? basicColours.map(name => text => chalk[name](text))
      : shardColours.map(colour => text => chalk.ansi256(colour)(text));
  return {
    enabled: true,
    bold: text => chalk.bold(text),
    dim: text => chalk.dim(text),
    good: text => chalk.green(text),
    warn: text => chalk.yellow(text),
    bad: text => chalk.red(text),
    key: text => chalk.cyan(text),
    insert: text => chalk.green(text),
    modify: text => chalk.yellow(text),
    remove: text => chalk.red(text),
    shard: shardId => shardPaints[hash(shardId) % shardPaints.length] ?? same,
  };
}

const same: Paint = text => text;

const plainPalette: Palette = {
  enabled: false,
  bold: same,
  dim: same,
  good: same,
  warn: same,
  bad: same,
  key: same,
  insert: same,
  modify: same,
  remove: same,
  shard: () => same,
};

/** FNV-1a over the UTF-16 units, unsigned; its low bits spread well over ids that differ in a few digits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
