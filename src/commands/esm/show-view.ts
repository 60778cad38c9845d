import { queueDepth } from '../../lib/esm/destination.js';
import { settingNames, settingTable } from '../../lib/esm/setting-table.js';
import { formatSetting } from '../../lib/esm/setting-values.js';
import type { SurveyedMapping } from '../../lib/esm/survey.js';
import { formatInstant } from '../../lib/model/instant.js';
import { formatAge, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { type KeyValue, keyValues } from '../../lib/terminal/table.js';
import { resultText, stateText } from './list-view.js';

/** One mapping for people: how it stands, then every setting. */
export function showText(
  surveyed: SurveyedMapping,
  tags: Readonly<Record<string, string>> | undefined,
  io: Io,
): string {
  const paint = makePalettes(io).stdout;
  const { mapping, age } = surveyed;
  const { lastModifiedMs, stateTransitionReason } = mapping;
  const labels = Object.entries(tags ?? {}).map(([key, value]) => `${key}=${value}`);
  const head: readonly KeyValue[] = [
    ['mapping', `${paint.bold(`${mapping.tableName}:${mapping.functionName}`)} (${mapping.region})`],
    ['uuid', mapping.uuid],
    ['stream', mapping.eventSourceArn],
    ['state', stateText(surveyed, paint)],
    ['reason', stateTransitionReason ?? '-'],
    ['last result', resultText(mapping.lastProcessingResult, paint)],
    ['iterator age', age === undefined ? '- (nothing read in the last 5 minutes)' : formatAge(age.value)],
    ['failures', failuresText(surveyed)],
    ['began at', mapping.startingPosition ?? '-'],
    ['last changed', lastModifiedMs === undefined ? '-' : formatInstant(lastModifiedMs)],
    ...(labels.length === 0 ? [] : [['tags', labels.join(', ')] as const]),
  ];
  const settings = settingNames
    .filter(name => name !== 'filters')
    .map((name): KeyValue => [settingTable[name].label, formatSetting(name, mapping.settings[name])]);
  const blocks = [keyValues(head, io), keyValues([...settings, ...filterLines(surveyed)], io)];
  return blocks.join('\n\n');
}

function filterLines({ mapping }: SurveyedMapping): readonly KeyValue[] {
  const { filters } = mapping.settings;
  if (filters === undefined)
    return [
      ['filters', `encrypted, not readable${mapping.filterError === undefined ? '' : ` (${mapping.filterError})`}`],
    ];
  if (filters.length === 0) return [['filters', 'none: every record is passed on']];
  return filters.map((pattern, index): KeyValue => [index === 0 ? 'filters' : 'or', pattern]);
}

function failuresText({ destination }: SurveyedMapping): string {
  switch (destination.kind) {
    case 'none':
      return 'go nowhere: what is given up disappears without a trace';
    case 'queue': {
      const depth = queueDepth(destination.attributes);
      return `${depth === undefined ? '?' : plural(depth, 'message')} in ${destination.queueName}`;
    }
    case 'queue-missing':
      return `the queue ${destination.queueName} does not exist`;
    case 'queue-unknown':
      return `in ${destination.queueName}, which could not be looked at (${destination.reason})`;
    case 'topic':
    case 'bucket':
    case 'other':
      return `go to ${destination.arn}`;
  }
}
