/** One thing that can be said of a workload: a flag of `cost estimate`, and a key of a workload file. */
export interface WorkloadField {
  readonly name: string;
  /** What stands for the value in help; a field without one is a switch. */
  readonly value?: string;
  /** More than once, or a list in a file. */
  readonly list?: boolean;
  readonly choices?: readonly string[];
  readonly group: string;
  readonly description: string;
}

const WHERE = 'The table and where it is:';
const USE = 'What is done with it:';
const PAID = 'How it is paid for:';
const READERS = 'Who reads its stream:';

/** Every field, in the order of help; flags, the keys of files and the page in docs/ all come from here. */
export const workloadFields: readonly WorkloadField[] = [
  { name: 'name', value: '<name>', group: WHERE, description: 'what to call the table (the table)' },
  { name: 'region', value: '<region>', group: WHERE, description: 'its Region' },
  { name: 'replica', value: '<region>', list: true, group: WHERE, description: 'a Region with a replica; repeat it' },
  {
    name: 'consistency',
    value: '<mode>',
    choices: ['eventual', 'strong'],
    group: WHERE,
    description: 'of the global table: MREC or MRSC (eventual)',
  },
  { name: 'witness', value: '<region>', group: WHERE, description: 'the third Region of a strong table, without data' },
  {
    name: 'writes',
    value: '<rate>',
    list: true,
    group: USE,
    description: 'items written, such as 100M/day or 250/s; <region>=<rate> for those of another Region',
  },
  {
    name: 'reads',
    value: '<rate>',
    list: true,
    group: USE,
    description: 'items read, such as 20M/day; <region>=<rate> for those of another Region',
  },
  { name: 'item-size', value: '<size>', group: USE, description: 'size of an item on average (1KB)' },
  {
    name: 'read-consistency',
    value: '<mode>',
    choices: ['eventual', 'strong'],
    group: USE,
    description: 'of reads within a Region (eventual)',
  },
  {
    name: 'transactional',
    value: '<share>',
    group: USE,
    description: 'share of the writes that is transactional (0%)',
  },
  { name: 'ttl-deletes', value: '<rate>', group: USE, description: 'items that TTL deletes, such as 5M/month' },
  {
    name: 'gsi',
    value: '<n[:share[:size]]>',
    list: true,
    group: USE,
    description: 'n indexes, the share of writes that touches each (100%), and what is written to it (the item)',
  },
  { name: 'storage', value: '<size>', group: USE, description: 'table and indexes in each Region, such as 250GB' },
  {
    name: 'capacity',
    value: '<mode>',
    choices: ['on-demand', 'provisioned'],
    group: PAID,
    description: 'how throughput is paid for (on-demand)',
  },
  {
    name: 'utilization',
    value: '<share>',
    group: PAID,
    description: 'average use of what is provisioned (70%)',
  },
  {
    name: 'table-class',
    value: '<class>',
    choices: ['standard', 'standard-ia'],
    group: PAID,
    description: 'the table class (standard)',
  },
  { name: 'pitr', group: PAID, description: 'point-in-time recovery, in every Region' },
  {
    name: 'backup-retention',
    value: '<duration>',
    group: PAID,
    description: 'a full backup a day, each kept this long, such as 35d',
  },
  {
    name: 'stream-readers',
    value: '<n>',
    group: READERS,
    description: 'readers of their own; triggers and replication read for free',
  },
  { name: 'poll-interval', value: '<duration>', group: READERS, description: 'how often they ask each shard (1s)' },
  { name: 'shards', value: '<n>', group: READERS, description: 'open shards of the stream (1)' },
  {
    name: 'trigger',
    value: '<batch[:ms:MB]>',
    group: READERS,
    description: 'a Lambda trigger: records in a batch, duration and memory of an invocation, such as 100:200:512',
  },
  {
    name: 'architecture',
    value: '<name>',
    choices: ['x86', 'arm64'],
    group: READERS,
    description: 'of the function (x86)',
  },
  {
    name: 'filter-pass',
    value: '<share>',
    group: READERS,
    description: 'share of records that its filter lets through (100%)',
  },
  {
    name: 'failed',
    value: '<share>',
    group: READERS,
    description: 'share of batches that ends in its failure queue (0%)',
  },
];

/** What was said of a workload: each field's texts, as they were typed; a switch has `true`. */
export type WorkloadTexts = ReadonlyMap<string, readonly string[]>;

/** What was typed beats what stands in the file, field by field; a switch that is off in the file is not there. */
export function overlay(file: WorkloadTexts, typed: WorkloadTexts): WorkloadTexts {
  return new Map([...[...file].filter(([, texts]) => texts.length > 0), ...typed]);
}
