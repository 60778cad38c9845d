import pLimit from 'p-limit';
import { isAwsError } from '../aws/aws-error.js';
import type { MetricPoint, MetricsGateway } from '../aws/metrics-gateway.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';
import type { Table, TablesGateway } from '../aws/tables-gateway.js';
import { type Destination, lookAtDestination } from './destination.js';
import { iteratorAges } from './function-metrics.js';
import { isOrphaned } from './lint-state-rules.js';
import type { StreamMapping } from './stream-mapping.js';

/** A mapping with what stands beside it; what could not be found out is undefined. */
export interface SurveyedMapping {
  readonly mapping: StreamMapping;
  readonly table: Table | undefined;
  /** The table was looked for and is not there. */
  readonly tableIsGone: boolean;
  /** It reads a stream that its table does not write to. */
  readonly orphaned: boolean;
  /** The newest iterator age of the function, of the last five minutes. */
  readonly age: MetricPoint | undefined;
  readonly destination: Destination;
}

/** A survey, and why parts of it are missing. */
export interface Survey {
  readonly mappings: readonly SurveyedMapping[];
  readonly unknown: readonly string[];
}

/** The doors that a survey goes through; each is opened only when something is asked behind it. */
export interface SurveyDoors {
  readonly tables: () => Promise<TablesGateway>;
  readonly queues: () => Promise<QueuesGateway>;
  readonly metrics: () => Promise<MetricsGateway>;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

const PARALLEL = 8;

/** Looks at what stands beside mappings: tables, queues, iterator ages. Only an abort throws. */
export async function surveyMappings(mappings: readonly StreamMapping[], doors: SurveyDoors): Promise<Survey> {
  const limit = pLimit(PARALLEL);
  const unknown = new Set<string>();
  const excuse = <Value>(what: string, asking: Promise<Value>): Promise<Value | undefined> =>
    asking.catch((error: unknown) => {
      doors.signal.throwIfAborted();
      if (!isAwsError(error)) throw error;
      unknown.add(`${what}: ${error.operation}: ${error.code}`);
      return undefined;
    });
  const names = [...new Set(mappings.filter(isOfOwnAccount).map(({ tableName }) => tableName))];
  const arns = [...new Set(mappings.map(({ settings }) => settings.onFailure))];
  const [tables, destinations, ages] = await Promise.all([
    Promise.all(names.map(name => limit(async () => [name, await excuse(name, findTable(name, doors))] as const))),
    Promise.all(
      arns.map(arn => limit(async () => [arn, await lookAtDestination(arn, doors.queues, doors.signal)] as const)),
    ),
    excuse(
      'iterator age',
      doors.metrics().then(metrics => iteratorAges(metrics, mappings, doors.nowMs, doors.signal)),
    ),
  ]);
  const tableOf = new Map(tables);
  const destinationOf = new Map(destinations);
  return {
    mappings: mappings.map(mapping => {
      const found = tableOf.get(mapping.tableName);
      const table = found === 'gone' ? undefined : found;
      const tableIsGone = found === 'gone';
      return {
        mapping,
        table,
        tableIsGone,
        orphaned: isOrphaned(mapping.eventSourceArn, table, tableIsGone),
        age: ages?.get(mapping.uuid),
        destination: destinationOf.get(mapping.settings.onFailure) ?? { kind: 'none' },
      };
    }),
    unknown: [...unknown],
  };
}

/** A stream of another account belongs to a table that cannot be described from here (FACTS B.2). */
function isOfOwnAccount({ functionArn, stream }: StreamMapping): boolean {
  const account = /^arn:[^:]+:lambda:[^:]*:(\d{12}):/.exec(functionArn)?.[1];
  return account === undefined || account === stream.account;
}

async function findTable(tableName: string, { tables, signal }: SurveyDoors): Promise<Table | 'gone'> {
  try {
    return await (await tables()).describeTable(tableName, signal);
  } catch (error) {
    if (isAwsError(error, 'not-found')) return 'gone';
    throw error;
  }
}
