// A worker that answers the calls of a stream reader from memory: one closed shard of full pages of 1.2 KB records.
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { pages, recordsPerPage } = workerData;

const image = (status, total) => ({
  pk: { S: 'order#42' },
  status: { S: status },
  total: { N: total },
  note: { S: 'n'.repeat(240) },
  tags: { SS: ['new', 'paid'] },
  address: { M: { city: { S: 'Lisbon' }, street: { S: 's'.repeat(60) } } },
});

const records = Array.from({ length: recordsPerPage }, (_, index) =>
  JSON.stringify({
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: 1795306399,
      Keys: { pk: { S: 'order#42' } },
      NewImage: image('PAID', '42.50'),
      OldImage: image('PENDING', '42.00'),
      SequenceNumber: String(800000000003126276362n + BigInt(index)),
      SizeBytes: 900,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventID: 'c9fbe7d0261a5163fcb6940593e41797',
    eventName: 'MODIFY',
    eventSource: 'aws:dynamodb',
    eventVersion: '1.1',
  }),
);
const body = Buffer.from(`"Records":[${records.join(',')}]}`);

const answer = (operation, request) => {
  if (operation === 'DescribeStream') {
    const range = { StartingSequenceNumber: '800000000003126276362', EndingSequenceNumber: '899999999999999999999' };
    const shard = { ShardId: 'shardId-00000001573689847184-864758bb', SequenceNumberRange: range };
    const stream = { StreamArn: request.StreamArn, StreamStatus: 'DISABLED', TableName: 'Orders', StreamLabel: 'x' };
    return [Buffer.from(JSON.stringify({ StreamDescription: { ...stream, Shards: [shard] } }))];
  }
  if (operation === 'GetShardIterator') return [Buffer.from('{"ShardIterator":"page-0"}')];
  if (operation !== 'GetRecords') return [Buffer.from('{}')];
  const page = Number(request.ShardIterator.slice('page-'.length));
  const next = page + 1 < pages ? `"NextShardIterator":"page-${page + 1}",` : '';
  return [Buffer.from(`{${next}`), body];
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const text = Buffer.concat(chunks).toString();
    const parts = answer(operation, text === '' ? {} : JSON.parse(text));
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': length });
    for (const part of parts) response.write(part);
    response.end();
  });
});
server.listen(0, '127.0.0.1', () => {
  parentPort.postMessage({ port: server.address().port, recordBytes: records[0].length });
});
