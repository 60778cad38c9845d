import type { Check, CheckLevel } from '../../lib/global/check.js';
import { plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Palette } from '../../lib/terminal/palette.js';
import { pad } from '../../lib/terminal/text.js';

/** A check as json and ndjson show it. */
export function checkJson({ id, region, level, fact, mend }: Check) {
  return { check: id, region: region ?? null, level, fact, mend: mend ?? null };
}

/** The checks of some levels for people: the table's first, then Region by Region, each with its mend below it. */
export function checksText(checks: readonly Check[], paint: Palette, io: Io, levels?: readonly CheckLevel[]): string {
  const shown = checks.filter(check => levels === undefined || levels.includes(check.level));
  const width = Math.max(0, ...shown.map(check => check.id.length));
  const regions = [undefined, ...new Set(shown.flatMap(check => check.region ?? []))];
  return regions
    .flatMap(region => [
      ...(region === undefined ? [] : [paint.bold(region)]),
      ...shown.filter(check => check.region === region).flatMap(check => checkLines(check, width, paint, io)),
    ])
    .join('\n');
}

function checkLines({ id, level, fact, mend }: Check, width: number, paint: Palette, io: Io): readonly string[] {
  const indent = ' '.repeat(4 + 2 + width + 2);
  return [
    `${levelMark(level, paint)}  ${pad(id, width)}  ${fact}`,
    ...(mend === undefined ? [] : [`${indent}${io.unicode ? '→' : '->'} ${mend}`]),
  ];
}

function levelMark(level: CheckLevel, paint: Palette): string {
  switch (level) {
    case 'pass':
      return paint.good('pass');
    case 'warn':
      return paint.warn('warn');
    case 'fail':
      return paint.bad('FAIL');
  }
}

/** How many came out how. */
export function checkCounts(checks: readonly Check[]): Readonly<Record<CheckLevel, number>> {
  const count = (level: CheckLevel): number => checks.filter(check => check.level === level).length;
  return { pass: count('pass'), warn: count('warn'), fail: count('fail') };
}

/** `9 checks pass, 1 warns, 2 fail`. */
export function countsText(checks: readonly Check[]): string {
  const { pass, warn, fail } = checkCounts(checks);
  const said = [
    `${plural(pass, 'check')} ${pass === 1 ? 'passes' : 'pass'}`,
    ...(warn === 0 ? [] : [`${warn} ${warn === 1 ? 'warns' : 'warn'}`]),
    ...(fail === 0 ? [] : [`${fail} ${fail === 1 ? 'fails' : 'fail'}`]),
  ];
  return said.join(', ');
}
