import type { CommandContext } from '../../context.js';
import { compileMatcher, type JsonObject } from '../../lib/filter/compile-matcher.js';
import { readJsonObjects } from '../../lib/filter/json-objects.js';
import { ExitCode } from '../../lib/model/error.js';
import { formatCount, plural } from '../../lib/terminal/human.js';
import type { Output } from '../../lib/terminal/output.js';
import { parseFilters } from '../filter-texts.js';
import { recordingAt } from '../recording.js';
import type { TestOptions } from './test.js';

/** Lines are written together, up to about so many characters. */
const WRITE_SIZE = 64 * 1024;

/** Runs `ddbx filter test`. */
export async function runTest({ patterns, records, invert }: TestOptions, context: CommandContext): Promise<ExitCode> {
  const matches = compileMatcher(parseFilters(patterns));
  const output = context.output(context.io.stdoutIsTty ? 'human' : 'ndjson');
  const printer = makePrinter(output, context.globals.query !== undefined);
  let tested = 0;
  let passed = 0;
  for await (const { value, line } of readJsonObjects(recordingAt(records, context.io.stdin).chunks())) {
    if (context.signal.aborted) break;
    const passes = matches(value);
    tested += 1;
    if (passes) passed += 1;
    if (passes !== invert) await printer.print(value, line);
  }
  const totals = { tested, passed, failed: tested - passed };
  await printer.end(totals);
  if (output.format !== 'json') {
    const text = `${formatCount(passed)} of ${plural(tested, 'record')} ${passed === 1 ? 'passes' : 'pass'}`;
    output.aside({ level: 'note', text, event: { type: 'summary', ...totals } });
  }
  if (context.signal.aborted) return ExitCode.interrupted;
  return (invert ? totals.failed : totals.passed) === 0 ? ExitCode.checkFailed : ExitCode.done;
}

interface Totals {
  readonly tested: number;
  readonly passed: number;
  readonly failed: number;
}

/** Prints records as they came, one a line; with `json` they stand in one document with the counts. */
function makePrinter(output: Output, isQueried: boolean) {
  const kept: JsonObject[] = [];
  let waiting = '';
  const flush = async (): Promise<void> => {
    const lines = waiting;
    waiting = '';
    if (lines !== '') await output.bytes(Buffer.from(lines));
  };
  return {
    async print(value: JsonObject, line: string | undefined): Promise<void> {
      if (output.format === 'json') kept.push(value);
      else if (isQueried) await output.event(value);
      else {
        waiting += `${line ?? JSON.stringify(value)}\n`;
        if (waiting.length >= WRITE_SIZE) await flush();
      }
    },
    async end(totals: Totals): Promise<void> {
      await flush();
      if (output.format === 'json') await output.document({ ...totals, records: kept });
    },
  };
}
