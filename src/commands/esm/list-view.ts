import { type Destination, queueDepth } from '../../lib/esm/destination.js';
import type { SurveyedMapping } from '../../lib/esm/survey.js';
import { formatAge, formatCount } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';

const COLUMNS: readonly Column[] = [
  { header: 'TABLE', key: true },
  { header: 'FUNCTION', key: true },
  { header: 'STATE' },
  { header: 'AGE', align: 'right' },
  { header: 'FAILURES', align: 'right' },
  { header: 'LAST RESULT' },
  { header: 'UUID' },
];

/** The mappings for people, one a line. */
export function listText(mappings: readonly SurveyedMapping[], io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const rows = mappings.map(surveyed => {
    const { mapping, age, destination } = surveyed;
    return [
      mapping.tableName,
      mapping.functionName,
      stateText(surveyed, paint),
      age === undefined ? '-' : formatAge(age.value),
      depthText(destination, paint),
      resultText(mapping.lastProcessingResult, paint),
      paint.dim(mapping.uuid),
    ];
  });
  return renderTable(COLUMNS, rows, io);
}

/** The state, and whether the stream is the table's own. */
export function stateText({ mapping, orphaned }: SurveyedMapping, paint: Palette): string {
  const { state } = mapping;
  const shown = state === 'Enabled' ? paint.good(state) : paint.warn(state);
  return orphaned ? `${shown} ${paint.bad('orphaned')}` : shown;
}

/** What Lambda says of the last batch; a problem is shown as one. */
export function resultText(result: string | undefined, paint: Palette): string {
  if (result === undefined || result === '') return '-';
  return result.startsWith('PROBLEM') ? paint.bad(result) : result;
}

function depthText(destination: Destination, paint: Palette): string {
  switch (destination.kind) {
    case 'none':
      return paint.warn('nowhere');
    case 'queue': {
      const depth = queueDepth(destination.attributes);
      if (depth === undefined) return '?';
      return depth === 0 ? '0' : paint.warn(formatCount(depth));
    }
    case 'queue-missing':
      return paint.bad('no queue');
    case 'queue-unknown':
      return '?';
    case 'topic':
    case 'bucket':
    case 'other':
      return destination.kind;
  }
}
