import type { GlobalOptions } from '../../context.js';
import type { AddPlan } from '../../lib/global/add-plan.js';
import type { RemovePlan } from '../../lib/global/remove-plan.js';
import type { FixStep } from '../../lib/global/settings-diff.js';
import { reachFlags, shellWord } from '../streams/aws-lines.js';
import type { WantedReplica } from './replica-flags.js';

type Reach = Pick<GlobalOptions, 'profile' | 'endpointUrl'>;

/** The `aws` command lines that do what is left of the plan. */
export function addLines(
  { tableName, source, consistency, witness, steps }: AddPlan,
  globals: Reach,
): readonly string[] {
  const left = steps.filter(step => step.type !== 'done' && step.type !== 'wait').map(step => step.replica);
  if (left.length === 0) return [];
  const update = updateTable(tableName, source, globals);
  if (consistency === 'strong') {
    const witnessFlag =
      witness === undefined ? '' : ` --global-table-witness-updates ${json([{ Create: { RegionName: witness } }])}`;
    return [
      `${update} --multi-region-consistency STRONG --replica-updates ${json(left.map(createJson))}${witnessFlag}`,
    ];
  }
  const status = (region: string): string =>
    `aws dynamodb describe-table --table-name ${tableName} --query ${shellWord(`Table.Replicas[?RegionName=='${region}'].ReplicaStatus`)} ${where(source, globals)}`;
  return left.flatMap(replica => [
    `${update} --replica-updates ${json([createJson(replica)])}`,
    status(replica.region),
  ]);
}

/** The `aws` command lines that carry a removal out. */
export function removeLines(
  { tableName, sender, consistency, regions, witness }: RemovePlan,
  globals: Reach,
): readonly string[] {
  if (regions.length === 0) return [];
  const update = updateTable(tableName, sender, globals);
  const deletion = (region: string) => ({ Delete: { RegionName: region } });
  if (consistency === 'eventual')
    return regions.map(region => `${update} --replica-updates ${json([deletion(region)])}`);
  const witnessFlag = witness === undefined ? '' : ` --global-table-witness-updates ${json([deletion(witness)])}`;
  return [`${update} --replica-updates ${json(regions.map(deletion))}${witnessFlag}`];
}

/** The `aws` command line that makes one setting equal. */
export function fixLine(step: FixStep, tableName: string, tableArn: string, globals: Reach): string {
  const table = `--table-name ${tableName}`;
  const at = where(step.region, globals);
  switch (step.type) {
    case 'deletion-protection':
      return `aws dynamodb update-table ${table} --deletion-protection-enabled ${at}`;
    case 'point-in-time-recovery': {
      const days = step.days === undefined ? '' : `,RecoveryPeriodInDays=${step.days}`;
      return `aws dynamodb update-continuous-backups ${table} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true${days} ${at}`;
    }
    case 'tags': {
      const tags = Object.entries(step.tags).map(([key, value]) => shellWord(`Key=${key},Value=${value}`));
      return `aws dynamodb tag-resource --resource-arn ${tableArn} --tags ${tags.join(' ')} ${at}`;
    }
    case 'contributor-insights': {
      const index = step.on === 'table' ? '' : ` --index-name ${step.on}`;
      return `aws dynamodb update-contributor-insights ${table}${index} --contributor-insights-action ENABLE ${at}`;
    }
  }
}

function updateTable(tableName: string, region: string, globals: Reach): string {
  return `aws dynamodb update-table --table-name ${tableName} ${where(region, globals)}`;
}

function where(region: string, globals: Reach): string {
  return `--region ${region}${reachFlags({ ...globals, region: undefined })}`;
}

function createJson({
  region,
  kmsKey,
  tableClass,
  readCapacity,
}: Pick<WantedReplica, 'region'> & Partial<WantedReplica>) {
  return {
    Create: {
      RegionName: region,
      KMSMasterKeyId: kmsKey,
      TableClassOverride: tableClass,
      ...(readCapacity === undefined ? {} : { ProvisionedThroughputOverride: { ReadCapacityUnits: readCapacity } }),
    },
  };
}

function json(value: unknown): string {
  return shellWord(JSON.stringify(value));
}
