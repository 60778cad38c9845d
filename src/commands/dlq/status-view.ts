import type { FailingOver, QueueOverview } from '../../lib/dlq/queue-overview.js';
import { formatInstant } from '../../lib/model/instant.js';
import { formatAge, formatCount } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';
import { leftText } from './peek-view.js';

/** One row a destination. */
export function queueTable(queues: readonly QueueOverview[], nowMs: number, io: Io): Promise<string> {
  const paint = makePalettes(io).stdout;
  const columns: readonly Column[] = [
    { header: 'DESTINATION', key: true },
    { header: 'WAITING', align: 'right', key: true },
    { header: 'IN FLIGHT', align: 'right', key: true },
    { header: 'OLDEST' },
    { header: 'TIME LEFT', key: true },
    { header: 'MAPPINGS' },
  ];
  const rows = queues.map(queue => {
    const { depth, inFlight, oldestSentAtMs, soonestExpiryMs, exact, problem, kind } = queue;
    const bound = exact ? '' : ' or more';
    const waiting = depth === undefined ? '-' : formatCount(depth);
    return [
      kind === 'queue' ? queue.name : `${queue.name} (${kind})`,
      depth !== undefined && depth > 0 ? paint.warn(waiting) : waiting,
      inFlight === undefined ? '-' : formatCount(inFlight),
      problem ?? (oldestSentAtMs === undefined ? '-' : `${formatAge(nowMs - oldestSentAtMs)}${bound}`),
      soonestExpiryMs === undefined ? '-' : `${leftText(soonestExpiryMs, nowMs, paint)}${exact ? '' : ' or less'}`,
      queue.mappings.map(mappingName).join(', '),
    ];
  });
  return renderTable(columns, rows, io);
}

/** A mapping as an argument names it. */
export function mappingName({ tableName, functionName }: FailingOver): string {
  return `${tableName}:${functionName}`;
}

/** A destination as JSON. */
export function queueJson(queue: QueueOverview, nowMs: number) {
  const { soonestExpiryMs, oldestSentAtMs } = queue;
  return {
    name: queue.name,
    destinationArn: queue.destinationArn,
    kind: queue.kind,
    waiting: queue.depth ?? null,
    inFlight: queue.inFlight ?? null,
    oldestSentAt: oldestSentAtMs === undefined ? null : formatInstant(oldestSentAtMs),
    soonestExpiryAt: soonestExpiryMs === undefined ? null : formatInstant(soonestExpiryMs),
    timeLeftMs: soonestExpiryMs === undefined ? null : Math.max(0, soonestExpiryMs - nowMs),
    exact: queue.exact,
    problem: queue.problem ?? null,
    mappings: queue.mappings.map(mapping => ({ ...mapping })),
  };
}
