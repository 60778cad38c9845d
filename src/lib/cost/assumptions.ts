import { formatBytes } from '../model/size.js';
import type { EstimateOptions } from './estimate.js';
import { readUnitsOf, writeUnitsOf } from './units.js';
import { MONTH_HOURS } from './quantities.js';
import { homeOf, type Workload } from './workload.js';

/** What was taken for granted, in sentences. */
export function assumptionsOf(workload: Workload, { includeTransfer, freeTier }: EstimateOptions): readonly string[] {
  const { capacity, indexes, regions, trigger } = workload;
  const home = homeOf(workload);
  const isGlobal = regions.length > 1;
  const said: string[] = [`A month has ${MONTH_HOURS} hours.`];
  if (workload.measured) {
    said.push('Units are those that CloudWatch counted; what comes is taken to be as what was.');
    if ([...(workload.streamCalls?.values() ?? [])].some(calls => calls.gt(0))) {
      said.push(
        'Stream reads cost none to all of what was counted: it does not tell the free calls of Lambda and replication apart.',
      );
    }
  } else {
    const writeUnits = writeUnitsOf(workload.itemBytes).toFixed();
    const readUnits = readUnitsOf(workload.itemBytes, workload.readConsistency).toFixed();
    said.push(
      `Every item has ${formatBytes(workload.itemBytes)}: ${writeUnits} write ${unitWord(writeUnits)}, ${readUnits} read ${unitWord(readUnits)} for ${workload.readConsistency === 'strong' ? 'a strongly' : 'an eventually'} consistent read. Each read is of one item.`,
    );
  }
  if (isGlobal && !workload.measured)
    said.push('Every write reaches every Region by itself; AWS may merge writes that follow each other closely.');
  if (indexes.length > 0)
    said.push('A write that touches an index takes one write of it; one that changes its key would take two.');
  if (isGlobal && workload.transactionalShare.gt(0)) {
    said.push(
      'What replicas are charged for transactional writes is not documented: costs are a range, once to twice.',
    );
  }
  if (workload.ttlDeletes.gt(0)) said.push(`TTL runs in ${home}; its deletes are free there.`);
  if (capacity.mode === 'provisioned') {
    said.push(
      capacity.units === undefined
        ? `Provisioned capacity is used at ${capacity.utilization.times(100).toFixed()}% on average, in every Region.`
        : 'Provisioned capacity is what it was on average, with what auto scaling made of it in each Region.',
    );
  }
  if (workload.streamReaders !== undefined || trigger !== undefined) said.push(`The stream is read in ${home}.`);
  if (workload.backupsKept.gt(0)) said.push(`Backups are full copies of the table, kept in ${home}.`);
  if (workload.witness !== undefined) said.push(`The witness in ${workload.witness} costs nothing.`);
  if (includeTransfer)
    said.push('Replication is charged as transfer between Regions, as the guide of April 2026 had it.');
  if (freeTier) said.push('Nothing else in the account uses the free allowances.');
  return said;
}

/** What is not in the number, in sentences. */
export function exclusionsOf(workload: Workload, { includeTransfer, freeTier }: EstimateOptions): readonly string[] {
  const left: string[] = [];
  if (workload.measured) left.push('Backups, and what runs behind the stream (Lambda, SQS): they are not measured.');
  else if (workload.storageGb.isZero()) left.push('Storage: none was given (--storage).');
  if (workload.trigger !== undefined && workload.trigger.duration === undefined) {
    left.push("The trigger's duration: give it as --trigger <batch>:<ms>:<MB>.");
  }
  if (workload.regions.length > 1 && !includeTransfer) {
    left.push(
      "Transfer between Regions: AWS's guide of autumn 2026 says that replication has no such fee, that of April 2026 said that it had. --include-transfer adds it.",
    );
  }
  if (!freeTier)
    left.push('Free allowances, such as 25 GB of storage and 2.5 million stream reads: --free-tier takes them off.');
  left.push('Reserved capacity, savings plans, taxes; KMS, exports, imports, change data capture, DAX.');
  return left;
}

function unitWord(units: string): string {
  return units === '1' || units === '0.5' ? 'unit' : 'units';
}
