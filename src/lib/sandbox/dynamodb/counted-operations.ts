import { AwsError } from '../aws-error.js';
import type { Operation } from '../call.js';
import { isMembers, type Members } from '../members.js';
import { recordCall, recordUserError } from './table-metrics.js';

/** The operations on items, of which CloudWatch counts the calls by table. */
const COUNTED: ReadonlySet<string> = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
  'TransactGetItems',
  'TransactWriteItems',
]);

/** Refusals that have metrics of their own and are no UserErrors. */
const NOT_USER_ERRORS: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'ProvisionedThroughputExceededException',
  'TransactionConflictException',
]);

/** Lets CloudWatch count what the operations answer: calls by table, and what was refused (FACTS F). */
export function counted(operations: Readonly<Record<string, Operation>>): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]): [string, Operation] => [name, countedOne(name, operation)]),
  );
}

function countedOne(name: string, operation: Operation): Operation {
  return (input, call) => {
    try {
      const output = operation(input, call);
      if (COUNTED.has(name)) {
        for (const table of tablesIn(input)) recordCall(call.state, call.region.name, name, table);
      }
      return output;
    } catch (error) {
      if (error instanceof AwsError && error.status === 400 && !NOT_USER_ERRORS.has(error.type)) {
        recordUserError(call.state, call.region.name);
      }
      throw error;
    }
  };
}

/** The tables that a request names, each once, by name even where it was an ARN. */
function tablesIn(input: Members): ReadonlySet<string> {
  const { TableName, RequestItems, TransactItems } = input;
  const batched = isMembers(RequestItems) ? Object.keys(RequestItems) : [];
  const inTransaction = Array.isArray(TransactItems) ? TransactItems.flatMap(namesIn) : [];
  const names = [...(typeof TableName === 'string' ? [TableName] : []), ...batched, ...inTransaction];
  return new Set(names.map(name => (name.startsWith('arn:') ? (name.split('/')[1] ?? name) : name)));
}

function namesIn(item: unknown): readonly string[] {
  if (!isMembers(item)) return [];
  return Object.values(item).flatMap(action => {
    const name = isMembers(action) ? action['TableName'] : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}
