import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../src/lib/aws/aws-error.js';
import { type Aws, connect } from '../../../src/lib/aws/connection.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { answerError, type WireServer, wireServer } from '../../support/wire-server.js';

const HOUR_MS = 3_600_000;
const closing: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Asks a server, whose clock is ahead, for a table; it refuses each request in the same words. */
async function refused(
  aheadMs: number,
  refuse: (response: ServerResponse) => void,
): Promise<readonly [string, number]> {
  const server: WireServer = await wireServer(response => {
    response.setHeader('Date', new Date(Date.now() + aheadMs).toUTCString());
    refuse(response);
  });
  closing.push(() => server.close());
  const aws: Aws = connect({
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    endpointUrl: server.url,
    env: {},
    clock: systemClock,
    random: () => 0,
  });
  closing.push(() => {
    aws.close();
  });
  const tables = await aws.tables('eu-central-1');
  const failure: unknown = await tables.describeTable('Orders').catch((error: unknown) => error);
  if (!(failure instanceof AwsError)) throw new Error(`no AwsError: ${String(failure)}`);
  return [failure.code, server.requests.length];
}

describe('an error of an endpoint whose clock is an hour ahead', () => {
  it.each([0, HOUR_MS, -HOUR_MS])('is final when nothing but another request can mend it (%i ms)', async aheadMs => {
    const answer = await refused(aheadMs, response => {
      answerError(response, 'ResourceNotFoundException', 'Requested resource not found: Table: Orders not found');
    });
    expect(answer).toEqual(['ResourceNotFoundException', 1]);
  });

  it('is asked again when a signature with the right time can mend it', async () => {
    const answer = await refused(HOUR_MS, response => {
      answerError(response, 'InvalidSignatureException', 'Signature not yet current');
    });
    expect(answer).toEqual(['InvalidSignatureException', 5]);
  });

  it.each([
    ['ThrottlingException', 400],
    ['InternalServerError', 500],
  ])('is asked again when it may pass: %s', async (code, status) => {
    const answer = await refused(HOUR_MS, response => {
      answerError(response, code, 'later', status);
    });
    expect(answer).toEqual([code, 5]);
  });
});
