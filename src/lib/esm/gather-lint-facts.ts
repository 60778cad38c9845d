import pLimit from 'p-limit';
import { isAwsError } from '../aws/aws-error.js';
import type { ConsumersGateway } from '../aws/consumers-gateway.js';
import type { FunctionConfiguration, FunctionsGateway } from '../aws/functions-gateway.js';
import type { Clock } from '../model/clock.js';
import { findConsumers } from '../streams/consumers.js';
import type { LintFacts } from './lint-facts.js';
import type { SurveyedMapping } from './survey.js';

/** What is asked besides the survey. */
export interface LintDoors {
  readonly functions: FunctionsGateway;
  readonly consumers: ConsumersGateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const PARALLEL = 8;

/** Adds what only the rules want to know: the function, and who else reads the stream. Only an abort throws. */
export async function gatherLintFacts(
  surveyed: readonly SurveyedMapping[],
  doors: LintDoors,
): Promise<readonly LintFacts[]> {
  const limit = pLimit(PARALLEL);
  const streams = [...new Set(surveyed.map(({ mapping }) => mapping.eventSourceArn))];
  const functions = [...new Set(surveyed.map(({ mapping }) => mapping.functionArn))];
  const [readers, configurations] = await Promise.all([
    Promise.all(streams.map(arn => limit(async () => [arn, await countReaders(arn, doors)] as const))),
    Promise.all(functions.map(arn => limit(async () => [arn, await describeFunction(arn, doors)] as const))),
  ]);
  const readersOf = new Map(readers);
  const functionOf = new Map(configurations);
  return surveyed.map(({ mapping, table, tableIsGone, destination }) => {
    const configuration = functionOf.get(mapping.functionArn);
    return {
      mapping,
      table,
      tableIsGone,
      destination,
      functionConfiguration: configuration === 'gone' ? undefined : configuration,
      functionIsGone: configuration === 'gone',
      readers: readersOf.get(mapping.eventSourceArn),
    };
  });
}

/** Mappings and pipes that are not paused; undefined when either cannot be listed. */
async function countReaders(streamArn: string, { consumers, clock, signal }: LintDoors): Promise<number | undefined> {
  const lookup = await findConsumers(consumers, { streamArn }, clock, signal);
  if (lookup.unknown.some(({ kind }) => kind === 'event-source-mapping')) return undefined;
  return lookup.consumers.filter(({ state }) => !/^(disabled|stopped)$/i.test(state)).length;
}

async function describeFunction(
  functionArn: string,
  { functions, signal }: LintDoors,
): Promise<FunctionConfiguration | 'gone' | undefined> {
  try {
    return await functions.describe(functionArn, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error, 'not-found')) return 'gone';
    if (isAwsError(error)) return undefined;
    throw error;
  }
}
