import type { Finding, LintRule, Severity } from './lint-facts.js';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warn: 'warning',
  info: 'note',
};

/**
 * The findings as a SARIF 2.1.0 log, which CI systems show beside a build. A mapping is no file, so it is a logical
 * location: its ARN.
 */
export function sarifLog(findings: readonly Finding[], rules: readonly LintRule[], version: string) {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ddbx esm lint',
            version,
            rules: rules.map(({ id, severity, finds }) => ({
              id,
              shortDescription: { text: finds },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        results: findings.map(({ rule, severity, is, happens, mend, uuid, mappingArn, table, ...finding }) => ({
          ruleId: rule,
          ruleIndex: rules.findIndex(({ id }) => id === rule),
          level: LEVELS[severity],
          message: { text: `${table}:${finding.function}: ${is} ${happens} Mend it with: ${mend}` },
          locations: [
            {
              logicalLocations: [
                { name: `${table}:${finding.function}`, fullyQualifiedName: mappingArn ?? uuid, kind: 'resource' },
              ],
            },
          ],
          partialFingerprints: { mappingAndRule: `${uuid}/${rule}` },
        })),
      },
    ],
  };
}
