import type { CommandContext } from '../../context.js';
import { refuseLegacy, regionsOf, requireGlobal } from '../../lib/global/global-table.js';
import { keyText } from '../../lib/global/key-text.js';
import { type PairTimes, type ProbeEvent, probeReplicas, probeUnits } from '../../lib/global/probe.js';
import { DdbxError, ExitCode } from '../../lib/model/error.js';
import { formatCount, plural } from '../../lib/terminal/human.js';
import { confirm } from '../../lib/terminal/prompt.js';
import { makeStatusLine } from '../../lib/terminal/status-line.js';
import { type OpenedTable, openGlobal, whileLooking } from './open-global.js';
import { probeDocument, probeEvent, probeText } from './probe-view.js';
import type { ProbeCommandOptions } from './probe.js';

/** Runs `ddbx global probe`: says what it writes and takes, asks, and takes everything away again. */
export async function runProbe(options: ProbeCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { io, clock, random, signal } = context;
  const output = context.output();
  const { aws, home, timeToLive } = await whileLooking(context, `Looking at ${options.table.tableName}`, () =>
    prepare(options, context),
  );
  const regions = regionsOf(home);
  await ask(options, regions, context);
  const line = makeStatusLine(output.format === 'human' ? io : { ...io, progress: false }, clock);
  const above = output.above(line);
  let pairs: readonly PairTimes[] = [];
  let runId = '';
  let left = 0;
  let flights = 0;
  const all = options.count * regions.length * (regions.length - 1);
  const probing = probeReplicas({
    aws,
    home,
    regions,
    timeToLive,
    rounds: options.count,
    patienceMs: options.patienceMs,
    clock,
    random,
    signal,
  });
  try {
    for await (const event of probing) {
      if (output.format === 'ndjson' && event.type !== 'summary') await above.event(probeEvent(event));
      if (event.type === 'arrived' || event.type === 'lost') flights += 1;
      if (event.type === 'cleaned') left = event.left;
      if (event.type === 'cleaned' && event.left > 0) warnOfLeft(event, home.tableName, above);
      if (event.type === 'summary') ({ pairs, runId } = event);
      line.set(`Canaries: ${formatCount(flights)} of ${formatCount(all)}`);
    }
  } finally {
    line.end();
  }
  const document = probeDocument({ table: home.tableName, runId, isStrong: home.isStronglyConsistent, pairs, left });
  if (output.format === 'json') await output.document(document);
  else if (output.format === 'ndjson') await output.event({ type: 'summary', ...document });
  else await output.line(await probeText(pairs, home.isStronglyConsistent, io));
  return pairs.some(pair => pair.lost > 0) ? ExitCode.checkFailed : ExitCode.done;
}

interface Prepared extends OpenedTable {
  readonly timeToLive: string | undefined;
}

async function prepare({ table }: ProbeCommandOptions, context: CommandContext): Promise<Prepared> {
  const opened = await openGlobal(table, context);
  refuseLegacy(opened.home);
  requireGlobal(opened.home);
  const settings = await opened.aws.settings(opened.home.region);
  return { ...opened, timeToLive: await settings.timeToLiveAttribute(opened.home.tableName, context.signal) };
}

async function ask(options: ProbeCommandOptions, regions: readonly string[], context: CommandContext): Promise<void> {
  const { tableName } = options.table;
  const units = probeUnits(regions.length, options.count);
  const items = plural(options.count * regions.length, 'item');
  context
    .output()
    .note(
      `This writes ${items} into ${tableName} (${plural(options.count, 'canary', 'canaries')} in each of ${regions.join(', ')}) and removes them again: ${formatCount(units.writes)} replicated write units and about ${formatCount(units.reads)} read units. Streams and their consumers see them.`,
    );
  if (options.yes || (await confirm(context.io, `Write into ${tableName}?`, { signal: context.signal }))) return;
  throw new DdbxError({
    code: 'not-confirmed',
    message: 'Nothing was written.',
    hint: 'Run the command again, or add --yes.',
  });
}

function warnOfLeft(
  event: Extract<ProbeEvent, { type: 'cleaned' }>,
  tableName: string,
  output: ReturnType<CommandContext['output']>,
): void {
  const keys = event.keys.map(keyText);
  output.aside({
    level: 'warning',
    text: `${plural(event.left, 'canary', 'canaries')} could not be removed from ${tableName} in ${event.region ?? 'a Region'}: ${keys.slice(0, 5).join('; ')}${keys.length > 5 ? '; …' : ''}`,
    event: Object.assign(
      { type: 'canaries-left' },
      { table: tableName, region: event.region ?? null, keys: event.keys },
    ),
  });
}
