import { Command, Option } from 'commander';
import type { ChangeOptions, Run } from '../../context.js';
import type { ExpiredChoice } from '../../lib/dlq/drain-options.js';
import type { DrainOrder } from '../../lib/dlq/waiting-room.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { changeOptions, type CommandHost, collected, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { type DrainTo, parseDrainTo } from './drain-to.js';
import { FAILURE_PLACE, type FailurePlace, parseFailurePlace } from './failure-place.js';
import { objectNeeds, queueNeeds, takeNeeds } from './needs.js';

/** Everything that `ddbx dlq drain` can be told. */
export interface DrainCommandOptions extends ChangeOptions {
  readonly place: FailurePlace;
  readonly to: readonly DrainTo[];
  readonly keep: boolean;
  readonly expired: ExpiredChoice;
  readonly archiveTo: string | undefined;
  readonly moveTo: string | undefined;
  readonly only: {
    readonly functions: readonly string[];
    readonly conditions: readonly string[];
    readonly shards: readonly string[];
    readonly olderThanMs: number | undefined;
  };
  readonly maxMessages: number | undefined;
  readonly ratePerSecond: number | undefined;
  readonly concurrency: number;
  readonly order: DrainOrder;
  /** Undefined with --follow. */
  readonly idleTimeoutMs: number | undefined;
  readonly visibilityMs: number;
  readonly invoke: {
    readonly batchSize: number;
    readonly retries: number;
    readonly bisect: boolean;
    readonly timeoutMs: number;
  };
}

interface DrainFlags extends Partial<ChangeOptions> {
  readonly to?: readonly DrainTo[];
  readonly keep?: boolean;
  readonly expired: ExpiredChoice;
  readonly archiveTo?: string;
  readonly moveTo?: string;
  readonly function?: readonly string[];
  readonly condition?: readonly string[];
  readonly shard?: readonly string[];
  readonly olderThan?: number;
  readonly maxMessages?: number;
  readonly rate?: number;
  readonly concurrency: number;
  readonly order: DrainOrder;
  readonly follow?: boolean;
  readonly idleTimeout?: number;
  readonly visibilityTimeout: number;
  readonly invokeBatchSize: number;
  readonly retries: number;
  readonly bisect?: boolean;
  readonly invokeTimeout: number;
}

const EXPIRED: readonly ExpiredChoice[] = ['keep', 'archive', 'delete'];
const ORDERS: readonly DrainOrder[] = ['oldest', 'soonest-expiry'];
const DEFAULT_IDLE_MS = 10_000;
const LARGEST_BATCH = 10_000;
const MOST_AT_ONCE = 256;
const LONGEST_VISIBILITY_MS = 43_200_000;
const SHORTEST_VISIBILITY_MS = 3_000;

const lazyRun: Run<DrainCommandOptions> = async (options, context) =>
  (await import('./drain-run.js')).runDrain(options, context);

