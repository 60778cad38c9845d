import type { GlobalOptions } from '../../context.js';
import type { StreamPlan } from '../../lib/streams/plan-change.js';

type Reach = Pick<GlobalOptions, 'profile' | 'region' | 'endpointUrl'>;

/** The `aws` command lines that do what the plan does. */
export function awsLines(plan: StreamPlan, globals: Reach): readonly string[] {
  const where = `--region ${plan.region}${reachFlags({ ...globals, region: undefined })}`;
  const wait = `aws dynamodb wait table-exists --table-name ${plan.tableName} ${where}`;
  return plan.steps.flatMap(step => {
    const specification =
      step === 'disable' || plan.goal.verb === 'disable'
        ? 'StreamEnabled=false'
        : `StreamEnabled=true,StreamViewType=${plan.goal.viewType}`;
    const update = `aws dynamodb update-table --table-name ${plan.tableName} --stream-specification ${specification}`;
    return [`${update} ${where}`, wait];
  });
}

/** The flags that reach the same endpoint again, with a space before each; of `aws` and of ddbx alike. */
export function reachFlags(globals: Reach): string {
  const flags: readonly (readonly [string, string | undefined])[] = [
    ['--region', globals.region],
    ['--profile', globals.profile],
    ['--endpoint-url', globals.endpointUrl],
  ];
  return flags.map(([flag, value]) => (value === undefined ? '' : ` ${flag} ${shellWord(value)}`)).join('');
}

/** One word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
