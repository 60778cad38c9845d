import { ensureFailureQueue } from '../aws/failure-queue.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';
import type { TablesGateway } from '../aws/tables-gateway.js';
import { DdbxError } from '../model/error.js';
import { applyPlan, type ChangeEvent } from '../streams/change-stream.js';
import { changeMapping, type ChangeTools, createMapping, type MappingEvent } from './change-mapping.js';
import type { AttachPlan } from './plan-attach.js';
import { sentSettings } from './plan-settings.js';

/** What happens while a mapping is attached. */
export type AttachEvent =
  | ChangeEvent
  | { readonly type: 'queue'; readonly queueName: string; readonly queueArn: string; readonly created: boolean }
  | MappingEvent;

/** What attaching needs besides what every change of a mapping does. */
export interface AttachTools extends ChangeTools {
  readonly tables: TablesGateway;
  /** Opened only when a queue is made or looked up. */
  readonly queues: () => Promise<QueuesGateway>;
}

/** What is there in the end. */
export interface Attached {
  readonly uuid: string | undefined;
  readonly streamArn: string;
}

/**
 * Carries the plan out: the stream, the queue, the mapping, its tags. Run again after an interruption, with a plan made
 * anew, it does what is left.
 * @throws DdbxError `timeout`; AwsError
 */
export async function* attach(plan: AttachPlan, tools: AttachTools): AsyncGenerator<AttachEvent, Attached, void> {
  const { mappings, signal } = tools;
  const { existing, functionArn, startingPosition, enabled = true, tags } = plan;
  let { streamArn } = plan;
  if (plan.enableStream !== undefined && plan.enableStream.steps.length > 0) {
    for await (const event of applyPlan(plan.enableStream, { ...tools, wait: true })) {
      yield event;
      if (event.type === 'enabled') ({ streamArn } = event);
    }
  }
  if (streamArn === undefined) throw noStream(plan);
  if (plan.queue !== undefined) {
    const queue = await ensureFailureQueue(await tools.queues(), plan.queue.queueName, signal);
    yield { type: 'queue', queueName: queue.queueName, queueArn: queue.queueArn, created: queue.created };
  }
  if (existing === undefined) {
    const settings = sentSettings(plan.settings);
    const made = yield* createMapping(
      { eventSourceArn: streamArn, functionName: functionArn, startingPosition, enabled, settings, tags },
      tools,
    );
    return { uuid: made?.uuid, streamArn };
  }
  const { uuid, mappingArn } = existing;
  const settings = sentSettings(plan.settings);
  const pauses = plan.enabled === false && existing.state !== 'Disabled';
  if (Object.keys(settings).length > 0 || pauses) {
    yield* changeMapping('update', { uuid, settings, ...(pauses ? { enabled: false } : {}) }, tools);
  }
  if (Object.keys(tags).length > 0 && mappingArn !== undefined) await mappings.tag(mappingArn, tags, signal);
  return { uuid, streamArn };
}

function noStream({ table }: AttachPlan): DdbxError {
  return new DdbxError({
    code: 'stream-not-enabled',
    message: `${table.tableName} in ${table.region} has no enabled stream to attach to.`,
    hint: `ddbx streams enable ${table.tableName} --view new-and-old-images turns one on.`,
  });
}
