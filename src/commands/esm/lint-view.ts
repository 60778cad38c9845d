import type { Finding, LintFacts, Severity } from '../../lib/esm/lint-facts.js';
import { plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes, type Palette } from '../../lib/terminal/palette.js';
import { wrapped } from './wrapped.js';

/** The findings for people, under the mapping that each is of. */
export function lintText(facts: readonly LintFacts[], findings: readonly Finding[], io: Io): string {
  const paint = makePalettes(io).stdout;
  const blocks = facts.map(({ mapping }) => {
    const own = findings.filter(({ uuid }) => uuid === mapping.uuid);
    const name = `${paint.bold(`${mapping.tableName}:${mapping.functionName}`)} (${mapping.region})`;
    const head = `${name}  ${paint.dim(mapping.uuid)}`;
    if (own.length === 0) return `${head}\n  ${paint.good('nothing found')}`;
    return [head, ...own.flatMap(finding => findingLines(finding, paint, io))].join('\n');
  });
  return [...blocks, summaryText(facts.length, findings)].join('\n\n');
}

function findingLines({ severity, rule, is, happens, mend }: Finding, paint: Palette, io: Io): readonly string[] {
  const paintSeverity: Readonly<Record<Severity, (text: string) => string>> = {
    error: paint.bad,
    warn: paint.warn,
    info: paint.dim,
  };
  return [
    `  ${paintSeverity[severity](severity.padEnd(5))}  ${rule}`,
    ...wrapped(`${is} ${happens}`, io, '         '),
    `         ${paint.key(`$ ${mend}`)}`,
  ];
}

function summaryText(mappings: number, findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter(each => each.severity === severity).length;
  const words = [plural(count('error'), 'error'), plural(count('warn'), 'warning'), plural(count('info'), 'note')];
  return `${plural(mappings, 'mapping')}: ${words.join(', ')}`;
}
