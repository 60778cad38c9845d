import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadedTree } from '../../scripts/generate/loaded-tree.js';
import { verbsOf } from '../../src/commands/command-tree.js';
import { leastPolicy } from '../../src/commands/iam-policy.js';
import type { Sandbox } from '../../src/lib/sandbox/sandbox.js';
import { ddbx } from '../endpoint/endpoint.js';

/** A command line without its noun, and how it ends: with 1 where it names something that is not there. */
export type Line = readonly [exits: number, ...words: readonly string[]];

/** A sandbox in which every line of a suite can run, one after the other. */
export interface Stage {
  readonly sandbox: Sandbox;
  /** What the words of lines stand for that are not known before, such as the UUID of a mapping. */
  readonly words: Readonly<Record<string, string>>;
}

/** What is held of the verbs of some nouns. */
export interface PolicySuite {
  /** The first words of the verbs that are held. */
  readonly nouns: readonly string[];
  /** By verb: the lines that together need all that it declares, with the options that its `when`s name. */
  readonly lines: Readonly<Record<string, readonly Line[]>>;
  /** Actions that are declared, and that no sandbox asks for: why. */
  readonly neverAsked?: Readonly<Record<string, string>>;
  /** @param log what the sandbox is to be started with */
  readonly fill: (log: (text: string) => void) => Promise<Stage>;
}

const region = 'us-east-1';
const needsByVerb = new Map(verbsOf(await loadedTree()).map(({ path, facts }) => [path, facts.iam]));

/** A policy's answer, as the sandbox logs it. */
interface Decision {
  readonly answer: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * Runs each verb under the policy that `ddbx iam` prints for it, in one Region and account: that must be enough, every
 * action in it must be asked for, and none may be allowed on everything that is asked for on one thing.
 */
export function holdLeastPolicies({ nouns, lines, neverAsked = {}, fill }: PolicySuite): void {
  const log: string[] = [];
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await fill(text => log.push(text));
  });
  afterAll(async () => {
    await stage?.sandbox.close();
  });

  it.each(Object.keys(lines))('runs %s under its least policy', async verb => {
    if (stage === undefined) throw new Error('There is no sandbox.');
    const { sandbox, words } = stage;
    const needs = needsByVerb.get(verb) ?? [];
    const policy = leastPolicy(needs, { region, account: '111122223333', table: undefined });
    sandbox.control.setAccess({ policies: [policy] });
    log.length = 0;
    for (const [exits, ...line] of lines[verb] ?? []) {
      const argv = [...verb.split(' ').slice(0, -1), ...line.map(word => words[word] ?? word)];
      const { exitCode, stderr } = await ddbx({ url: sandbox.url, region }, ...argv, '--output', 'ndjson');
      expect({ argv, exitCode, stderr }).toEqual({ argv, exitCode: exits, stderr });
    }
    const decisions = log.flatMap(decisionsIn);
    const allowed = new Set(decisions.map(({ action }) => action));
    const everything = new Set(policy.Statement.flatMap(each => (each.Resource === '*' ? each.Action : [])));
    expect(decisions.filter(({ answer }) => answer !== 'allowed')).toEqual([]);
    expect(needs.filter(({ action }) => !allowed.has(action) && neverAsked[action] === undefined)).toEqual([]);
    expect(decisions.filter(({ action, resource }) => resource !== '*' && everything.has(action))).toEqual([]);
  });

  it(`is held for every verb of ${nouns.join(', ')} that asks something of AWS`, () => {
    const verbs = [...needsByVerb].filter(
      ([path, needs]) => nouns.includes(path.split(' ')[0] ?? '') && needs.length > 0,
    );
    expect(Object.keys(lines).sort()).toEqual(verbs.map(([path]) => path).sort());
  });
}

function decisionsIn(text: string): readonly Decision[] {
  const [, answer = '', action = '', resource = ''] = /^Policy: (\S+) (\S+) on (.+)$/.exec(text) ?? [];
  return answer === '' ? [] : [{ answer, action, resource }];
}
