import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { awsDefaults, type MappingSettings } from '../../../src/lib/aws/mapping-settings.js';
import { lintRules } from '../../../src/lib/esm/lint.js';
import { presetNames, presets, safeDefaults } from '../../../src/lib/esm/presets.js';
import { settingNames, settingTable } from '../../../src/lib/esm/setting-table.js';
import { formatSetting } from '../../../src/lib/esm/setting-values.js';

const page = await readFile(new URL('../../../docs/esm.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter(line => line.startsWith('| '))
  .map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );
const rowOf = (cell: string) => rows.find(([first]) => first?.split(', ')[0] === cell);

describe('docs/esm.md', () => {
  it('lists every lint rule, and no other, in the order of the code', () => {
    const severities = new Set(['error', 'warn', 'info']);
    const listed = rows.filter(([, severity]) => severities.has(severity ?? ''));
    expect(listed).toEqual(lintRules.map(({ id, severity, finds }) => [`\`${id}\``, severity, finds]));
  });

  it('tells of every setting its parameter, its range, and what holds when nothing is said', () => {
    for (const name of settingNames) {
      const row = settingTable[name];
      const flag =
        { switch: `--[no-]${row.flag}`, metrics: `--[no-]${row.flag}` }[row.kind as string] ?? `--${row.flag}`;
      const shown = rowOf(`\`${flag}\``);
      expect(shown?.[1], name).toBe(row.api);
      const after = { ...awsDefaults, ...safeDefaults }[name];
      const value = formatSetting(name, after);
      expect(shown?.[3], name).toContain(safeDefaults[name] === undefined ? value : `**${value}**`);
      if ('min' in row) {
        const limit = (at: number) =>
          row.kind === 'seconds' ? formatSetting('maximumRecordAgeSeconds', at) : String(at);
        expect(shown?.[2], name).toBe(`${limit(row.min)} to ${limit(row.max)}${row.unlimited ? ', infinite' : ''}`);
      }
    }
  });

  it('tells of every preset what it sets', () => {
    const columns = [
      'batchSize',
      'maximumBatchingWindowSeconds',
      'parallelizationFactor',
      'maximumRetryAttempts',
      'maximumRecordAgeSeconds',
      'bisectBatchOnFunctionError',
    ] as const;
    for (const name of presetNames) {
      const settings: Partial<MappingSettings> = presets[name].settings;
      const cells = columns.map(column => {
        const value = settings[column];
        return value === undefined ? '' : formatSetting(column, value);
      });
      expect(rowOf(`\`${name}\``)).toEqual([`\`${name}\``, ...cells]);
    }
  });
});
