import { afterEach } from 'vitest';
import { type Aws, connect } from '../../../src/lib/aws/connection.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { type WireServer, wireServer } from '../../support/wire-server.js';

const closing: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A door to a server that answers as the test says, and the server; both are closed after the test. */
export async function doorTo(answer: Parameters<typeof wireServer>[0]): Promise<{ aws: Aws; server: WireServer }> {
  const server = await wireServer(answer);
  const aws = connect({
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    endpointUrl: server.url,
    env: {},
    clock: systemClock,
    random: () => 0,
    maxAttempts: 1,
  });
  closing.push(
    () => server.close(),
    () => {
      aws.close();
    },
  );
  return { aws, server };
}

/** The body of a request as JSON. */
export function bodyOf(server: WireServer, index: number): unknown {
  return JSON.parse(server.requests[index]?.body ?? 'null');
}
