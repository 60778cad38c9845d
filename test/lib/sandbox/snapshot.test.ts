import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { START_MS } from './harness.js';

const clock = { now: () => START_MS, sleep: async () => {} };

/** Starts a sandbox on a saved text. */
function startOn(text: string, options: { account?: string; regions?: readonly string[] } = {}) {
  return startSandbox({ clock, store: { read: () => Promise.resolve(text), write: async () => {} }, ...options });
}

describe('a saved state', () => {
  it.each([
    ['{', 'it is not JSON'],
    ['[]', 'it does not hold the state of a sandbox'],
    ['{"ddbxSandbox":2}', 'it was written in format 2, and this version of ddbx reads 1'],
    ['{"ddbxSandbox":1,"account":"444455556666"}', 'it is of the account 444455556666, not 111122223333'],
  ])('is refused as %s', async (text, message) => {
    await expect(startOn(text)).rejects.toThrow(message);
  });

  it('is refused when it has a Region that there is not to be', async () => {
    let saved = '';
    const first = await startSandbox({
      clock,
      store: {
        read: () => Promise.resolve(undefined),
        write: text => {
          saved = text;
          return Promise.resolve();
        },
      },
    });
    await fetch(`${first.url}/_ddbx/seedRecords`, { method: 'POST', body: '{"region":"eu-west-1","table":"Orders"}' });
    await first.close();
    await expect(startOn(saved, { regions: ['us-east-1'] })).rejects.toThrow(
      'it has the Region eu-west-1, which --regions leaves out',
    );
    const second = await startOn(saved, { regions: ['us-east-1', 'eu-west-1'] });
    expect(second.control.status().regions.map(each => each.region)).toEqual(['eu-west-1']);
    await second.close();
  });

  it('keeps how far the clock was advanced', async () => {
    let saved: string | undefined;
    const store = {
      read: () => Promise.resolve(saved),
      write: (text: string) => {
        saved = text;
        return Promise.resolve();
      },
    };
    const first = await startSandbox({ clock, store });
    await fetch(`${first.url}/_ddbx/advanceClock`, { method: 'POST', body: '{"ms":60000}' });
    await first.close();
    const second = await startSandbox({ clock, store });
    expect(second.control.status().now).toBe(new Date(START_MS + 60_000).toISOString());
    await second.close();
  });
});
