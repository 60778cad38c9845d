import { type LintRule, nameForCommand } from './lint-facts.js';

/** What is wrong with where the mapping stands: its stream, its function, its company. */
export const stateRules: readonly LintRule[] = [
  {
    id: 'orphaned',
    severity: 'error',
    finds: 'a mapping of an old or dead stream',
    check: ({ mapping, table, tableIsGone }) => {
      if (!isOrphaned(mapping.eventSourceArn, table, tableIsGone)) return undefined;
      const hasNew = table?.streamViewType !== undefined;
      return {
        is: tableIsGone
          ? `There is no table ${mapping.tableName} any more.`
          : hasNew
            ? `It reads an old stream of ${mapping.tableName} (${mapping.stream.label}).`
            : `The stream of ${mapping.tableName} is off.`,
        happens: 'It gets no new record, and says nothing about that.',
        mend: hasNew
          ? `ddbx esm repoint ${mapping.uuid}`
          : tableIsGone
            ? `ddbx esm detach ${mapping.uuid}`
            : `ddbx streams enable ${mapping.tableName} --view new-and-old-images`,
      };
    },
  },
  {
    id: 'last-batch-failed',
    severity: 'error',
    finds: 'a last processing result that begins with PROBLEM',
    check: facts => {
      const { lastProcessingResult } = facts.mapping;
      if (lastProcessingResult?.startsWith('PROBLEM') !== true) return undefined;
      return {
        is: `Lambda says "${lastProcessingResult}".`,
        happens: 'A batch is failing, and what was written behind it waits.',
        mend: `ddbx esm blocked ${nameForCommand(facts)}`,
      };
    },
  },
  {
    id: 'function-missing',
    severity: 'error',
    finds: 'a mapping whose function is gone',
    check: ({ mapping, functionIsGone }) =>
      functionIsGone
        ? {
            is: `There is no function ${mapping.functionName}.`,
            happens: 'Every batch fails until its records are given up.',
            mend: `ddbx esm detach ${mapping.uuid}`,
          }
        : undefined,
  },
  {
    id: 'paused',
    severity: 'info',
    finds: 'a mapping that is disabled',
    check: facts =>
      facts.mapping.state === 'Disabled'
        ? {
            is: 'The mapping is disabled.',
            happens: 'Records wait for it for 24 hours from their write; then they are gone.',
            mend: `ddbx esm resume ${nameForCommand(facts)}`,
          }
        : undefined,
  },
  {
    id: 'too-many-readers',
    severity: 'warn',
    finds: 'more readers than a shard serves: two, or one where replication is the other',
    check: ({ mapping, table, readers }) => {
      if (readers === undefined || table === undefined) return undefined;
      const isGlobal = table.replicaRegions.length > 0;
      const recommended = isGlobal ? 1 : 2;
      if (readers <= recommended) return undefined;
      return {
        is: `${readers} consumers read each shard of ${mapping.tableName}; ${isGlobal ? 'one beside replication' : 'two'} are recommended.`,
        happens: 'They throttle each other, and the iterator age of all of them grows.',
        mend: `ddbx esm list ${mapping.tableName}`,
      };
    },
  },
];

/** Whether a stream is none that its table writes to now; false when the table could not be looked at. */
export function isOrphaned(
  streamArn: string,
  table: { readonly latestStreamArn: string | undefined; readonly streamViewType: string | undefined } | undefined,
  tableIsGone: boolean,
): boolean {
  if (tableIsGone) return true;
  if (table === undefined) return false;
  return table.streamViewType === undefined || table.latestStreamArn !== streamArn;
}
