// `ctl <operation> [json]` in a transcript: the tester's hand in the sandbox. A name with a capital letter is an operation of DynamoDB
// (`ctl PutItem '{...}'`), any other one of the sandbox's control path. Prints nothing when all is well.
const [, , operation = '', input = '{}'] = process.argv;
const isDynamoDb = /^[A-Z]/.test(operation);
const url = process.env.AWS_ENDPOINT_URL;
const region = process.env.AWS_REGION;

const response = await fetch(isDynamoDb ? url : `${url}/_ddbx/${operation}`, {
  method: 'POST',
  headers: isDynamoDb
    ? {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/${region}/dynamodb/aws4_request`,
      }
    : { 'content-type': 'application/json' },
  body: input,
});
if (!response.ok) {
  console.error(`ctl ${operation}: ${response.status} ${await response.text()}`);
  process.exitCode = 1;
}
