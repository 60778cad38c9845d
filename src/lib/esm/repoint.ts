import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { MetricsGateway } from '../aws/metrics-gateway.js';
import type { StreamsGateway } from '../aws/streams-gateway.js';
import { parseStreamArn } from '../aws/arn.js';
import { pause } from '../streams/wait-for-table.js';
import { type ChangeTools, createMapping, detachMapping, type MappingEvent, settledMapping } from './change-mapping.js';
import { oldStreamProgress, type OldStreamProgress } from './old-stream.js';
import { isPaused, type RepointPlan } from './plan-repoint.js';
import { type StreamMapping, toStreamMapping } from './stream-mapping.js';

/** What happens while a mapping moves to another stream. */
export type RepointEvent =
  | { readonly type: 'reading-old-stream'; readonly uuid: string; readonly streamArn: string; readonly why: string }
  | {
      readonly type: 'old-stream-read';
      readonly uuid: string;
      readonly streamArn: string;
      readonly because: Extract<OldStreamProgress, { kind: 'read' }>['because'];
    }
  | MappingEvent
  | {
      readonly type: 'repointed';
      readonly uuid: string;
      readonly oldUuid: string;
      readonly streamArn: string;
      readonly oldStreamArn: string;
    }
  | { readonly type: 'unchanged'; readonly uuid: string; readonly streamArn: string };

/** What a move needs besides what every change does. */
export interface RepointTools extends ChangeTools {
  readonly streams: StreamsGateway;
  readonly metrics: MetricsGateway;
  /** How long nothing must have been read of the old stream. */
  readonly quietMs: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Metrics come by the minute, so nothing is won by looking oftener. */
const LOOK_AGAIN_MS = 15_000;

/**
 * Carries a move out: the old stream is read to its end, a mapping with the same settings is made at the oldest record
 * of the new stream, and the old mapping is removed when the new one stands. Whatever interrupts it, a plan that is
 * made anew does the rest; no record is skipped, and only the new stream is read from its beginning.
 * @throws DdbxError `timeout` (exit 6); AwsError
 */
export async function* repoint(plan: RepointPlan, tools: RepointTools): AsyncGenerator<RepointEvent, void, void> {
  const { mapping, newStreamArn, oldStreamArn } = plan;
  let successor = plan.successor;
  for (const step of plan.steps) {
    switch (step) {
      case 'wait':
        yield* untilRead(plan, tools);
        break;
      case 'create':
        successor = yield* makeSuccessor(plan, tools);
        break;
      case 'remove':
        if (successor !== undefined) await settledMapping(successor, tools);
        yield* detachMapping(mapping.uuid, tools);
        break;
    }
  }
  if (successor === undefined) yield { type: 'unchanged', uuid: mapping.uuid, streamArn: newStreamArn };
  else {
    yield { type: 'repointed', uuid: successor.uuid, oldUuid: mapping.uuid, streamArn: newStreamArn, oldStreamArn };
  }
}

async function* untilRead(plan: RepointPlan, tools: RepointTools): AsyncGenerator<RepointEvent, void, void> {
  const { streams, metrics, mappings, quietMs, signal } = tools;
  const { uuid } = plan.mapping;
  const replacedAtMs = createdAtMs(plan.newStreamArn);
  const streamArn = plan.oldStreamArn;
  let mapping = plan.mapping;
  for (;;) {
    let why = 'it could not be looked at';
    try {
      const nowMs = mappings.serverNow();
      const progress = await oldStreamProgress({ streams, metrics, mapping, replacedAtMs, quietMs, nowMs, signal });
      if (progress.kind === 'read') {
        yield { type: 'old-stream-read', uuid, streamArn, because: progress.because };
        return;
      }
      why = progress.why;
      mapping = toStreamMapping(await mappings.get(uuid, signal)) ?? mapping;
    } catch (error) {
      signal.throwIfAborted();
      if (!isTransient(error)) throw error;
    }
    yield { type: 'reading-old-stream', uuid, streamArn, why };
    await pause(LOOK_AGAIN_MS, { ...tools, what: `mapping ${uuid} to read its old stream to the end` }, why);
  }
}

async function* makeSuccessor(
  { mapping, newStreamArn }: RepointPlan,
  tools: RepointTools,
): AsyncGenerator<RepointEvent, StreamMapping | undefined, void> {
  try {
    const created = yield* createMapping(
      {
        eventSourceArn: newStreamArn,
        functionName: mapping.functionArn,
        // LATEST would skip what was written since the new stream began (FACTS B.1).
        startingPosition: 'TRIM_HORIZON',
        enabled: !isPaused(mapping),
        settings: mapping.settings,
        tags: tools.tags,
      },
      { ...tools, wait: true },
    );
    return created === undefined ? undefined : toStreamMapping(created);
  } catch (error) {
    // Somebody else was faster; theirs is as good as ours.
    if (!isAwsError(error, 'conflict')) throw error;
    const found = await tools.mappings.list({ eventSourceArn: newStreamArn }, tools.signal);
    const theirs = found.find(other => other.functionArn === mapping.functionArn);
    if (theirs === undefined) throw error;
    return toStreamMapping(theirs);
  }
}

/** A stream's label is the instant of its creation (FACTS A.1), without the zone. */
function createdAtMs(streamArn: string): number {
  const atMs = Date.parse(`${parseStreamArn(streamArn)?.label ?? ''}Z`);
  return Number.isNaN(atMs) ? 0 : atMs;
}
