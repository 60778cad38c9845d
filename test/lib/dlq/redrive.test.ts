import { beforeEach, describe, expect, it } from 'vitest';
import type { MoveTask } from '../../../src/lib/aws/queue-values.js';
import type { QueuesGateway } from '../../../src/lib/aws/queues-gateway.js';
import { cancelRedrive, redrive, type RedriveEvent, type RedriveOptions } from '../../../src/lib/dlq/redrive.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { FakeQueues, fakeQueueUrl } from '../../support/fake-queues.js';

const queueArn = 'arn:aws:sqs:eu-central-1:111122223333:work-dlq';
let clock: FakeClock;

beforeEach(() => {
  clock = fakeClock(1_000_000);
});

function aTask(parts: Partial<MoveTask>): MoveTask {
  return {
    taskHandle: 'handle',
    status: 'RUNNING',
    sourceArn: queueArn,
    destinationArn: undefined,
    messagesPerSecond: undefined,
    moved: 0,
    toMove: 9,
    failureReason: undefined,
    startedAtMs: 2,
    ...parts,
  };
}

function options(more: Partial<QueuesGateway>, depth = '9'): RedriveOptions {
  return {
    queues: new FakeQueues({ clock }).gateway(more),
    queue: {
      queueName: 'work-dlq',
      queueUrl: fakeQueueUrl,
      queueArn,
      region: 'eu-central-1',
      attributes: { ApproximateNumberOfMessages: depth },
    },
    destinationArn: undefined,
    messagesPerSecond: 50,
    wait: true,
    clock,
    signal: new AbortController().signal,
  };
}

async function eventsOf(run: AsyncIterable<RedriveEvent>): Promise<readonly RedriveEvent[]> {
  const events: RedriveEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

/** Answers each look at the tasks with the next list, and the last one again and again. */
function looks(...lists: readonly (readonly MoveTask[])[]): QueuesGateway['moveTasks'] {
  let look = -1;
  return async () => lists[Math.min((look += 1), lists.length - 1)] ?? [];
}

describe('moving messages back', () => {
  it('starts a task at the pace that is wanted, and follows it to its end', async () => {
    const started: unknown[] = [];
    const old = aTask({ status: 'COMPLETED', startedAtMs: 1 });
    const events = await eventsOf(
      redrive(
        options({
          moveTasks: looks([old], [old], [aTask({ moved: 4 })], [aTask({ moved: 9, status: 'COMPLETED' })]),
          startMoveTask: async input => {
            started.push(input);
            return 'handle';
          },
        }),
      ),
    );
    expect(started).toEqual([{ sourceArn: queueArn, destinationArn: undefined, messagesPerSecond: 50 }]);
    expect(events.map(event => event.type)).toEqual(['started', 'moving', 'done']);
    expect(events.at(-1)).toMatchObject({ task: { moved: 9 } });
  });

  it('follows a task that runs already instead of starting another', async () => {
    const events = await eventsOf(
      redrive(options({ moveTasks: looks([aTask({ moved: 1 })], [aTask({ status: 'COMPLETED', moved: 9 })]) })),
    );
    expect(events.map(event => event.type)).toEqual(['following', 'done']);
  });

  it('has nothing to do for an empty queue', async () => {
    expect(await eventsOf(redrive(options({}, '0')))).toEqual([{ type: 'unchanged', reason: 'work-dlq is empty' }]);
  });

  it('does not wait when it need not', async () => {
    const events = await eventsOf(redrive({ ...options({ startMoveTask: async () => 'handle' }), wait: false }));
    expect(events).toEqual([{ type: 'started', taskHandle: 'handle' }]);
  });

  it.each([
    ['CouldNotDetermineMessageSource', '--to <queue>'],
    ['AWS.SimpleQueueService.NonExistentQueue', 'the same command goes on'],
  ])('says why SQS stopped: %s', async (failureReason, hint) => {
    const failed = aTask({ status: 'FAILED', failureReason, moved: 3 });
    const running = redrive(options({ moveTasks: looks([], [failed]), startMoveTask: async () => 'handle' }));
    await expect(eventsOf(running)).rejects.toMatchObject({
      code: 'redrive-failed',
      message: `SQS stopped moving the messages of work-dlq in eu-central-1 after 3: ${failureReason}.`,
      hint: expect.stringContaining(hint),
    });
  });

  it('can be cancelled', async () => {
    const cancelled: string[] = [];
    const more = {
      moveTasks: looks([aTask({ status: 'COMPLETED' }), aTask({ moved: 4 })]),
      cancelMoveTask: async (handle: string) => {
        cancelled.push(handle);
        return 5;
      },
    };
    expect(await cancelRedrive(options(more))).toEqual({ type: 'cancelled', moved: 5 });
    expect(cancelled).toEqual(['handle']);
    expect(await cancelRedrive(options({}))).toEqual({ type: 'unchanged', reason: 'no task is running' });
  });

  it('tells of a task that somebody else has cancelled', async () => {
    const tasks = looks(
      [aTask({})],
      [aTask({ status: 'CANCELLING', moved: 2 })],
      [aTask({ status: 'CANCELLED', moved: 3 })],
    );
    const events = await eventsOf(redrive(options({ moveTasks: tasks })));
    expect(events.map(event => event.type)).toEqual(['following', 'moving', 'done']);
    expect(events.at(-1)).toMatchObject({ task: { status: 'CANCELLED', moved: 3 } });
  });
});