/** `ddbx dlq drain`. */
export function drainCommand(host: CommandHost, run: Run<DrainCommandOptions> = lazyRun): Command {
  const duration = parsedBy(parseDuration);
  const command = new Command('drain')
    .description('bring the records of failed batches back, deliver them, then delete the messages')
    .argument('<queue>', FAILURE_PLACE, parsedBy(parseFailurePlace))
    .addOption(
      new Option(
        '--to <sink>',
        'file:<path>, -, lambda:<function>, module:<file>, sqs:<queue>, sns:<topic ARN>; repeatable',
      ).argParser(repeated(parseDrainTo)),
    )
    .option('--keep', 'deliver, and leave every message in the queue (rescue)')
    .addOption(
      new Option('--expired <what>', 'messages whose records the stream has forgotten')
        .choices(EXPIRED)
        .default('keep'),
    )
    .option('--archive-to <file>', 'with --expired archive: append what is known of them to this file')
    .option('--move-to <prefix>', 'of a bucket: move what is done below this prefix instead of deleting it')
    .optionsGroup('Which messages:')
    .addOption(new Option('--function <name>', 'given up by these functions or pipes').argParser(collected(same)))
    .addOption(new Option('--condition <name>', 'such as RetryAttemptsExhausted').argParser(collected(same)))
    .addOption(new Option('--shard <id>', 'of these shards').argParser(collected(same)))
    .addOption(new Option('--older-than <duration>', 'given up at least so long ago').argParser(duration))
    .addOption(new Option('--max-messages <n>', 'n messages at most').argParser(wholeNumber(1)))
    .optionsGroup('How:')
    .addOption(new Option('--order <what>', 'what goes first of what is in hand').choices(ORDERS).default('oldest'))
    .addOption(new Option('--rate <n>', 'messages a second, at most').argParser(wholeNumber(1)))
    .addOption(
      new Option('--concurrency <n>', 'long polls, and shards worked on, side by side')
        .argParser(wholeNumber(1))
        .default(8),
    )
    .addOption(
      new Option('--idle-timeout <duration>', 'end when nothing has come for so long (10s)').argParser(duration),
    )
    .option('-f, --follow', 'go on listening when the queue is empty')
    .addOption(
      new Option('--visibility-timeout <duration>', 'how soon others may have what a killed drain had in hand')
        .argParser(duration)
        .default(60_000, '60s'),
    )
    .optionsGroup('For lambda: and module:')
    .addOption(
      new Option('--invoke-batch-size <n>', 'records of one invocation, at most')
        .argParser(wholeNumber(1))
        .default(LARGEST_BATCH),
    )
    .addOption(
      new Option('--retries <n>', 'how often a batch that failed is sent again').argParser(wholeNumber(0)).default(0),
    )
    .option('--bisect', 'halve a failed batch until the record that fails stands alone, and print it')
    .addOption(
      new Option('--invoke-timeout <duration>', 'how long one invocation may take')
        .argParser(duration)
        .default(30_000, '30s'),
    )
    .action((place: FailurePlace, flags: DrainFlags, self: Command) =>
      host.run(self, async context => run(drainOptions(place, flags), context)),
    );
  return declareVerb(command, {
    examples: [
      {
        command: 'ddbx dlq drain orders-failures --to file:rescued.ndjson --keep',
        does: 'rescue the records, touch nothing',
      },
      {
        command: 'ddbx dlq drain orders-failures --to lambda:order-events --bisect',
        does: 'replay them, and find the poison record',
      },
      {
        command: 'ddbx dlq drain orders-failures --to module:handler.mjs --keep --max-messages 1',
        does: 'debug a handler on one of them',
      },
      {
        command: 'ddbx dlq drain s3://failures/aws/lambda --to sqs:orders-replay --move-to done',
        does: 'from an S3 destination',
      },
      { command: 'ddbx dlq drain orders-failures --dry-run', does: 'count what would come back' },
    ],
    iam: [
      ...queueNeeds,
      ...takeNeeds,
      { action: 'sqs:DeleteMessage', resource: 'queue', when: 'neither --keep nor --dry-run is given' },
      { action: 'dynamodb:GetShardIterator', resource: 'stream' },
      { action: 'dynamodb:GetRecords', resource: 'stream' },
      { action: 'lambda:ListEventSourceMappings' },
      { action: 'lambda:GetEventSourceMapping', resource: 'mapping', when: 'the filter of a mapping is encrypted' },
      { action: 'lambda:InvokeFunction', resource: 'function', when: 'records go to lambda:<function>' },
      { action: 'sqs:SendMessage', resource: 'queue', when: 'records go to sqs:<queue>' },
      { action: 'sns:Publish', resource: 'topic', when: 'records go to sns:<topic ARN>' },
      ...objectNeeds,
      {
        action: 's3:DeleteObject',
        resource: 'object',
        when: 'failures lie in S3, and neither --keep nor --dry-run is given',
      },
      { action: 's3:PutObject', resource: 'object', when: '--move-to is given' },
    ],
    changes: true,
  });
}

