import { Command, Option } from 'commander';
import type { Run } from '../../context.js';
import { parseTableRef, type TableRef } from '../../lib/aws/arn.js';
import { parseDuration } from '../../lib/model/duration.js';
import { usageError } from '../../lib/model/error.js';
import { addFilterOptions, type FilterChoice, filterChoice, type FilterFlags, filterNeeds } from '../filter-options.js';
import { parseRegion } from '../region.js';
import { type CommandHost, collected, declareVerb, parsedBy, wholeNumber } from '../verb.js';
import { parseKeyCondition } from './key-condition.js';
import { readNeeds } from './read-needs.js';

/** Where a tail begins, as it was typed; instants are resolved when it runs. */
export type TailFrom =
  | { readonly kind: 'latest' | 'trim-horizon' }
  | { readonly kind: 'since'; readonly instant: string }
  | { readonly kind: 'sequence-number'; readonly sequenceNumber: string; readonly shardId: string };

/** How one record is printed. */
export type RecordForm = 'lambda' | 'plain';

/** Everything that `ddbx streams tail` can be told. */
export interface TailOptions {
  /** None: whoever sits at the terminal is asked. */
  readonly tables: readonly TableRef[];
  readonly from: TailFrom;
  readonly follow: boolean;
  readonly until: string | undefined;
  readonly limit: number | undefined;
  readonly checkpoint: string | undefined;
  readonly regions: readonly string[];
  readonly order: 'arrival' | 'time';
  readonly events: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly keys: readonly { readonly name: string; readonly value: string }[];
  readonly changed: readonly string[];
  readonly shardId: string | undefined;
  readonly filter: FilterChoice;
  readonly ttl: 'only' | 'exclude' | undefined;
  readonly redact: readonly string[];
  readonly wide: boolean;
  readonly template: string | undefined;
  readonly record: RecordForm | undefined;
  readonly pollIntervalMs: number;
  readonly maxRequestsPerSecond: number | undefined;
  readonly maxWaitMs: number;
}

interface TailFlags extends FilterFlags {
  readonly from?: string;
  readonly since?: string;
  readonly until?: string;
  readonly follow: boolean;
  readonly limit?: number;
  readonly checkpoint?: string;
  readonly regions?: readonly string[];
  readonly order: 'arrival' | 'time';
  readonly event?: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly key?: readonly { name: string; value: string }[];
  readonly changed?: readonly string[];
  readonly shard?: string;
  readonly ttl?: 'only' | 'exclude';
  readonly redact?: readonly string[];
  readonly wide?: boolean;
  readonly template?: string;
  readonly record?: RecordForm;
  readonly pollInterval: number;
  readonly maxRps?: number;
  readonly maxWait: number;
}

const lazyRun: Run<TailOptions> = async (options, context) => (await import('./tail-run.js')).runTail(options, context);

