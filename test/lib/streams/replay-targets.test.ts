import { describe, expect, it } from 'vitest';
import type { FunctionsGateway } from '../../../src/lib/aws/functions-gateway.js';
import { lambdaTarget } from '../../../src/lib/streams/replay-targets.js';

const EVENT = Buffer.from('{"Records":[]}');
const SIGNAL = new AbortController().signal;

describe('lambdaTarget', () => {
  const functionThat = (payload: string, functionError?: string) => {
    const calls: string[] = [];
    const gateway: FunctionsGateway = {
      region: 'us-east-1',
      describe: () => Promise.reject(new Error('nobody looks at the function')),
      async invoke(functionName, event) {
        calls.push(`${functionName} ${event.toString()}`);
        return { payload: Buffer.from(payload), functionError };
      },
    };
    return { calls, target: lambdaTarget('orders:live', gateway) };
  };

  it('sends the event and hands the answer on', async () => {
    const { calls, target } = functionThat('{"batchItemFailures":[]}');
    expect(await target.invoke(EVENT, SIGNAL)).toEqual({
      kind: 'answered',
      status: 200,
      body: '{"batchItemFailures":[]}',
    });
    expect(calls).toEqual(['orders:live {"Records":[]}']);
  });

  it.each([
    ['{"errorType":"TypeError","errorMessage":"x is undefined","trace":[]}', 'TypeError: x is undefined'],
    [
      '{"errorMessage":"2026-11-20T10:11:12Z Task timed out after 3.00 seconds"}',
      '2026-11-20T10:11:12Z Task timed out after 3.00 seconds',
    ],
    ['"odd"', '"odd"'],
    ['not JSON', 'not JSON'],
  ])('reads the error %s', async (payload, message) => {
    const { target } = functionThat(payload, 'Unhandled');
    expect(await target.invoke(EVENT, SIGNAL)).toEqual({
      kind: 'failed',
      status: 200,
      errorType: 'Unhandled',
      message,
    });
  });
});
