import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { BatchOutcome } from '../../src/lib/aws/batch-outcome.js';
import type { QueueMessage } from '../../src/lib/aws/queue-values.js';
import type { QueuesGateway } from '../../src/lib/aws/queues-gateway.js';
import type { Clock } from '../../src/lib/model/clock.js';

type Operation = 'receive' | 'deleteBatch' | 'changeVisibilityBatch' | 'sendBatch';

/** A call that a test may look at, or make fail. */
export interface FakeQueueCall {
  readonly operation: Operation;
  /** Counted from 1, each operation for itself. */
  readonly nth: number;
  readonly entries: number;
  readonly visibilitySeconds?: number;
  readonly waitSeconds?: number;
  readonly atMs: number;
}

interface Stored {
  readonly messageId: string;
  readonly body: string;
  readonly sentAtMs: number;
  visibleAtMs: number;
  receives: number;
  /** The handle of the last receive is the one that counts. */
  receiptHandle: string | undefined;
}

/** How the fake is made to differ from a queue that always answers. */
export interface FakeQueuesOptions {
  readonly clock: Clock;
  readonly attributes?: Readonly<Record<string, string>>;
}

const REGION = 'eu-central-1';
export const fakeQueueUrl = `https://sqs.${REGION}.amazonaws.com/111122223333/orders-failures`;

/** A queue in memory that hides what was received, for as long as was asked, and takes deletes by the newest handle. */
export class FakeQueues {
  readonly region = REGION;
  readonly calls: FakeQueueCall[] = [];
  readonly sent: {
    readonly body: string;
    readonly groupId: string | undefined;
    readonly deduplicationId: string | undefined;
  }[] = [];
  /** Asked before each call; what it returns is thrown. */
  fails: (call: FakeQueueCall) => AwsErrorKind | undefined = () => undefined;
  /** Asked for each entry of a batch; `sender` means that trying again is of no use. */
  failsEntry: (operation: Operation, messageId: string, nth: number) => 'sender' | 'server' | undefined = () =>
    undefined;
  /** Called after a receive, before its answer arrives. */
  afterReceive: (messages: readonly QueueMessage[]) => void = () => {};
  readonly #clock: Clock;
  readonly #attributes: Readonly<Record<string, string>>;
  readonly #messages = new Map<string, Stored>();
  readonly #counts = new Map<Operation, number>();
  readonly #orphans: { readonly untilMs: number; readonly visibilitySeconds: number }[] = [];
  #handles = 0;

  constructor({ clock, attributes = {} }: FakeQueuesOptions) {
    this.#clock = clock;
    this.#attributes = attributes;
  }

