import type { CommandContext } from '../context.js';
import { nearNames } from '../lib/model/near-names.js';
import { ExitCode, usageError } from '../lib/model/error.js';
import { type CommandNode, describeTree, verbsOf } from './command-tree.js';
import type { IamOptions } from './iam.js';
import { conditionsOf, leastPolicy, type PolicyScope } from './iam-policy.js';
import type { IamNeed } from './verb.js';

/** Prints the policy on stdout, and on stderr when the actions that are not always needed are needed. */
export async function runIam(options: IamOptions, context: CommandContext): Promise<ExitCode> {
  const scope = scopeOf(options, context.globals.region);
  const output = context.output();
  const needs = needsOf(describeTree(await options.wholeTree()), options.words);
  if (needs.length === 0) {
    output.note(`ddbx ${options.words.join(' ')} asks nothing of AWS: it needs no policy.`);
    return ExitCode.done;
  }
  // A policy is a document whatever the format; IAM takes the indented form as it is.
  const policy = leastPolicy(needs, scope);
  if (output.format === 'human') await output.line(JSON.stringify(policy, undefined, 2));
  else await output.document(policy);
  for (const { action, when } of conditionsOf(needs)) output.note(`${action} is needed only when ${when}.`);
  if (scope.table === undefined && needs.some(need => need.resource === 'table' || need.resource === 'stream')) {
    output.note('It allows every table; --table, --region and --account narrow it.');
  }
  if (scope.region !== undefined && needs.some(need => need.everyRegion === true)) {
    output.note('A global table is worked on in all of its Regions, so what is done there is allowed in every Region.');
  }
  return ExitCode.done;
}

function scopeOf({ table, account }: IamOptions, region: string | undefined): PolicyScope {
  const contradiction = (flag: string): Error =>
    usageError(`${flag} contradicts the ARN of ${table?.tableName ?? ''}.`, `Leave ${flag} out: the ARN says it.`);
  if (table?.region !== undefined && region !== undefined && table.region !== region) throw contradiction('--region');
  if (table?.account !== undefined && account !== undefined && table.account !== account) {
    throw contradiction('--account');
  }
  return { table: table?.tableName, region: table?.region ?? region, account: table?.account ?? account };
}

/** @throws DdbxError `usage` that lists the known commands */
function needsOf(tree: CommandNode, words: readonly string[]): readonly IamNeed[] {
  const path = words.join(' ');
  const verbs = verbsOf(tree);
  const meant = verbs.filter(verb => words.length === 0 || verb.path === path || verb.path.startsWith(`${path} `));
  if (meant.length > 0) return meant.flatMap(verb => verb.facts.iam);
  const known = verbs.map(verb => verb.path);
  const [near] = nearNames(path, known);
  throw usageError(
    `ddbx has no command "${path}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
    `It has: ${known.join(', ')}.`,
  );
}
