import type { CommandContext } from '../../context.js';
import { advise } from '../../lib/esm/advise.js';
import { measureMapping } from '../../lib/esm/measure.js';
import { formatDuration } from '../../lib/model/duration.js';
import { ExitCode } from '../../lib/model/error.js';
import { isOpen, listShards } from '../../lib/streams/shard-listing.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import type { AdviseOptions } from './advise.js';
import { functionOf } from './explain-run.js';
import { openMapping } from './open-mapping.js';
import { wrapped } from './wrapped.js';

/** Runs `ddbx esm advise`. */
export async function runAdvise(options: AdviseOptions, context: CommandContext): Promise<ExitCode> {
  const { io, signal } = context;
  const output = context.output();
  const opened = await openMapping(options.mapping, context);
  const { aws, region, mapping } = opened;
  const [streams, metrics] = await Promise.all([aws.streams(region), aws.metrics(region)]);
  const [{ shards }, functionConfiguration] = await Promise.all([
    listShards(streams, mapping.eventSourceArn, signal),
    functionOf(opened, signal),
  ]);
  const openShards = shards.filter(isOpen).length;
  const spanMs = options.sinceMs;
  const nowMs = opened.mappings.serverNow();
  const measured = await measureMapping({ mapping, metrics, openShards, functionConfiguration, spanMs, nowMs, signal });
  const name = `${mapping.tableName}:${mapping.functionName}`;
  const advice = advise(measured, name);
  if (output.format === 'human') {
    const { bold, key } = makePalettes(io).stdout;
    const lines = [
      `${bold(name)} (${region}), over ${formatDuration(spanMs)}: ${bold(LIMITS[advice.limit])}`,
      ...wrapped(advice.because, io, '  '),
      ...advice.arithmetic.map(line => `    ${line}`),
      ...(advice.doThis === undefined ? [] : [`  ${key(`-> ${advice.doThis}`)}`]),
    ];
    await output.line(lines.join('\n'));
    return ExitCode.done;
  }
  const { settings: _settings, ...numbers } = measured;
  const document = {
    table: mapping.tableName,
    function: mapping.functionName,
    region,
    uuid: mapping.uuid,
    limit: advice.limit,
    because: advice.because,
    arithmetic: advice.arithmetic,
    doThis: advice.doThis ?? null,
    lanes: advice.lanes,
    busyLanes: advice.busyLanes ?? null,
    measured: Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, value ?? null])),
  };
  if (output.format === 'json') await output.document(document);
  else await output.event({ type: 'summary', ...document });
  return ExitCode.done;
}

const LIMITS: Readonly<Record<ReturnType<typeof advise>['limit'], string>> = {
  nothing: 'it keeps up',
  'no-data': 'nothing was read',
  errors: 'failures are the limit',
  concurrency: 'concurrency is the limit',
  parallelization: 'parallelization is the limit',
  'batch-size': 'the batch size is the limit',
  function: 'the function is the limit',
  'hot-shard': 'one shard is the limit',
};
