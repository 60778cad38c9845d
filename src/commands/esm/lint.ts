import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { type MappingRef, parseMappingRef } from '../../lib/esm/mapping-ref.js';
import { usageError } from '../../lib/model/error.js';
import { type CommandHost, declareVerb, parsedBy } from '../verb.js';
import { findNeeds, surveyNeeds } from './needs.js';

/** What is looked at. */
export type LintScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'table'; readonly table: TableRef }
  | { readonly kind: 'mapping'; readonly mapping: MappingRef };

/** Everything that `ddbx esm lint` can be told. */
export interface LintOptions {
  readonly scope: LintScope;
  /** From this severity on the check says no (exit 4). */
  readonly failOn: 'error' | 'warn';
}

interface LintFlags {
  readonly all?: boolean;
  readonly failOn: 'error' | 'warn';
}

const lazyRun: Run<LintOptions> = async (options, context) => (await import('./lint-run.js')).runLint(options, context);

/** `ddbx esm lint`. */
export function lintCommand(host: CommandHost, run: Run<LintOptions> = lazyRun): Command {
  const command = new Command('lint')
    .description('find what will go wrong with mappings: retries, destinations, windows, readers, filters, queues')
    .argument('[table-or-mapping]', 'a table, or table:function, or the UUID or ARN of a mapping', parsedBy(parseScope))
    .option('--all', 'every mapping of a DynamoDB stream in the Region')
    .addOption(
      new Option('--fail-on <severity>', 'exit 4 from this severity on').choices(['error', 'warn']).default('error'),
    )
    .action((named: LintScope | undefined, { all, failOn }: LintFlags, self: Command) =>
      host.run(self, async context => {
        if ((named === undefined) === (all !== true)) {
          throw usageError('Say what to look at: a table, a mapping, or --all.', 'Exactly one of them is wanted.');
        }
        return run({ scope: named ?? { kind: 'all' }, failOn }, context);
      }),
    );
  return declareVerb(command, {
    formats: ['sarif'],
    examples: [
      { command: 'ddbx esm lint Orders', does: 'every mapping of a table' },
      { command: 'ddbx esm lint Orders:orders-indexer --fail-on warn', does: 'one mapping, strictly' },
      { command: 'ddbx esm lint --all --output sarif > lint.sarif', does: 'in CI; exit 4 when there are errors' },
    ],
    iam: [
      { action: 'lambda:ListEventSourceMappings' },
      ...findNeeds.slice(0, 1),
      ...surveyNeeds,
      { action: 'lambda:GetFunction', resource: 'function', when: 'the function is to be looked at' },
      { action: 'pipes:ListPipes', when: 'the readers of the stream are to be counted' },
    ],
    completes: 'table',
  });
}

/** A colon or a UUID makes it a mapping; the ARN of a table has colons, too. */
function parseScope(text: string): LintScope {
  const isTable = text.startsWith('arn:')
    ? /:table\/[^/:]+(?:\/stream\/[^:]+:\d\d:[\d.]+)?$/.test(text)
    : !text.includes(':');
  const isUuid = /^[0-9a-f]{8}-/i.test(text) && text.length === 36;
  return isTable && !isUuid
    ? { kind: 'table', table: parseTableRef(text) }
    : { kind: 'mapping', mapping: parseMappingRef(text) };
}
