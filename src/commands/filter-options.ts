import { type Command, Option } from 'commander';
import { type MappingRef, parseMappingRef } from '../lib/esm/mapping-ref.js';
import { usageError } from '../lib/model/error.js';
import { type IamNeed, parsedBy } from './verb.js';

/** The flags that `addFilterOptions` declares, as commander hands them over. */
export interface FilterFlags {
  readonly filter?: readonly string[];
  readonly asMapping?: MappingRef;
}

/** Which records are wanted: those that pass one of the filters, given here or by a mapping. */
export interface FilterChoice {
  /** Patterns, or `@file`. */
  readonly filters: readonly string[];
  readonly asMapping: MappingRef | undefined;
}

/** Declares `--filter` and `--as-mapping`. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--filter <pattern|@file>',
        'records that this filter of an event source mapping lets through; repeat it for alternatives',
      ).argParser((text: string, previous: readonly string[] | undefined) => [...(previous ?? []), text]),
    )
    .addOption(
      new Option(
        '--as-mapping <mapping>',
        'records that this mapping lets through: its UUID, ARN, or table:function',
      ).argParser(parsedBy(parseMappingRef)),
    );
}

/** What `--as-mapping` needs. */
export const filterNeeds: readonly IamNeed[] = [
  { action: 'lambda:ListEventSourceMappings', when: '--as-mapping names a table and a function' },
  { action: 'lambda:GetEventSourceMapping', resource: 'mapping', when: '--as-mapping is given' },
];

/** The parsed form of `addFilterOptions`. @throws DdbxError `usage` */
export function filterChoice({ filter = [], asMapping }: FilterFlags): FilterChoice {
  if (filter.length > 0 && asMapping !== undefined) {
    throw usageError('--filter and --as-mapping both say which records pass.', 'Leave one of them out.');
  }
  return { filters: filter, asMapping };
}
