// What one writes first: the SDK's client in a loop, each record through JSON.stringify.
import { DynamoDBStreamsClient, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';

const client = new DynamoDBStreamsClient({});
let iterator = 'page-0';
while (iterator !== undefined) {
  const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
  const text = page.Records.map(record => `${JSON.stringify(record)}\n`).join('');
  await new Promise(resolve => process.stdout.write(text, resolve));
  iterator = page.NextShardIterator;
}
