import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../lib/sandbox/conformance/store.js';
import { storeRules } from '../lib/sandbox/conformance/store-rules.js';
import { endpointUnderTest } from './endpoint.js';

/**
 * Where DynamoDB Local 3.3.0 is of another opinion, and what it says instead; docs/sandbox.md says who is right, and why.
 * A difference that goes away fails its test, and is then taken from here and from there.
 */
const DYNAMODB_LOCAL_DIFFERS: Readonly<Record<string, RegExp>> = {
  // What it does.
  'model: CreateTable answers CREATING, before the table is ACTIVE': /'ACTIVE'/,
  'model: DeleteTable answers DELETING': /'ACTIVE'/,
  'model: a table has an id': /undefined/,
  'model: a table’s ARN names its Region, and serves as its name': /ddblocal/,
  'model: a page of Query ends at 1 MB': /\[ \+?0, 1, 2 \]/,
  'A.1: the ARN of a stream names the Region, the table and the label': /ddblocal/,
  'A.1: there is no AT_TIMESTAMP': /500/,
  'A.1: a page has at most 1 MB': /to be less than/,
  'A.3: awsRegion is the Region of the request': /ddblocal/,
  'A.4: a view type that there is not is refused': /200/,
  'A.4: nothing but a change to on-demand goes along with a stream': /instead of rejecting/,
  'D.2: a replica in the Region of the table itself is refused': /Nothing to update/,
  'D.2: a call takes one Create or Delete of a replica': /Nothing to update/,
  // How it says it: the error is the same, its text is not.
  'model: a second table of one name is ResourceInUseException': /ResourceInUseException: Cannot create/,
  'model: a table that is not there is ResourceNotFoundException, which names it':
    /ResourceNotFoundException: Cannot do/,
  'model: a number of more than 38 digits is refused': /ValidationException: DynamoDB only/,
  'model: a number that is none is refused': /ValidationException: A value provided/,
  'model: a key attribute that is missing is refused': /ValidationException: One of the required/,
  'model: a key attribute of another type is refused': /ValidationException: One or more paramete/,
  'model: a partition key of more than 2048 bytes is refused': /ValidationException: Hash primary key/,
  'model: the update "SET n = s + :v" is refused: incorrect data type: operator or function: +, operand type: S':
    /ValidationException: An operand/,
  'model: the update "SET n = :v + n" is refused: more than 38 significant digits':
    /ValidationException: DynamoDB only/,
  'model: Query refuses #at = :t': /ValidationException: Query condition/,
  'A.1: GetRecords takes a Limit of 1 to 1000': /ValidationException: One or more paramete/,
  'A.1: DescribeStream and ListStreams take a Limit of at most 100': /ValidationException: One or more paramete/,
  'A.1: a stream that is not there is ResourceNotFoundException, which names it':
    /ResourceNotFoundException: Stream does/,
  'A.4: what is enabled is not enabled again, with the same view type or another': /ValidationException: Table already/,
  'A.4: what is not enabled is not disabled': /ValidationException: Table has no/,
  'A.4: enabling takes a view type': /ValidationException: Invalid StreamView/,
  'A.4: disabling takes no view type': /ValidationException: Invalid StreamView/,
};

describe('the rules of DynamoDB and its streams, at the endpoint of DDBX_TEST_ENDPOINT', () => {
  const differences = process.env['DDBX_TEST_IMPLEMENTATION'] === 'dynamodb-local' ? DYNAMODB_LOCAL_DIFFERS : {};

  it('knows no difference about a rule that there is not', () => {
    expect(storeRules.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(differences)));
  });

  for (const { name, check } of storeRules) {
    const difference = differences[name];
    it(difference === undefined ? name : `differs: ${name}`, async () => {
      const { url, region } = endpointUnderTest();
      const store = openStore(url, region);
      onTestFinished(() => store.close());
      if (difference === undefined) await check(store);
      else await expect(check(store)).rejects.toThrow(difference);
    });
  }
});
