import type { CommandContext } from '../../context.js';
import { explainMatch } from '../../lib/filter/explain-match.js';
import { readJsonObjects } from '../../lib/filter/json-objects.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { parseFilters } from '../filter-texts.js';
import { recordingAt } from '../recording.js';
import type { ExplainOptions } from './explain.js';
import { type ExplainedRecord, explainedJson, explainedText } from './explain-view.js';

/** Runs `ddbx filter explain`. */
export async function runExplain({ patterns, record }: ExplainOptions, context: CommandContext): Promise<ExitCode> {
  const parsed = parseFilters(patterns);
  const output = context.output();
  const recording = recordingAt(record, context.io.stdin);
  const kept: ExplainedRecord[] = [];
  let count = 0;
  let passed = 0;
  for await (const { value } of readJsonObjects(recording.chunks())) {
    if (context.signal.aborted) return ExitCode.interrupted;
    count += 1;
    const filters = parsed.map(pattern => ({ pattern, ...explainMatch(pattern, value) }));
    const explained = { number: count, value, passes: filters.some(({ passes }) => passes), filters };
    if (explained.passes) passed += 1;
    if (output.format === 'json') kept.push(explained);
    else if (output.format === 'ndjson') await output.event({ type: 'record', ...explainedJson(explained) });
    else await output.line(`${count === 1 ? '' : '\n'}${await explainedText(explained, context.io)}`);
  }
  if (count === 0) throw noRecord(recording.name);
  const totals = { records: count, passed };
  if (output.format === 'json') await output.document({ ...totals, explained: kept.map(explainedJson) });
  if (output.format === 'ndjson') await output.event({ type: 'summary', ...totals });
  return passed === 0 ? ExitCode.checkFailed : ExitCode.done;
}

function noRecord(name: string): DdbxError {
  return new DdbxError({
    code: 'no-record',
    message: `There is no record in ${name}.`,
    hint: 'Take one with ddbx streams tail <table> --from trim-horizon --no-follow --limit 1.',
  });
}
