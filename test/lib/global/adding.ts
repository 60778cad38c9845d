import type { AddEvent } from '../../../src/lib/global/add-replicas.js';
import { addReplicas } from '../../../src/lib/global/add-replicas.js';
import { planAdd } from '../../../src/lib/global/add-plan.js';
import { openDeadline } from '../../../src/lib/global/open-deadline.js';
import type { AddRequest } from '../../../src/lib/global/preflight-facts.js';
import type { FakeClock } from '../../support/fake-clock.js';
import type { FakeGlobal } from '../../support/fake-global.js';

/** What a test adds; the rest is as for one eventually consistent replica. */
export interface Adding extends Partial<Omit<AddRequest, 'home' | 'replicas'>> {
  readonly regions: readonly string[];
  readonly timeoutMs?: number;
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
  /** Called with each event, before the next one is asked for. */
  readonly onEvent?: (event: AddEvent) => void;
}

/** Plans and adds as the command does, and keeps the events. */
export async function adding(fake: FakeGlobal, clock: FakeClock, options: Adding): Promise<readonly AddEvent[]> {
  const { regions, consistency = 'eventual', witness, timeoutMs, wait = true, onEvent } = options;
  const signal = options.signal ?? new AbortController().signal;
  const replicas = await fake.aws.replicas('us-east-1');
  const home = await replicas.describe('Orders');
  const plan = planAdd({ home, replicas: regions.map(region => ({ region })), consistency, witness });
  const deadline = openDeadline(timeoutMs, clock, 'again: ddbx global add-replica');
  const events: AddEvent[] = [];
  for await (const event of addReplicas(plan, { replicas, aws: fake.aws, clock, signal, deadline, wait })) {
    events.push(event);
    onEvent?.(event);
  }
  return events;
}

/** Events without the looks in between, short: `creating eu-west-1`. */
export function storyOf(events: readonly { readonly type: string; readonly region: string }[]): readonly string[] {
  return events.filter(event => event.type !== 'progress').map(event => `${event.type} ${event.region}`);
}
