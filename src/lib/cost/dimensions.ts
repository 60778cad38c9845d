/** What AWS sets a price on, as ddbx names it in books, in `--price` and in `--discount`. */
export interface DimensionFacts {
  /** What is counted, e.g. `write request units`. */
  readonly title: string;
  /** The unit of a quantity, e.g. `WRU`. */
  readonly unit: string;
  /** How many of them AWS quotes its price for. */
  readonly per: number;
  /** The unit of the price, e.g. `per million`. */
  readonly perText: string;
}

const MILLION = { per: 1_000_000, perText: 'per million' } as const;
const HOUR = { per: 1, perText: 'per hour' } as const;
const GB_MONTH = { unit: 'GB-month', per: 1, perText: 'per GB-month' } as const;

/** Every price dimension. A price in a book, and one that is typed, is for `per` units: what AWS's pages quote. */
export const dimensions = {
  wru: { title: 'write request units', unit: 'WRU', ...MILLION },
  rru: { title: 'read request units', unit: 'RRU', ...MILLION },
  rwru: { title: 'replicated write request units', unit: 'rWRU', ...MILLION },
  'wcu-hour': { title: 'write capacity', unit: 'WCU-hour', ...HOUR },
  'rcu-hour': { title: 'read capacity', unit: 'RCU-hour', ...HOUR },
  'rwcu-hour': { title: 'replicated write capacity', unit: 'rWCU-hour', ...HOUR },
  storage: { title: 'storage', ...GB_MONTH },
  'ia-wru': { title: 'write request units, Standard-IA', unit: 'WRU', ...MILLION },
  'ia-rru': { title: 'read request units, Standard-IA', unit: 'RRU', ...MILLION },
  'ia-rwru': { title: 'replicated write request units, Standard-IA', unit: 'rWRU', ...MILLION },
  'ia-wcu-hour': { title: 'write capacity, Standard-IA', unit: 'WCU-hour', ...HOUR },
  'ia-rcu-hour': { title: 'read capacity, Standard-IA', unit: 'RCU-hour', ...HOUR },
  'ia-rwcu-hour': { title: 'replicated write capacity, Standard-IA', unit: 'rWCU-hour', ...HOUR },
  'ia-storage': { title: 'storage, Standard-IA', ...GB_MONTH },
  pitr: { title: 'point-in-time recovery', ...GB_MONTH },
  backup: { title: 'on-demand backups', ...GB_MONTH },
  restore: { title: 'restored data', unit: 'GB', per: 1, perText: 'per GB' },
  streams: { title: 'streams read requests', unit: 'calls', per: 100_000, perText: 'per 100,000' },
  'lambda-requests': { title: 'Lambda requests', unit: 'invocations', ...MILLION },
  'lambda-x86': { title: 'Lambda duration, x86', unit: 'GB-seconds', per: 1, perText: 'per GB-second' },
  'lambda-arm64': { title: 'Lambda duration, arm64', unit: 'GB-seconds', per: 1, perText: 'per GB-second' },
  sqs: { title: 'SQS requests', unit: 'requests', ...MILLION },
  'sqs-fifo': { title: 'SQS FIFO requests', unit: 'requests', ...MILLION },
  transfer: { title: 'data transfer to another Region', unit: 'GB', per: 1, perText: 'per GB' },
} as const satisfies Readonly<Record<string, DimensionFacts>>;

/** The name of a price dimension. */
export type Dimension = keyof typeof dimensions;

/** All names, in the order in which they are shown. */
export const dimensionNames: readonly Dimension[] = Object.keys(dimensions).filter(isDimension);

/** Whether the text names a price dimension. */
export function isDimension(text: string): text is Dimension {
  return Object.hasOwn(dimensions, text);
}

/** Facts of a dimension. */
export function dimensionFacts(dimension: Dimension): DimensionFacts {
  return dimensions[dimension];
}
