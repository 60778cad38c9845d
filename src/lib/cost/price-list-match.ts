import { type Exact, exact } from '../model/exact.js';
import { type Dimension, dimensionFacts } from './dimensions.js';
import type { PriceList, PriceRow } from './price-list.js';

/** What a dimension's row looks like in the DynamoDB price list (FACTS E.2). */
interface RowShape {
  readonly dimension: Dimension;
  readonly productFamily?: string;
  readonly group?: string;
  readonly volumeType?: string;
  readonly operation?: string;
  /** The usage type without the Region's prefix: what is looked for when nothing else fits. */
  readonly usagetype: string;
}

const ON_DEMAND = 'Amazon DynamoDB PayPerRequest Throughput';
const STORAGE = 'Database Storage';
const PITR_VOLUME = 'Amazon DynamoDB - Point-In-Time-Restore (PITR) Backup Storage';

const SHAPES: readonly RowShape[] = [
  ...(['', 'IA'] as const).flatMap((ia): readonly RowShape[] => {
    const name = <Name extends string>(plain: Name) => (ia === '' ? plain : (`ia-${plain}` as const));
    const prefix = ia === '' ? '' : 'IA-';
    const onDemand = { productFamily: ON_DEMAND, operation: 'PayPerRequestThroughput' };
    const provisioned = { productFamily: 'Provisioned IOPS', operation: 'CommittedThroughput' };
    return [
      { dimension: name('rru'), ...onDemand, group: `DDB-ReadUnits${ia}`, usagetype: `${prefix}ReadRequestUnits` },
      { dimension: name('wru'), ...onDemand, group: `DDB-WriteUnits${ia}`, usagetype: `${prefix}WriteRequestUnits` },
      {
        dimension: name('rwru'),
        ...onDemand,
        group: `DDB-ReplicatedWriteUnits${ia}`,
        usagetype: `${prefix}ReplWriteRequestUnits`,
      },
      {
        dimension: name('rcu-hour'),
        ...provisioned,
        group: `DDB-ReadUnits${ia}`,
        usagetype: `${prefix}ReadCapacityUnit-Hrs`,
      },
      {
        dimension: name('wcu-hour'),
        ...provisioned,
        group: `DDB-WriteUnits${ia}`,
        usagetype: `${prefix}WriteCapacityUnit-Hrs`,
      },
      {
        dimension: name('rwcu-hour'),
        productFamily: 'DDB-Operation-ReplicatedWrite',
        group: `DDB-ReplicatedWriteUnits${ia}`,
        usagetype: `${prefix}ReplWriteCapacityUnit-Hrs`,
      },
      {
        dimension: name('storage'),
        productFamily: STORAGE,
        volumeType: `Amazon DynamoDB - Indexed DataStore${ia === '' ? '' : ' - IA'}`,
        usagetype: `${prefix}TimedStorage-ByteHrs`,
      },
    ];
  }),
  { dimension: 'pitr', productFamily: STORAGE, volumeType: PITR_VOLUME, usagetype: 'TimedPITRStorage-ByteHrs' },
  {
    dimension: 'backup',
    productFamily: 'Amazon DynamoDB On-Demand Backup Storage',
    usagetype: 'TimedBackupStorage-ByteHrs',
  },
  { dimension: 'restore', usagetype: 'RestoreDataSize-Bytes' },
  {
    dimension: 'streams',
    productFamily: 'API Request',
    group: 'DDB-StreamsReadRequests',
    operation: 'GetRecords',
    usagetype: 'Streams-Requests',
  },
];

/** A price of the list, for as many units as its dimension says. */
export interface ListedPrice {
  readonly dimension: Dimension;
  readonly usd: Exact;
  /** Since when AWS has charged it; undefined where the list does not say. */
  readonly effectiveFrom: string | undefined;
}

/** The prices of one Region that ddbx knows how to use, and what was odd about them. */
export interface ListedRegion {
  readonly region: string;
  readonly location: string;
  readonly prices: readonly ListedPrice[];
  readonly warnings: readonly string[];
}

/**
 * Picks the prices that ddbx uses out of a DynamoDB price list: by product family, group and operation, and by the usage
 * type where a row has moved. Free bands are passed over: the price is that of the last band.
 */
export function listedRegions(list: PriceList): readonly ListedRegion[] {
  const byRegion = new Map<string, PriceRow[]>();
  for (const row of list.rows) {
    if (row.regionCode === '') continue;
    byRegion.set(row.regionCode, [...(byRegion.get(row.regionCode) ?? []), row]);
  }
  return [...byRegion].map(([region, rows]) => {
    const warnings: string[] = [];
    const prices = SHAPES.flatMap((shape): readonly ListedPrice[] => {
      const row = findRow(rows, shape, warnings);
      const usd = row?.bands.at(-1)?.usd;
      if (row === undefined) return [];
      if (usd === undefined) {
        warnings.push(`${region}: ${shape.dimension} has no price in USD`);
        return [];
      }
      return [
        {
          dimension: shape.dimension,
          usd: usd.times(dimensionFacts(shape.dimension).per),
          effectiveFrom: row.effectiveDate === '' ? undefined : row.effectiveDate,
        },
      ];
    });
    return { region, location: rows[0]?.location ?? region, prices, warnings };
  });
}

function findRow(rows: readonly PriceRow[], shape: RowShape, warnings: string[]): PriceRow | undefined {
  const exactly = rows.filter(row => fits(row, shape));
  if (exactly.length > 0) return exactly[0];
  const moved = rows.find(row => withoutPrefix(row.usagetype) === shape.usagetype);
  if (moved !== undefined) {
    warnings.push(
      `${moved.regionCode}: ${shape.dimension} was found by its usage type ${moved.usagetype} only; its row has changed`,
    );
  }
  return moved;
}

function fits(row: PriceRow, shape: RowShape): boolean {
  const isOf = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value;
  // A family can hold several rows, so what is told apart by nothing else goes by its usage type.
  const hasMark = shape.group !== undefined || shape.volumeType !== undefined;
  return (
    isOf(shape.productFamily, row.productFamily) &&
    isOf(shape.group, row.group) &&
    isOf(shape.volumeType, row.volumeType) &&
    isOf(shape.operation, row.operation) &&
    (hasMark || withoutPrefix(row.usagetype) === shape.usagetype)
  );
}

/** `EU-WriteRequestUnits` is `WriteRequestUnits` of Ireland; `IA-` is no Region, and us-east-1 mostly has none. */
function withoutPrefix(usagetype: string): string {
  return usagetype.replace(/^(?!IA-)[A-Z]{2,4}\d{0,2}-/, '');
}

/** Prices without which a file of a Region is not whole. */
export const CORE_DIMENSIONS: readonly Dimension[] = ['wru', 'rru', 'storage'];

/** Nothing costs this much: a file that says so is broken. */
export const MOST_USD = exact(1_000_000);