  /** Puts a message into the queue. @returns its id */
  put(body: string, messageId = `m-${this.#messages.size + 1}`): string {
    const nowMs = this.#clock.now();
    this.#messages.set(messageId, {
      messageId,
      body,
      sentAtMs: nowMs,
      visibleAtMs: nowMs,
      receives: 0,
      receiptHandle: undefined,
    });
    return messageId;
  }

  /** The ids of all messages that are still there. */
  left(): readonly string[] {
    return [...this.#messages.keys()];
  }

  /** Those of them that anybody could receive now. */
  visible(): readonly string[] {
    const nowMs = this.#clock.now();
    return [...this.#messages.values()].filter(each => each.visibleAtMs <= nowMs).map(each => each.messageId);
  }

  receivesOf(messageId: string): number {
    return this.#messages.get(messageId)?.receives ?? 0;
  }

  /** The message becomes visible to others, although somebody has it in hand. */
  expireVisibility(messageId: string): void {
    const stored = this.#messages.get(messageId);
    if (stored !== undefined) stored.visibleAtMs = this.#clock.now();
  }

  /** What the drain is given; operations that a test does not provide for are refused. */
  gateway(more: Partial<QueuesGateway> = {}): QueuesGateway {
    const refuse = (name: string) => () => Promise.reject(new Error(`the test expects no ${name}`));
    return {
      region: REGION,
      queueUrl: async name => {
        if (name !== 'orders-failures') throw this.#error('not-found', 'GetQueueUrl');
        return fakeQueueUrl;
      },
      attributes: async () => ({
        QueueArn: `arn:aws:sqs:${REGION}:111122223333:orders-failures`,
        ApproximateNumberOfMessages: String(this.visible().length),
        ApproximateNumberOfMessagesNotVisible: String(this.left().length - this.visible().length),
        ...this.#attributes,
      }),
      setAttributes: refuse('SetQueueAttributes'),
      listQueues: async () => ({ queueUrls: [fakeQueueUrl], next: undefined }),
      createQueue: refuse('CreateQueue'),
      tags: async () => ({}),
      tagQueue: refuse('TagQueue'),
      receive: (input, signal) => this.#receive(input, signal),
      deleteBatch: (_url, entries, signal) =>
        this.#batch('deleteBatch', entries, signal, stored => this.#messages.delete(stored.messageId)),
      changeVisibilityBatch: (_url, entries, visibilitySeconds, signal) =>
        this.#batch(
          'changeVisibilityBatch',
          entries,
          signal,
          stored => {
            this.#becomeVisible(stored, visibilitySeconds);
            return true;
          },
          visibilitySeconds,
        ),
      sendBatch: async (_url, entries, signal) => {
        const nth = await this.#enter({ operation: 'sendBatch', entries: entries.length }, signal);
        const failing = entries.map(entry => this.failsEntry('sendBatch', entry.body, nth));
        const done = entries.filter((_, index) => failing[index] === undefined);
        for (const { body, groupId, deduplicationId } of done) this.sent.push({ body, groupId, deduplicationId });
        return {
          done,
          failed: entries.flatMap((entry, index) =>
            failing[index] === undefined ? [] : [failure(entry, failing[index])],
          ),
        };
      },
      deadLetterSources: async () => [],
      startMoveTask: refuse('StartMessageMoveTask'),
      moveTasks: async () => [],
      cancelMoveTask: refuse('CancelMessageMoveTask'),
      ...more,
    };
  }

  async #receive(
    input: Parameters<QueuesGateway['receive']>[0],
    signal: AbortSignal | undefined,
  ): Promise<readonly QueueMessage[]> {
    const { maxMessages, waitSeconds, visibilitySeconds } = input;
    await this.#enter({ operation: 'receive', entries: maxMessages, waitSeconds, visibilitySeconds }, signal);
    const untilMs = this.#clock.now() + waitSeconds * 1_000;
    for (;;) {
      const nowMs = this.#clock.now();
      const visible = [...this.#messages.values()].filter(each => each.visibleAtMs <= nowMs).slice(0, maxMessages);
      if (visible.length > 0) {
        const messages = visible.map(stored => this.#hand(stored, visibilitySeconds));
        this.afterReceive(messages);
        return messages;
      }
      const next = [...this.#messages.values()].reduce((least, each) => Math.min(least, each.visibleAtMs), untilMs);
      if (nowMs >= untilMs) return [];
      await this.#clock.sleep(Math.max(1, Math.min(next, untilMs) - nowMs), signal).catch(() => {
        // The queue does not know that nobody waits any more: the poll takes what comes until its time is over.
        this.#orphans.push({ untilMs, visibilitySeconds });
        throw this.#error('aborted', 'ReceiveMessage');
      });
    }
  }

  /** Polls that were given up by their callers take what becomes visible, and nobody gets it. */
  #becomeVisible(stored: Stored, visibilitySeconds: number): void {
    const nowMs = this.#clock.now();
    stored.visibleAtMs = nowMs + visibilitySeconds * 1_000;
    const orphan = this.#orphans.find(poll => poll.untilMs > nowMs);
    if (visibilitySeconds === 0 && orphan !== undefined) this.#hand(stored, orphan.visibilitySeconds);
  }

  #hand(stored: Stored, visibilitySeconds: number): QueueMessage {
    stored.receives += 1;
    stored.visibleAtMs = this.#clock.now() + visibilitySeconds * 1_000;
    this.#handles += 1;
    stored.receiptHandle = `${stored.messageId}#${this.#handles}`;
    return {
      messageId: stored.messageId,
      receiptHandle: stored.receiptHandle,
      body: stored.body,
      sentAtMs: stored.sentAtMs,
      receiveCount: stored.receives,
      systemAttributes: {},
      messageAttributes: {},
    };
  }

  async #batch<Entry extends { readonly receiptHandle: string }>(
    operation: Operation,
    entries: readonly Entry[],
    signal: AbortSignal | undefined,
    act: (stored: Stored) => boolean,
    visibilitySeconds?: number,
  ): Promise<BatchOutcome<Entry>> {
    if (entries.length > 10) throw new Error(`${operation} takes ten entries, not ${entries.length}`);
    const about = visibilitySeconds === undefined ? {} : { visibilitySeconds };
    const nth = await this.#enter({ operation, entries: entries.length, ...about }, signal);
    const done: Entry[] = [];
    const failed: BatchOutcome<Entry>['failed'][number][] = [];
    for (const entry of entries) {
      const messageId = entry.receiptHandle.split('#')[0] ?? '';
      const stored = this.#messages.get(messageId);
      const planned = this.failsEntry(operation, messageId, nth);
      if (planned !== undefined) failed.push(failure(entry, planned));
      else if (stored === undefined && operation === 'deleteBatch') done.push(entry);
      else if (stored === undefined || stored.receiptHandle !== entry.receiptHandle)
        failed.push(failure(entry, 'sender'));
      else {
        act(stored);
        done.push(entry);
      }
    }
    return { done, failed };
  }

  async #enter(call: Omit<FakeQueueCall, 'nth' | 'atMs'>, signal: AbortSignal | undefined): Promise<number> {
    const nth = (this.#counts.get(call.operation) ?? 0) + 1;
    this.#counts.set(call.operation, nth);
    const entered = { ...call, nth, atMs: this.#clock.now() };
    this.calls.push(entered);
    await Promise.resolve();
    if (signal?.aborted === true) throw this.#error('aborted', call.operation);
    const kind = this.fails(entered);
    if (kind !== undefined) throw this.#error(kind, call.operation);
    return nth;
  }

  #error(kind: AwsErrorKind, operation: string): AwsError {
    const about = { service: 'sqs', operation, region: REGION, resource: 'orders-failures' };
    return new AwsError({ kind, code: `Fake-${kind}`, message: `made to fail: ${kind}`, ...about });
  }
}

function failure<Entry>(entry: Entry, fault: 'sender' | 'server' | undefined): BatchOutcome<Entry>['failed'][number] {
  return fault === 'sender'
    ? { entry, code: 'ReceiptHandleIsInvalid', message: 'The receipt handle has expired', senderFault: true }
    : { entry, code: 'InternalError', message: 'try again', senderFault: false };
}
