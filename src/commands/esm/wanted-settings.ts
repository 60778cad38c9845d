import type { CommandContext } from '../../context.js';
import type { Aws } from '../../lib/aws/connection.js';
import { isAwsError } from '../../lib/aws/aws-error.js';
import { failureQueueName } from '../../lib/aws/failure-queue.js';
import type { MappingSettings } from '../../lib/aws/mapping-settings.js';
import { parseQueueRef } from '../../lib/aws/queue-ref.js';
import { resolveQueue } from '../../lib/aws/resolve-queue.js';
import type { QueueToHave } from '../../lib/esm/plan-attach.js';
import type { WantedSettings } from '../../lib/esm/plan-settings.js';
import { type PresetName, presets } from '../../lib/esm/presets.js';
import { FILTER_QUOTA } from '../../lib/filter/filter-criteria.js';
import { usageError } from '../../lib/model/error.js';
import type { Output } from '../../lib/terminal/output.js';
import { parseFilters } from '../filter-texts.js';
import type { TypedSettings } from './setting-flags.js';

/** The settings that were asked for, with files read and names looked up. */
export interface Wanted extends WantedSettings {
  /** Set by `--on-failure create`. */
  readonly queue: QueueToHave | undefined;
}

/** Patterns that were read and are valid; found out before any call. @throws DdbxError `usage`; PatternError */
export function readFilters(typed: TypedSettings, output: Output): readonly string[] | undefined {
  if (typed.filters === undefined) return undefined;
  if (typed.filters.length === 0) return [];
  const filters = parseFilters(typed.filters).map(({ text }) => text);
  const { byDefault, raised } = FILTER_QUOTA;
  if (filters.length > raised) {
    throw usageError(
      `A mapping takes ${byDefault} filters, ${raised} with a raised quota; these are ${filters.length}.`,
    );
  }
  if (filters.length > byDefault) {
    output.warn(`${filters.length} filters need a raised quota; without it a mapping takes ${byDefault}.`);
  }
  return filters;
}

/** What the flags come to for a function in a Region. @throws DdbxError; AwsError */
export async function wantedSettings(
  typed: TypedSettings,
  filters: readonly string[] | undefined,
  preset: PresetName | undefined,
  place: { readonly aws: Aws; readonly region: string; readonly functionName: string; readonly account: string },
  context: CommandContext,
): Promise<Wanted> {
  const { filters: _texts, onFailure, metrics, kmsKey, ...plain } = typed;
  const destination = onFailure === undefined ? undefined : await destinationOf(onFailure, place, context);
  const settings: Partial<MappingSettings> = {
    ...plain,
    ...(filters === undefined ? {} : { filters }),
    ...(destination === undefined ? {} : { onFailure: destination.arn }),
    ...(metrics === undefined ? {} : { metrics: metrics ? ['EventCount'] : [] }),
    ...(kmsKey === undefined ? {} : { kmsKeyArn: kmsKey === 'none' ? '' : kmsKey }),
  };
  return {
    typed: settings,
    preset: preset === undefined ? {} : presets[preset].settings,
    queue: destination?.queue,
  };
}

interface DestinationToHave {
  /** Empty for none. */
  readonly arn: string;
  readonly queue: QueueToHave | undefined;
}

async function destinationOf(
  typed: string,
  { aws, region, functionName, account }: Parameters<typeof wantedSettings>[3],
  { signal }: CommandContext,
): Promise<DestinationToHave> {
  if (typed === 'none') return { arn: '', queue: undefined };
  if (/^arn:[^:]+:(?:sns|s3):/.test(typed)) return { arn: typed, queue: undefined };
  const queues = await aws.queues(region);
  if (typed !== 'create') {
    const { queueArn } = await resolveQueue(queues, parseQueueRef(typed), signal);
    return { arn: queueArn, queue: undefined };
  }
  const queueName = failureQueueName(functionName);
  try {
    const { queueArn } = await resolveQueueAsIs(queueName);
    return { arn: queueArn, queue: { queueName, queueArn, exists: true } };
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    const queueArn = `arn:aws:sqs:${region}:${account}:${queueName}`;
    return { arn: queueArn, queue: { queueName, queueArn, exists: false } };
  }

  async function resolveQueueAsIs(name: string): Promise<{ readonly queueArn: string }> {
    const url = await queues.queueUrl(name, undefined, signal);
    return { queueArn: (await queues.attributes(url, signal))['QueueArn'] ?? '' };
  }
}

/** The account in an ARN; that of AWS's examples where an endpoint names none. */
export function accountOf(arn: string): string {
  return /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? '000000000000';
}
