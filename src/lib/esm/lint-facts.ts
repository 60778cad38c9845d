import type { FunctionConfiguration } from '../aws/functions-gateway.js';
import type { Table } from '../aws/tables-gateway.js';
import type { Destination } from './destination.js';
import type { StreamMapping } from './stream-mapping.js';

/** How bad a finding is. */
export type Severity = 'error' | 'warn' | 'info';

/** All that the rules look at; what could not be found out is undefined, and then a rule is silent. */
export interface LintFacts {
  readonly mapping: StreamMapping;
  readonly table: Table | undefined;
  /** True when the table was looked for and is not there. */
  readonly tableIsGone: boolean;
  readonly functionConfiguration: FunctionConfiguration | undefined;
  /** The function was looked for and is not there. */
  readonly functionIsGone: boolean;
  readonly destination: Destination;
  /** Mappings and pipes that read the same stream and are not paused, this one among them. */
  readonly readers: number | undefined;
}

/** What a rule found in one mapping. */
export interface RuleHit {
  /** What is so, in a sentence. */
  readonly is: string;
  /** What that does in production. */
  readonly happens: string;
  /** The command that mends it. */
  readonly mend: string;
}

/** One rule: what it looks for is documented, what it found is said in its hit. */
export interface LintRule {
  readonly id: string;
  readonly severity: Severity;
  /** For the documentation: what it finds. */
  readonly finds: string;
  readonly check: (facts: LintFacts) => RuleHit | undefined;
}

/** A finding in one mapping. */
export interface Finding extends RuleHit {
  readonly rule: string;
  readonly severity: Severity;
  readonly uuid: string;
  readonly mappingArn: string | undefined;
  readonly table: string;
  readonly function: string;
  readonly region: string;
}

/** A mapping as a command names it: by its table and function, or by its UUID where an old stream makes that doubtful. */
export function nameForCommand({ mapping, table }: Pick<LintFacts, 'mapping' | 'table'>): string {
  const isCurrent = table?.latestStreamArn === mapping.eventSourceArn;
  return isCurrent ? `${mapping.tableName}:${mapping.functionName}` : mapping.uuid;
}

/** The command line that changes a setting of the mapping. */
export function tuneWith(facts: LintFacts, flags: string): string {
  return `ddbx esm tune ${nameForCommand(facts)} ${flags}`;
}
