import type { MappingSettings } from '../aws/mapping-settings.js';
import { formatDuration, isDuration, parseDuration } from '../model/duration.js';
import { usageError } from '../model/error.js';
import { type NumberRow, type SettingName, settingTable } from './setting-table.js';

/** The value that stands for "without end" at Lambda. */
export const UNLIMITED = -1;

/**
 * Reads the value of a number setting as it is typed: a count, a duration or seconds, and `infinite` (or -1) where
 * that is allowed.
 * @throws DdbxError `usage` outside of the range of FACTS B.1
 */
export function parseNumberSetting(row: NumberRow, text: string): number {
  if (row.unlimited && (text === '-1' || text.toLowerCase() === 'infinite')) return UNLIMITED;
  const value = numberIn(row, text);
  if (value >= row.min && value <= row.max) return value;
  throw usageError(`It takes ${rangeWords(row)}, not ${text}.`);
}

function numberIn(row: NumberRow, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (row.kind === 'count') throw usageError(`It takes ${rangeWords(row)}, not "${text}".`);
  const ms = isDuration(text) ? parseDuration(text) : Number.NaN;
  if (Number.isNaN(ms)) throw usageError(`It takes ${rangeWords(row)}, not "${text}".`);
  if (ms % 1000 !== 0) throw usageError(`Lambda counts whole seconds here; ${text} is none.`);
  return ms / 1000;
}

/** `a whole number from 1 to 10000`, `a duration from 1m to 7d (or seconds), or infinite`. */
export function rangeWords({ kind, min, max, unlimited }: NumberRow): string {
  const range =
    kind === 'count'
      ? `a whole number from ${min} to ${max}`
      : `a duration from ${seconds(min)} to ${seconds(max)} (or whole seconds)`;
  return unlimited ? `${range}, or infinite` : range;
}

/** A setting's value for people: `100`, `5s`, `infinite`, `on`, `none`. */
export function formatSetting<Name extends SettingName>(name: Name, value: MappingSettings[Name]): string {
  const row = settingTable[name];
  if (value === undefined) return 'encrypted';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') {
    if (value === UNLIMITED) return 'infinite';
    if (row.kind !== 'seconds') return String(value);
    return value === 0 && name === 'tumblingWindowSeconds' ? 'none' : seconds(value);
  }
  if (typeof value === 'string') return value === '' ? 'none' : value;
  if (value.length === 0) return 'none';
  return value.join(name === 'filters' ? ' or ' : ', ');
}

/** A setting as the flag that sets it, for command lines: `--batch-size 100`, `--no-bisect`. */
export function flagOf<Name extends SettingName>(name: Name, value: MappingSettings[Name]): readonly string[] {
  const { flag } = settingTable[name];
  if (value === undefined) return [];
  if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
  if (typeof value === 'number') return [`--${flag}`, formatSetting(name, value).replace('none', '0')];
  if (typeof value === 'string') return [`--${flag}`, value === '' ? 'none' : value];
  if (name === 'metrics') return [value.length > 0 ? `--${flag}` : `--no-${flag}`];
  if (value.length === 0) return [`--no-${flag}`];
  return value.flatMap(pattern => [`--${flag}`, pattern]);
}

/** Whether two values of a setting are the same; filters in another order are, since one of them has to match. */
export function sameSetting<Name extends SettingName>(a: MappingSettings[Name], b: MappingSettings[Name]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return JSON.stringify([...a].toSorted()) === JSON.stringify([...b].toSorted());
}

function seconds(value: number): string {
  return formatDuration(value * 1000);
}