/** Checks how the flags go together, before anything is asked of anybody. @throws DdbxError `usage` */
function drainOptions(place: FailurePlace, flags: DrainFlags): DrainCommandOptions {
  const to = flags.to ?? [];
  const change = changeOptions(flags);
  const keep = flags.keep ?? false;
  if (to.length === 0 && !change.dryRun) {
    throw usageError(
      'Nothing says where the records go.',
      'Add --to file:rescued.ndjson (or -, lambda:<function>, module:<file>, sqs:<queue>, sns:<topic ARN>), or --dry-run.',
    );
  }
  if (to.filter(sink => sink.kind === 'stdout').length > 1)
    throw usageError('--to - is given twice.', 'Once is enough.');
  if (flags.expired === 'archive' && flags.archiveTo === undefined) {
    throw usageError('--expired archive needs a file to archive to.', 'Add --archive-to expired.ndjson.');
  }
  if (flags.expired !== 'archive' && flags.archiveTo !== undefined) {
    throw usageError('--archive-to is for --expired archive.', 'Add --expired archive, or leave it out.');
  }
  if (keep && flags.expired !== 'keep') {
    throw usageError(`--keep leaves every message, and --expired ${flags.expired} does not.`, 'Leave one of them out.');
  }
  if (flags.follow === true && flags.idleTimeout !== undefined) {
    throw usageError('--follow never ends, and --idle-timeout says when to end.', 'Leave one of them out.');
  }
  if (place.kind === 'bucket' && flags.follow === true) {
    throw usageError('--follow is for queues: a bucket is listed once.', 'Leave it out.');
  }
  if (place.kind === 'queue' && flags.moveTo !== undefined) {
    throw usageError('--move-to is for objects in S3.', 'Leave it out, or name a bucket: s3://bucket/prefix.');
  }
  if (flags.moveTo === '' || flags.moveTo?.startsWith('/') === true) {
    throw usageError('--move-to takes a prefix within the bucket.', 'Such as --move-to done.');
  }
  if (flags.invokeBatchSize > LARGEST_BATCH) {
    throw usageError('--invoke-batch-size takes at most 10000, as Lambda does.');
  }
  if (flags.invokeTimeout === 0) throw usageError('--invoke-timeout takes more than no time.', 'Such as 30s.');
  if (flags.concurrency > MOST_AT_ONCE) throw usageError(`--concurrency takes at most ${MOST_AT_ONCE}.`);
  const visibilityMs = flags.visibilityTimeout;
  if (visibilityMs < SHORTEST_VISIBILITY_MS || visibilityMs > LONGEST_VISIBILITY_MS) {
    throw usageError('--visibility-timeout takes 3s to 12h.', 'It is extended while messages are worked on.');
  }
  return {
    ...change,
    place,
    to,
    keep,
    expired: flags.expired,
    archiveTo: flags.archiveTo,
    moveTo: flags.moveTo,
    only: {
      functions: flags.function ?? [],
      conditions: flags.condition ?? [],
      shards: flags.shard ?? [],
      olderThanMs: flags.olderThan,
    },
    maxMessages: flags.maxMessages,
    ratePerSecond: flags.rate,
    concurrency: flags.concurrency,
    order: flags.order,
    idleTimeoutMs: flags.follow === true ? undefined : (flags.idleTimeout ?? DEFAULT_IDLE_MS),
    visibilityMs,
    invoke: {
      batchSize: flags.invokeBatchSize,
      retries: flags.retries,
      bisect: flags.bisect ?? false,
      timeoutMs: flags.invokeTimeout,
    },
  };
}

const same = (text: string): string => text;

/** Collects a repeatable option whose values may hold commas, as paths do. */
function repeated<Value>(parse: (text: string) => Value) {
  const parseOne = parsedBy(parse);
  return (text: string, previous: readonly Value[] | undefined): readonly Value[] => [
    ...(previous ?? []),
    parseOne(text),
  ];
}
