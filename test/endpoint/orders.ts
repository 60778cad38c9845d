import { at, type Json } from './endpoint.js';
import type { OrdersTable } from './orders-table.js';

/** A number that no double holds. */
export const TOTAL = '12345678901234567890.123';

/** What `writeOrders` makes of each item, in its order. */
export const ORDER_EVENTS: Readonly<Record<string, readonly string[]>> = {
  'order#1/1': ['INSERT', 'MODIFY', 'REMOVE'],
  'order#1/2': ['INSERT'],
  'order#2/1': ['INSERT', 'MODIFY'],
};

/** Six changes of three items, and one write that changes nothing and so has no record; or fewer of the changes. */
export async function writeOrders(table: OrdersTable, most = 6): Promise<void> {
  const first = { order: 'order#1', line: 1 };
  const item = {
    status: { S: 'NEW' },
    total: { N: TOTAL },
    receipt: { B: new Uint8Array([1, 2, 255]) },
    paid: { BOOL: false },
    note: { NULL: true as const },
    tags: { SS: ['new', 'gift'] },
    address: { M: { city: { S: 'Łódź "1"\n' }, floors: { L: [{ N: '1' }, { S: '' }] } } },
  };
  const changes = [
    () => table.put(first, item),
    () => table.put({ order: 'order#1', line: 2 }, { status: { S: 'NEW' } }),
    () => table.setStatus(first, 'PAID'),
    () => table.put({ order: 'order#2', line: 1 }, { status: { S: 'NEW' } }),
    async () => {
      await table.setStatus({ order: 'order#2', line: 1 }, 'PAID');
      await table.setStatus({ order: 'order#2', line: 1 }, 'PAID');
    },
    () => table.remove(first),
  ];
  for (const change of changes.slice(0, most)) await change();
}

/** The item that a record is about, as `order#1/2`. */
export function itemOf(record: Json): string {
  return `${String(at(record, 'dynamodb.Keys.pk.S'))}/${String(at(record, 'dynamodb.Keys.line.N'))}`;
}

/** The events of each item in the order in which they came. */
export function eventsByItem(records: readonly Json[]): Readonly<Record<string, readonly unknown[]>> {
  const events: Record<string, unknown[]> = {};
  for (const record of records) (events[itemOf(record)] ??= []).push(record['eventName']);
  return events;
}
