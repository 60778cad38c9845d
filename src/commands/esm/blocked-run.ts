import type { CommandContext } from '../../context.js';
import { type Blockage, findBlockage, type Standing } from '../../lib/esm/blocked.js';
import type { StreamMapping } from '../../lib/esm/stream-mapping.js';
import { ExitCode } from '../../lib/model/error.js';
import { formatInstant } from '../../lib/model/instant.js';
import { toPlainRecord } from '../../lib/streams/plain-record.js';
import { formatAge, plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { withProgress } from '../../lib/terminal/spinner.js';
import { makeRecordPainter } from '../streams/record-painter.js';
import type { BlockedOptions } from './blocked.js';
import { openMapping } from './open-mapping.js';
import { wrapped } from './wrapped.js';

/** Runs `ddbx esm blocked`. */
export async function runBlocked(options: BlockedOptions, context: CommandContext): Promise<ExitCode> {
  const { io, clock, random, signal } = context;
  const output = context.output();
  const { aws, region, mappings, mapping } = await openMapping(options.mapping, context);
  const [streams, metrics] = await Promise.all([aws.streams(region), aws.metrics(region)]);
  const isShown = output.format === 'human' && io.progress;
  const text = `Looking for the record at which ${mapping.functionName} stands`;
  const blockage = await withProgress(io, isShown, text, say =>
    findBlockage({
      mapping,
      streams,
      metrics,
      clock,
      nowMs: mappings.serverNow(),
      random,
      signal,
      onProgress: read => {
        say(`${text}: ${plural(read, 'record')} read`);
      },
    }),
  );
  if (output.format === 'human') await output.line(blockedText(mapping, blockage, io));
  else {
    const document = blockedDocument(mapping, blockage);
    if (output.format === 'json') await output.document(document);
    else await output.event({ type: 'summary', ...document });
  }
  return ExitCode.done;
}

function blockedDocument(mapping: StreamMapping, { standing, age, errors, throttles, written, suspects }: Blockage) {
  const { tableName: table, region } = mapping;
  return {
    table,
    function: mapping.functionName,
    region,
    uuid: mapping.uuid,
    streamArn: mapping.eventSourceArn,
    standing,
    lastProcessingResult: mapping.lastProcessingResult ?? null,
    iteratorAgeMs: age?.value ?? null,
    errors,
    throttles,
    writtenFrom: written === undefined ? null : formatInstant(written.fromMs),
    writtenTo: written === undefined ? null : formatInstant(written.toMs),
    batchSize: mapping.settings.batchSize,
    suspects: suspects.map(({ shardId, record, inSpan }) => ({
      shardId,
      sequenceNumber: record.sequenceNumber,
      recordsInSpan: inSpan,
      record: toPlainRecord(record, { table, region, shardId }),
    })),
  };
}

const STANDINGS: Readonly<Record<Standing, string>> = {
  clear: 'not blocked',
  lagging: 'behind, but not failing',
  blocked: 'blocked',
  quiet: 'nothing was read in the last five minutes',
};

function blockedText(mapping: StreamMapping, blockage: Blockage, io: Io): string {
  const { bold, bad, good, warn } = makePalettes(io).stdout;
  const { standing, age, errors, throttles, written, suspects } = blockage;
  const name = bold(`${mapping.tableName}:${mapping.functionName}`);
  const paint = standing === 'blocked' ? bad : standing === 'lagging' ? warn : good;
  const counts = [
    ...(age === undefined ? [] : [`iterator age ${formatAge(age.value)}`]),
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(throttles > 0 ? [plural(throttles, 'throttle')] : []),
    ...(mapping.lastProcessingResult === undefined ? [] : [`Lambda says "${mapping.lastProcessingResult}"`]),
  ];
  const head = `${name} (${mapping.region}): ${paint(STANDINGS[standing])}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}`;
  if (written === undefined) return head;
  const span = `${formatInstant(written.fromMs)} and ${formatInstant(written.toMs)}`;
  if (suspects.length === 0) {
    return [
      head,
      ...wrapped(
        `The last record of its batch was written between ${span}; the stream has nothing from then any more that passes the filters.`,
        io,
        '  ',
      ),
    ].join('\n');
  }
  const { batchSize } = mapping.settings;
  const batch = batchSize === 1 ? 'the record itself' : `the last of up to ${batchSize} records of the batch`;
  const which =
    suspects.length === 1
      ? 'One shard has'
      : `${suspects.length} shards have; which of them it is cannot be told from here`;
  const draw = makeRecordPainter({ io, wide: false, showsRegion: false, showsTable: false });
  const stream = { streamArn: mapping.eventSourceArn, tableName: mapping.tableName, region: mapping.region };
  return [
    head,
    ...wrapped(`It stands at a record written between ${span} (${batch}). ${which} records from then:`, io, '  '),
    ...suspects.flatMap(({ shardId, record, inSpan }) => [
      '',
      `  ${shardId}  sequence number ${record.sequenceNumber}${inSpan > 1 ? `, the first of ${inSpan}` : ''}`,
      ...draw(stream, shardId, record)
        .trimEnd()
        .split('\n')
        .map(line => `    ${line}`),
    ]),
  ].join('\n');
}
