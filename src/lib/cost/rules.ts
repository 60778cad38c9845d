/** A formula of the estimate, with the page of AWS that it follows. */
export interface CostRule {
  readonly formula: string;
  readonly why: string;
  readonly source: string;
}

const GUIDE = 'DynamoDB Developer Guide';

/** Every formula that a line of an estimate can name; `cost explain` prints them. */
export const costRules = {
  'write-units': {
    formula: 'writes x item size, rounded up to whole KB for each item; transactional writes count twice',
    why: 'A write of up to 1 KB takes one write unit, in a single-Region table.',
    source: `${GUIDE}, Capacity units; Transactions, capacity (transaction-apis)`,
  },
  'replicated-write-units': {
    formula: 'writes of all Regions x item size in whole KB, in every Region; own transactional writes count twice',
    why: 'In a global table every Region is charged a replicated write unit for every write, the writing Region too; it takes the place of the write unit and is not added to it. Eventual and strong consistency (MREC and MRSC) cost the same; a witness costs nothing.',
    source: `${GUIDE}, Global tables billing (global-tables-billing)`,
  },
  'ttl-deletes': {
    formula: 'deletes by TTL x item size in whole KB, in every Region but the one where TTL ran',
    why: 'A delete by TTL is free where it happens; its replication is a replicated write elsewhere.',
    source: `${GUIDE}, Time to Live; Global tables (V2globaltables)`,
  },
  'index-writes': {
    formula: 'writes x share that touches the index x projected size in whole KB, in every Region',
    why: 'A write to a global secondary index takes an ordinary write unit in each Region, in global tables too. A write that changes an index key takes two, which is not counted here, nor are index writes of transactions counted twice.',
    source: `${GUIDE}, Global tables billing (global-tables-billing)`,
  },
  'read-units': {
    formula: 'reads x item size in whole blocks of 4 KB; half of that when eventually consistent',
    why: 'A strongly consistent read of up to 4 KB takes one read unit, an eventually consistent one half of it. Each read is taken for one item.',
    source: `${GUIDE}, Capacity units`,
  },
  capacity: {
    formula: 'units a second on average / utilization, rounded up to whole units, x 730 hours',
    why: 'Provisioned capacity is paid by the hour, whether it is used or not. Peaks above the average have to fit into what utilization leaves free.',
    source: `${GUIDE}, Provisioned capacity`,
  },
  storage: {
    formula: 'size of the table with its indexes, in each Region',
    why: 'Each replica holds all items, and is charged for them.',
    source: `${GUIDE}, Global tables billing (global-tables-billing)`,
  },
  pitr: {
    formula: 'size of the table, in each Region where it is on',
    why: 'Point-in-time recovery is charged by the size of the table, in each Region by itself.',
    source: `${GUIDE}, Understanding billing (bp-understanding-billing)`,
  },
  backups: {
    formula: 'size of the table x number of backups that are kept, in the first Region',
    why: 'An on-demand backup is a full copy.',
    source: `${GUIDE}, Understanding billing (bp-understanding-billing)`,
  },
  restore: {
    formula: 'size of the table, once, in the Region that is added',
    why: 'Adding a replica to a table with data is charged as a restore of the table.',
    source: `${GUIDE}, Global tables billing (global-tables-billing)`,
  },
  'stream-reads': {
    formula: 'readers x the larger of: shards x a month / poll interval; records / 1,000; records x 1 KB blocks / 1 MB',
    why: 'Only GetRecords is charged, by the call and not by the record, empty answers too. What Lambda triggers and global tables read is free. A record of both images has up to twice the size of the item.',
    source: `${GUIDE}, Streams usage (CostOptimization_StreamsUsage)`,
  },
  'counted-stream-reads': {
    formula: 'none to all of the GetRecords calls that CloudWatch counted',
    why: 'It counts the free calls of Lambda triggers and of global tables among them, and does not tell them apart.',
    source: `${GUIDE}, Streams usage (CostOptimization_StreamsUsage)`,
  },
  'lambda-requests': {
    formula: 'records that pass the filter / batch size, rounded up',
    why: 'Lambda is invoked once a batch. Records that a filter holds back invoke nothing, and the trigger reads the stream for free.',
    source: 'AWS Lambda Developer Guide, Using AWS Lambda with Amazon DynamoDB; Event filtering',
  },
  'lambda-duration': {
    formula: 'invocations x duration x memory',
    why: 'Duration is charged by the memory that the function has.',
    source: 'AWS Lambda pricing',
  },
  'failure-queue': {
    formula: 'batches that end in the queue x 3 requests (send, receive, delete)',
    why: 'Each request of up to 64 KB is one; a failed batch is one small message.',
    source: 'Amazon SQS pricing',
  },
  transfer: {
    formula: 'bytes written in a Region, to each other Region with a replica',
    why: "AWS's guide of autumn 2026 says that replication has no transfer fee; the text of April 2026 said that it had. It is left out unless it is asked for.",
    source: `${GUIDE}, Global tables billing, both texts`,
  },
  'derived-price': {
    formula: 'price of a replicated write unit = price of a write unit, since 2024-11-01',
    why: "Where a book knows only the price of the plain unit, on demand or provisioned, Standard or Standard-IA, it is taken for the replicated one and the line says 'derived'. Until 2024-10-31 they differed, so the old book derives nothing.",
    source: `${GUIDE}, Global tables billing (global-tables-billing)`,
  },
  'free-allowances': {
    formula: 'quantity - what is free each month, once for all lines that share it',
    why: '25 GB of Standard storage, 18,600 unit-hours each of provisioned RCU, WCU and rWCU, and 2.5 million stream reads in every Region; 1 million Lambda requests, 400,000 GB-seconds and 1 million SQS requests in the account. Nothing of on-demand requests or of Standard-IA. Taken off with --free-tier only.',
    source: 'AmazonDynamoDB price list, bands of $0; AWS Lambda pricing; Amazon SQS pricing',
  },
  measured: {
    formula: 'what CloudWatch counted in the period, scaled to a month of 730 hours',
    why: 'Consumed units of a table and its indexes, as AWS meters them.',
    source: `${GUIDE}, Metrics and dimensions`,
  },
} as const satisfies Readonly<Record<string, CostRule>>;

/** The name of a formula. */
export type RuleName = keyof typeof costRules;
