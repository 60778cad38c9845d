import { describe, expect, it } from 'vitest';
import { createSandboxClock } from '../../../src/lib/sandbox/clock.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { START_MS } from './harness.js';

const still = { now: () => START_MS, sleep: async () => {} };
const never = new AbortController().signal;

describe('waiting for an instant of the sandbox', () => {
  it('is over at once for an instant that has come', async () => {
    await expect(createSandboxClock(still).waitUntil(START_MS, never)).resolves.toBeUndefined();
  });

  it('ends when real time has come there', async () => {
    const clock = createSandboxClock(systemClock);
    const untilMs = clock.now() + 5;
    await clock.waitUntil(untilMs, never);
    expect(clock.now()).toBeGreaterThanOrEqual(untilMs);
  });

  it('ends when the clock is advanced far enough, and not before', async () => {
    const clock = createSandboxClock(still);
    const seen: string[] = [];
    const waiting = clock.waitUntil(START_MS + 100, never).then(() => seen.push('over'));
    clock.advance(99);
    await new Promise(resolve => setImmediate(resolve));
    seen.push('advanced by 99');
    clock.advance(1);
    await waiting;
    expect(seen).toEqual(['advanced by 99', 'over']);
  });

  it('ends when it is given up', async () => {
    const clock = createSandboxClock(still);
    const controller = new AbortController();
    const waiting = clock.waitUntil(START_MS + 100, controller.signal);
    controller.abort();
    await expect(waiting).resolves.toBeUndefined();
    expect(clock.now()).toBe(START_MS);
  });
});
