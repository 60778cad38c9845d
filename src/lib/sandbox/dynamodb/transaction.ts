import { AwsError, validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { asMembers, type Members, optionalChoice, optionalMembers, optionalString, requiredList } from '../members.js';
import type { RegionState } from '../state.js';
import { findUsableTable } from './find-table.js';
import { addTo, consumedCapacities, type ConsumptionByTable } from './consumed-capacity.js';
import { assertTransactable, MAX_ACTIONS } from './transaction-rules.js';
import { isAllowed, type PlannedWrite, planCheck, planDelete, planPut, planUpdate } from './item-input.js';
import { wholeKeyText } from './key.js';
import type { Table } from './table.js';
import { parseTableName } from './table-input.js';
import { applyWrite } from './write.js';

const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

/** The operations that do all or nothing. */
export const transactionOperations: Readonly<Record<string, Operation>> = { TransactWriteItems: transactWrite };

interface Step {
  readonly input: Members;
  readonly plan: PlannedWrite;
}

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

const PLANS: ReadonlyMap<string, (input: Members, table: Table) => PlannedWrite> = new Map([
  ['Put', planPut],
  ['Delete', planDelete],
  ['Update', planUpdate],
  ['ConditionCheck', planCheck],
]);

function transactWrite(input: Members, { state, region }: Call): unknown {
  const actions = requiredList(input, 'TransactItems').map(action => asMembers(action));
  if (actions.length === 0 || actions.length > MAX_ACTIONS) {
    throw validationError(`Member must have length between 1 and ${MAX_ACTIONS}: TransactItems`);
  }
  if (isRepeated(input, region, state.clock.now())) return {};
  const steps = actions.map(action => parseStep(action, region));
  assertDistinct(steps);

  const reasons = steps.map(refusal);
  if (reasons.some(reason => reason.Code !== 'None')) throw cancelled(reasons);
  const writes = steps.map(({ plan }) => ({
    table: plan.table,
    key: plan.key,
    newItem: plan.produce(plan.table.items.get(plan.key)?.item),
  }));
  const used: ConsumptionByTable = new Map();
  for (const write of writes) {
    addTo(used, write.table.name, applyWrite(state, write, 'transaction'));
  }
  return { ConsumedCapacity: consumedCapacities(input, used) };
}

function parseStep(action: Members, region: RegionState): Step {
  const kinds = Object.keys(action).filter(kind => action[kind] !== undefined);
  const [kind] = kinds;
  const plan = kind === undefined ? undefined : PLANS.get(kind);
  if (kind === undefined || plan === undefined || kinds.length > 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const input = optionalMembers(action, kind) ?? {};
  const table = findUsableTable(region.tables, parseTableName(input));
  assertTransactable(table);
  return { input, plan: plan(input, table) };
}

function assertDistinct(steps: readonly Step[]): void {
  const keys = new Set(steps.map(({ plan }) => `${plan.table.name}/${wholeKeyText(plan.key, plan.table.keys)}`));
  if (keys.size < steps.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
}

function refusal({ input, plan }: Step): CancellationReason {
  const item = plan.table.items.get(plan.key)?.item;
  if (!isAllowed(plan, item)) {
    const wanted = optionalChoice(input, 'ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE'] as const);
    const reason = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
    return wanted === 'ALL_OLD' && item !== undefined ? { ...reason, Item: item } : reason;
  }
  try {
    plan.produce(item);
  } catch (error) {
    if (error instanceof AwsError) return { Code: 'ValidationError', Message: error.message };
    throw error;
  }
  return { Code: 'None' };
}

function cancelled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map(reason => reason.Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}

/** Whether the same request was made with the same token in the last ten minutes. */
function isRepeated(input: Members, region: RegionState, nowMs: number): boolean {
  const token = optionalString(input, 'ClientRequestToken');
  if (token === undefined) return false;
  const request = JSON.stringify(input['TransactItems']);
  const known = region.transactionTokens.get(token);
  if (known !== undefined && known.untilMs > nowMs) {
    if (known.request === request) return true;
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }
  region.transactionTokens.set(token, { request, untilMs: nowMs + TOKEN_LIFETIME_MS });
  return false;
}
