import { PassThrough } from 'node:stream';
import { runCli } from '../../src/cli.js';
import { systemClock } from '../../src/lib/model/clock.js';
import type { ExitCode } from '../../src/lib/model/error.js';
import { CapturedStream } from '../support/fake-io.js';

/** An endpoint that serves DynamoDB and DynamoDB Streams, real or not. */
export interface Endpoint {
  readonly url: string;
  readonly region: string;
}

/** The endpoint that `npm run test:endpoint` names in the environment. */
export function endpointUnderTest(): Endpoint {
  const url = process.env['DDBX_TEST_ENDPOINT'];
  if (url === undefined || url === '') {
    throw new Error('Name the endpoint: npm run test:endpoint -- --endpoint-url <url>');
  }
  return { url, region: process.env['DDBX_TEST_REGION'] ?? 'us-east-1' };
}

/** What a command wrote, and how it ended. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** The credentials of AWS's documentation: the endpoints under test do not check signatures. */
export const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

/** Longer than any of these commands may take; a command that does not end by itself fails its test with code 130. */
const PATIENCE_MS = 60_000;

/** Runs one command line in this process, as from a pipe: no terminal, no environment, no config file. */
export async function ddbx(endpoint: Endpoint, ...argv: readonly string[]): Promise<Outcome> {
  const stdin = new PassThrough();
  const stdout = new CapturedStream();
  const stderr = new CapturedStream();
  const exitCode = await runCli(argv, {
    streams: { stdin, stdout, stderr },
    env: {},
    clock: systemClock,
    random: Math.random,
    signal: AbortSignal.timeout(PATIENCE_MS),
    connection: { endpointUrl: endpoint.url, region: endpoint.region, credentials },
  });
  return { exitCode, stdout: stdout.chunks.join(''), stderr: stderr.chunks.join('') };
}

/** The lines of NDJSON. */
export function ndjson(text: string): readonly Json[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(parseJson);
}

/** A JSON object, to look into with `at`. */
export type Json = Readonly<Record<string, unknown>>;

/** Reads a JSON object. */
export function parseJson(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error(`Not a JSON object: ${text.slice(0, 200)}`);
  return value;
}

/** What lies at a path such as `dynamodb.Keys.pk.S`; undefined where it leads nowhere. */
export function at(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), json);
}

/** The objects of the list at a path. */
export function listAt(json: Json, path: string): readonly Json[] {
  const list = at(json, path);
  if (!Array.isArray(list)) throw new Error(`There is no list at "${path}" of ${JSON.stringify(json).slice(0, 200)}`);
  return list.filter(isObject);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
