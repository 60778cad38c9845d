import type { FilterCheck, FiltersCheck } from '../../lib/filter/check-filters.js';
import type { Finding, Severity } from '../../lib/filter/finding.js';
import { LAMBDA_REFUSAL, placeOf } from '../../lib/filter/pattern-fault.js';
import { formatPath } from '../../lib/model/attribute-path.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { safeText } from '../../lib/terminal/text.js';

/** The check as JSON. */
export function checkDocument({ isValid, outcome, filters, findings }: FiltersCheck) {
  return {
    valid: isValid,
    outcome: outcome ?? null,
    lambdaSays: isValid ? null : LAMBDA_REFUSAL,
    filters: filters.map((filter, i) => ({
      filter: i + 1,
      pattern: filter.text,
      valid: filter.isValid,
      outcome: filter.outcome ?? null,
      findings: filter.findings.map(finding => findingJson(finding, filter.text)),
    })),
    findings: findings.map(({ id, severity, message, hint }) => ({ id, severity, message, hint: hint ?? null })),
  };
}

function findingJson({ id, severity, path, at, message, hint }: Finding, text: string) {
  return { id, severity, path: formatPath(path), ...placeOf(text, at), message, hint: hint ?? null };
}

/** The check for people: a verdict for each filter, and what was found under it. */
export function checkText({ filters, findings }: FiltersCheck, io: Io): string {
  const paint = makePalettes(io).stdout;
  const blocks = filters.map((filter, i) => {
    const name = filters.length === 1 ? 'The filter' : `Filter ${i + 1}`;
    return [`${name} ${verdict(filter, paint)}`, ...filter.findings.map(each => findingText(each, filter.text, paint))];
  });
  return [...blocks, ...findings.map(each => [findingText(each, '', paint)])]
    .map(lines => lines.join('\n'))
    .join('\n\n');
}

function verdict({ isValid, outcome }: FilterCheck, paint: Palette): string {
  if (!isValid) return `${paint.bad('is not valid')}: Lambda answers "${LAMBDA_REFUSAL}"`;
  switch (outcome) {
    case 'never':
      return `is valid, and ${paint.warn('lets no record pass')}.`;
    case 'always':
      return `is valid, and ${paint.warn('lets every record pass')}.`;
    default:
      return `is ${paint.good('valid')}.`;
  }
}

function findingText({ severity, path, at, message, hint }: Finding, text: string, paint: Palette): string {
  const { line, column } = placeOf(text, at);
  const place = text.includes('\n') ? `${line}:${column}` : `column ${column}`;
  const where = path.length === 0 ? '' : `${paint.key(safeText(formatPath(path)))}: `;
  const at_ = text === '' ? '' : ` ${paint.dim(`(${place})`)}`;
  const head = `  ${severityPaint(severity, paint)(severity)}: ${where}${safeText(message)}${at_}`;
  return hint === undefined ? head : `${head}\n    ${paint.dim(safeText(hint))}`;
}

function severityPaint(severity: Severity, paint: Palette): (text: string) => string {
  switch (severity) {
    case 'error':
      return paint.bad;
    case 'warning':
      return paint.warn;
    case 'note':
      return paint.dim;
  }
}