/** `ddbx streams tail`. */
export function tailCommand(host: CommandHost, run: Run<TailOptions> = lazyRun): Command {
  const duration = parsedBy(parseDuration);
  const command = new Command('tail')
    .description('watch the records of one or more streams as they come')
    .argument('[table...]', 'table names, table ARNs or stream ARNs; asked for when left out')
    .optionsGroup('Where from and where to:')
    .option('--from <position>', 'latest (the default), trim-horizon, or a sequence number with --shard')
    .option('--since <instant>', 'records from then on: 15m, "2h ago" or an ISO 8601 instant')
    .option('--until <instant>', 'stop at this instant')
    .option('--no-follow', 'read to the end as it is now, then stop')
    .addOption(new Option('--limit <n>', 'stop after n records').argParser(wholeNumber(1)))
    .option('--checkpoint <file>', 'go on where the last run with this file stopped, and keep it up to date')
    .optionsGroup('Which records:')
    .addOption(
      new Option('--event <names>', 'records of these events').choices(['insert', 'modify', 'remove']).argParser(
        collected(text => {
          const name = text.toUpperCase();
          if (name === 'INSERT' || name === 'MODIFY' || name === 'REMOVE') return name;
          throw usageError(`"${text}" is none of insert, modify, remove.`);
        }),
      ),
    )
    .addOption(
      new Option('--key <attribute=value>', 'records of this key; repeat it for the sort key').argParser(
        (text: string, previous: readonly { name: string; value: string }[] | undefined) => [
          ...(previous ?? []),
          parsedBy(parseKeyCondition)(text),
        ],
      ),
    )
    .addOption(
      new Option('--changed <attribute>', 'MODIFYs that changed this attribute').argParser(collected(text => text)),
    )
    .option('--shard <id>', 'records of this shard')
    .addOption(new Option('--ttl <which>', 'deletes by TTL').choices(['only', 'exclude']));
  addFilterOptions(command)
    .optionsGroup('Which streams:')
    .addOption(
      new Option('--regions <regions>', 'the streams of these Regions, for the replicas of a table').argParser(
        collected(parseRegion),
      ),
    )
    .addOption(new Option('--order <order>', 'of several shards').choices(['arrival', 'time']).default('arrival'))
    .optionsGroup('How it looks:')
    .option('--wide', 'show whole images')
    .option('--template <text>', "such as '{{at}} {{event}} {{keys}} {{new.status}}'")
    .addOption(
      new Option('--record <form>', 'the form of ndjson: as Lambda receives it, or ordinary JSON').choices([
        'lambda',
        'plain',
      ]),
    )
    .addOption(new Option('--redact <attributes>', 'hide the values of these').argParser(collected(text => text)))
    .optionsGroup('Pace:')
    .addOption(
      new Option('--poll-interval <duration>', 'between polls of an idle shard')
        .argParser(duration)
        .default(1_000, '1s'),
    )
    .addOption(new Option('--max-rps <n>', 'GetRecords calls a second, over all shards').argParser(wholeNumber(1)))
    .addOption(
      new Option('--max-wait <duration>', 'how long to bear an endpoint that fails')
        .argParser(duration)
        .default(600_000, '10m'),
    )
    .action((tables: readonly string[], flags: TailFlags, self: Command) =>
      host.run(self, async context => run(tailOptions(tables, flags), context)),
    );
  return declareVerb(command, {
    examples: [
      { command: 'ddbx streams tail Orders', does: 'watch from now on' },
      {
        command: 'ddbx streams tail Orders --since 15m --event modify --changed status',
        does: 'look back, and choose',
      },
      { command: 'ddbx streams tail Orders --key pk=order#42 --wide', does: 'follow one item' },
      { command: 'ddbx streams tail Orders --no-follow --from trim-horizon > all.ndjson', does: 'what is still there' },
      { command: 'ddbx streams tail Orders --checkpoint orders.ckpt --output ndjson', does: 'feed a pipe, and resume' },
    ],
    iam: [...readNeeds, ...filterNeeds],
    completes: 'table',
  });
}

/** Checks how the flags go together, before anything is asked of AWS. @throws DdbxError `usage` */
function tailOptions(tables: readonly string[], flags: TailFlags): TailOptions {
  if (flags.from !== undefined && flags.since !== undefined) {
    throw usageError('--from and --since both say where to begin.', 'Leave one of them out.');
  }
  if (flags.record !== undefined && flags.template !== undefined) {
    throw usageError('--record and --template both say how a record is printed.', 'Leave one of them out.');
  }
  const refs = tables.map(parseTableRef);
  const from = tailFrom(flags, refs);
  return {
    tables: refs,
    from,
    follow: flags.follow,
    until: flags.until,
    limit: flags.limit,
    checkpoint: flags.checkpoint,
    regions: flags.regions ?? [],
    order: flags.order,
    events: flags.event ?? [],
    keys: flags.key ?? [],
    changed: flags.changed ?? [],
    shardId: flags.shard,
    filter: filterChoice(flags),
    ttl: flags.ttl,
    redact: flags.redact ?? [],
    wide: flags.wide ?? false,
    template: flags.template,
    record: flags.record,
    pollIntervalMs: flags.pollInterval,
    maxRequestsPerSecond: flags.maxRps,
    maxWaitMs: flags.maxWait,
  };
}

function tailFrom(flags: TailFlags, tables: readonly TableRef[]): TailFrom {
  if (flags.since !== undefined) return { kind: 'since', instant: flags.since };
  const from = flags.from?.toLowerCase().replaceAll('_', '-') ?? 'latest';
  if (from === 'latest' || from === 'trim-horizon') return { kind: from };
  if (!/^\d{1,40}$/.test(from)) {
    throw usageError(
      `--from takes latest, trim-horizon or a sequence number, not "${flags.from ?? ''}".`,
      'For an instant use --since, e.g. --since 15m.',
    );
  }
  if (flags.shard === undefined || tables.length !== 1) {
    throw usageError(
      'A sequence number says where to begin in one shard only.',
      'Add --shard <id>, with one table; ddbx streams describe <table> lists its shards.',
    );
  }
  return { kind: 'sequence-number', sequenceNumber: from, shardId: flags.shard };
}
