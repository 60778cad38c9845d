import type { CommandContext } from '../../context.js';
import { checkFilters } from '../../lib/filter/check-filters.js';
import type { Severity } from '../../lib/filter/finding.js';
import { ExitCode } from '../../lib/model/error.js';
import { filterTexts } from '../filter-texts.js';
import type { CheckOptions } from './check.js';
import { checkDocument, checkText } from './check-view.js';

const SEVERITIES: readonly Severity[] = ['note', 'warning', 'error'];

/** Runs `ddbx filter check`. */
export async function runCheck(options: CheckOptions, context: CommandContext): Promise<ExitCode> {
  const output = context.output();
  const check = checkFilters(filterTexts(options.patterns), options.viewType);
  const document = checkDocument(check);
  if (output.format === 'json') await output.document(document);
  else if (output.format === 'ndjson') {
    const { filters, ...summary } = document;
    for (const filter of filters) await output.event({ type: 'filter', ...filter });
    await output.event({ type: 'summary', ...summary });
  } else await output.line(checkText(check, context.io));
  const findings = [...check.filters.flatMap(filter => filter.findings), ...check.findings];
  const failing = SEVERITIES.slice(SEVERITIES.indexOf(options.failOn));
  return findings.some(({ severity }) => failing.includes(severity)) ? ExitCode.checkFailed : ExitCode.done;
}
