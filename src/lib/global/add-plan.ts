import type { RegionTable } from '../aws/region-table.js';
import type { NewReplica } from '../aws/replicas-gateway.js';
import { DdbxError } from '../model/error.js';
import type { AddRequest } from './preflight-facts.js';
import { isSameGroup } from './table-checks.js';

/** What is left to do for one Region. */
export type AddStep =
  | { readonly type: 'create'; readonly replica: NewReplica }
  /** The one that is there is being deleted; its table must be gone first (FACTS D.2). */
  | { readonly type: 'create-again'; readonly replica: NewReplica }
  /** An earlier run, or somebody else, has begun: it is only waited for. */
  | { readonly type: 'wait'; readonly replica: NewReplica }
  | { readonly type: 'done'; readonly replica: NewReplica };

/** The way from the table as it is to the table with its new Regions. */
export interface AddPlan {
  readonly tableName: string;
  /** The Region that is asked, and that the new replicas are filled from. */
  readonly source: string;
  readonly consistency: 'eventual' | 'strong';
  readonly witness: string | undefined;
  /** For eventual consistency carried out in this order; for strong consistency in one call. */
  readonly steps: readonly AddStep[];
}

/**
 * Decides, without asking AWS, what is left to do. Run again after an interruption, it finds what is done and what is
 * in flight.
 * @throws DdbxError `replica-unusable` when a replica is there that no waiting makes ACTIVE
 */
export function planAdd({ home, replicas, consistency, witness }: AddRequest): AddPlan {
  const plan = { tableName: home.tableName, source: home.region, consistency, witness };
  if (consistency === 'strong') {
    const isThere = isSameGroup({ home, replicas, witness });
    const isReady = isThere && isGroupActive(home);
    return {
      ...plan,
      steps: replicas.map(replica => ({ type: isReady ? 'done' : isThere ? 'wait' : 'create', replica })),
    };
  }
  return { ...plan, steps: replicas.map(replica => ({ type: stateOf(replica.region, home), replica })) };
}

/** Whether every replica and the witness of a strongly consistent group are ACTIVE. */
export function isGroupActive({ replicas, witnesses }: RegionTable): boolean {
  return [...replicas, ...witnesses].every(each => each.status === 'ACTIVE');
}

function stateOf(region: string, home: RegionTable): AddStep['type'] {
  const replica = home.replicas.find(each => each.region === region);
  if (replica === undefined) return 'create';
  switch (replica.status) {
    case 'ACTIVE':
    case 'UPDATING':
      return 'done';
    case 'CREATING':
    case undefined:
      return 'wait';
    case 'DELETING':
      return 'create-again';
    default:
      throw unusable(home.tableName, region, replica.status, replica.statusDescription);
  }
}

/** A replica whose state no waiting mends. */
export function unusable(
  tableName: string,
  region: string,
  status: string,
  description: string | undefined,
): DdbxError {
  const reason = description === undefined ? '' : ` (${description})`;
  return new DdbxError({
    code: status === 'CREATION_FAILED' ? 'replica-failed' : 'replica-unusable',
    message:
      status === 'CREATION_FAILED'
        ? `AWS could not make the replica of ${tableName} in ${region}: CREATION_FAILED${reason}.`
        : `The replica of ${tableName} in ${region} is ${status}${reason}, and no waiting makes it ACTIVE.`,
    hint: `Mend the cause, take the replica away (ddbx global remove-replica ${tableName} ${region}), then run the same command. ddbx global check ${tableName} --add ${region} looks for causes.`,
  });
}
