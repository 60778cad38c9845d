import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbsOf } from '../../../src/commands/command-tree.js';
import { leastPolicy } from '../../../src/commands/iam-policy.js';
import type { IamNeed } from '../../../src/commands/verb.js';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { loadSeed } from '../../../src/lib/sandbox/seed.js';
import { loadedTree } from '../../../scripts/generate/loaded-tree.js';
import { ddbx } from '../../endpoint/endpoint.js';
import { createMapping } from '../../support/sandbox-mapping.js';

const FAST = ['--poll-interval', '10ms'];
const READ = ['--from', 'trim-horizon', ...FAST];

/** A command line and how it ends: with 1 where it names a table that is not there. */
interface Line {
  readonly line: readonly string[];
  readonly exits: number;
}

const ends = (exits: number, ...line: readonly string[]): Line => ({ line, exits });

/**
 * The command lines that together need all that a verb declares: with the options that its `when`s name, and with a
 * misspelt table where near names are to be suggested. `file` stands for a path, `mapping` for the UUID of a mapping.
 */
const LINES: Readonly<Record<string, readonly Line[]>> = {
  'streams list': [ends(0, 'list'), ends(0, 'list', '--table', 'Orders'), ends(0, 'list', '--all')],
  'streams describe': [ends(0, 'describe', 'Orders'), ends(1, 'describe', 'Ordesr')],
  'streams enable': [
    ends(0, 'enable', 'Customers', '--view', 'new-image'),
    ends(0, 'enable', 'Parcels', '--view', 'new-image'),
    ends(1, 'enable', 'Ordesr', '--view', 'new-image'),
  ],
  'streams disable': [ends(0, 'disable', 'Orders', '--yes'), ends(1, 'disable', 'Ordesr', '--yes')],
  'streams set-view': [
    ends(0, 'set-view', 'Orders', '--view', 'new-image', '--yes'),
    ends(1, 'set-view', 'Ordesr', '--view', 'new-image', '--yes'),
    ends(0, 'set-view', 'Orders', '--view', 'new-image', '--yes', '--repoint', '--now'),
    ends(6, 'set-view', 'Orders', '--view', 'new-image', '--yes', '--repoint', '--timeout', '3s'),
  ],
  'streams tail': [
    ends(0, 'tail', 'Orders', '--no-follow', ...READ),
    ends(0, 'tail', 'Orders', '--no-follow', '--as-mapping', 'mapping', ...READ),
    ends(1, 'tail', 'Ordesr', ...READ),
  ],
  'streams export': [
    ends(0, 'export', 'Orders', '--to', 'file', ...FAST),
    ends(0, 'export', 'Orders', '--to', 'file', '--as-mapping', 'mapping', ...FAST),
    ends(1, 'export', 'Ordesr', '--to', 'file'),
  ],
  'streams replay': [
    ends(0, 'replay', 'Orders', '--to', 'lambda:handler', '--yes', ...READ),
    ends(0, 'replay', 'Orders', '--to', 'lambda:handler', '--yes', '--as-mapping', 'mapping', ...READ),
    ends(1, 'replay', 'Ordesr', '--to', 'lambda:handler', '--yes', ...READ),
  ],
  'streams stats': [
    ends(0, 'stats', 'Orders', ...FAST),
    ends(0, 'stats', 'Orders', '--as-mapping', 'mapping', ...FAST),
    ends(1, 'stats', 'Ordesr', ...FAST),
  ],
};

const needsByVerb = new Map(verbsOf(await loadedTree()).map(({ path, facts }) => [path, facts.iam]));
const region = 'us-east-1';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ddbx-policy-'));
  writeFileSync(join(folder, 'handler.mjs'), 'export const handler = async () => ({});\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A sandbox with orders in a stream, a stream that was disabled, and a table without one. */
async function filledSandbox(log: string[]): Promise<{ readonly sandbox: Sandbox; readonly mapping: string }> {
  const sandbox = await startSandbox({ statusDelayMs: 0, shardsPerTable: 1, log: text => log.push(text) });
  const table = (TableName: string, isStreaming: boolean) => ({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    ...(isStreaming ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } } : {}),
    items: [{ pk: { S: 'order#1' } }, { pk: { S: 'order#2' } }],
  });
  await loadSeed(sandbox, { tables: [table('Orders', true), table('Customers', false), table('Parcels', true)] });
  const disabled = await ddbx({ url: sandbox.url, region }, 'streams', 'disable', 'Parcels', '--yes');
  expect(disabled.exitCode, disabled.stderr).toBe(0);
  sandbox.control.addFunction({ name: 'handler', handlerPath: join(folder, 'handler.mjs') });
  const mapping = await createMapping(sandbox, { table: 'Orders', functionName: 'handler' });
  sandbox.control.addFunction({ name: 'reader', handlerPath: join(folder, 'handler.mjs') });
  await createMapping(sandbox, { table: 'Orders', functionName: 'reader', settings: { Enabled: true } });
  return { sandbox, mapping };
}

/** What one command line came to, and what the sandbox's policies were asked by it. */
interface Run {
  readonly exitCode: number;
  /** Each once: `allowed dynamodb:GetRecords`. */
  readonly decisions: readonly string[];
}

/** Runs a command line in a sandbox of its own, under a policy that allows these needs. */
async function runUnder(needs: readonly IamNeed[], line: readonly string[]): Promise<Run> {
  const log: string[] = [];
  const { sandbox, mapping } = await filledSandbox(log);
  const scope = { region, account: '111122223333', table: undefined };
  sandbox.control.setAccess({ policies: [leastPolicy(needs, scope)] });
  const target = join(mkdtempSync(join(folder, 'export-')), 'orders.ndjson');
  const words: Readonly<Record<string, string>> = { file: target, mapping };
  const argv = line.map(word => words[word] ?? word);
  const { exitCode } = await ddbx({ url: sandbox.url, region }, 'streams', ...argv, '--output', 'ndjson');
  await sandbox.close();
  const decisions = log.flatMap(text => /^Policy: (\S+ \S+)/.exec(text)?.slice(1) ?? []);
  return { exitCode, decisions: [...new Set(decisions)] };
}

describe.each(Object.keys(LINES))('the least policy of %s', verb => {
  const needs = needsByVerb.get(verb) ?? [];
  const actions = [...new Set(needs.map(({ action }) => action))];
  const lines = LINES[verb] ?? [];
  const runs: Run[] = [];

  beforeAll(async () => {
    for (const { line } of lines) runs.push(await runUnder(needs, line));
  });

  it('is enough', () => {
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(lines.map(({ exits }) => exits));
  });

  it('allows what is asked, and nothing besides', () => {
    const asked = new Set(runs.flatMap(({ decisions }) => decisions));
    expect([...asked].sort()).toEqual(actions.map(action => `allowed ${action}`).sort());
  });

  it.each(actions)('refuses something without %s', async action => {
    const at = runs.findIndex(({ decisions }) => decisions.includes(`allowed ${action}`));
    const others = needs.filter(need => need.action !== action);
    const { decisions } = await runUnder(others, lines[at]?.line ?? []);
    expect(decisions).toContain(`not-allowed ${action}`);
  });
});

it('is held for every verb of streams', () => {
  const verbs = [...needsByVerb.keys()].filter(verb => verb.startsWith('streams '));
  expect(Object.keys(LINES).sort()).toEqual(verbs.sort());
});
