import { describe, expect, it } from 'vitest';
import { createSandboxClock } from '../../../src/lib/sandbox/clock.js';
import { createTimeline } from '../../../src/lib/sandbox/timeline.js';
import { START_MS } from './harness.js';

function aTimeline() {
  const clock = createSandboxClock({ now: () => START_MS, sleep: async () => {} });
  return { clock, timeline: createTimeline(clock) };
}

describe('the timeline', () => {
  it('runs what is due by its time, what has the same time in the order in which it was said', () => {
    const { clock, timeline } = aTimeline();
    const seen: string[] = [];
    timeline.after(20, () => seen.push('second'));
    timeline.after(10, () => seen.push('first'));
    timeline.after(20, () => seen.push('third'));
    timeline.at(START_MS + 30, () => seen.push('not yet'));
    clock.advance(29);
    timeline.runDue();
    expect(seen).toEqual(['first', 'second', 'third']);
    expect(timeline.nextDueMs()).toBe(START_MS + 30);
  });

  it('lets what follows from a task happen too when its time has come as well, however far the clock has gone at once', () => {
    const { clock, timeline } = aTimeline();
    const seen: string[] = [];
    timeline.after(10, () => {
      seen.push('a');
      timeline.after(10, () => {
        seen.push('b');
        timeline.after(11, () => seen.push('too early'));
      });
    });
    clock.advance(30);
    timeline.runDue();
    expect(seen).toEqual(['a', 'b']);
    expect(timeline.nextDueMs()).toBe(START_MS + 31);
  });

  it('tells a task the instant for which it was due, and everyone else the time', () => {
    const { clock, timeline } = aTimeline();
    const seen: number[] = [];
    timeline.after(10, () => seen.push(timeline.nowMs() - START_MS));
    clock.advance(25);
    timeline.runDue();
    expect([...seen, timeline.nowMs() - START_MS]).toEqual([10, 25]);
  });

  it('counts from now again after a task that failed', () => {
    const { clock, timeline } = aTimeline();
    timeline.after(10, () => {
      throw new Error('no');
    });
    clock.advance(100);
    expect(() => timeline.runDue()).toThrow('no');
    timeline.after(5, () => {});
    expect(timeline.nextDueMs()).toBe(START_MS + 105);
  });
});
