import { DdbxError } from '../../lib/model/error.js';
import type { Clock } from '../../lib/model/clock.js';

const STATES = ['PENDING', 'PAID', 'PACKED', 'SHIPPED', 'DELIVERED'] as const;
const ITEMS = ['lamp', 'desk', 'chair', 'clock', 'kettle', 'globe'] as const;
const CITIES = ['Lisbon', 'Oslo', 'Nairobi', 'Lima', 'Osaka'] as const;
const OPEN_ORDERS = 12;

interface Order {
  readonly id: number;
  readonly item: string;
  readonly city: string;
  state: number;
}

/** Writes orders into a table of the sandbox: new ones, each moving on step by step, delivered ones deleted. */
export class OrderWriter {
  readonly #url: string;
  readonly #table: string;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #open: Order[] = [];
  #nextId = 1;
  #running: Promise<void> | undefined;
  #stop = new AbortController();

  constructor(url: string, table: string, clock: Clock, random: () => number) {
    this.#url = url;
    this.#table = table;
    this.#clock = clock;
    this.#random = random;
  }

  /** Makes the table, with a stream of both images. */
  async createTable(signal: AbortSignal): Promise<void> {
    await this.#call('CreateTable', {
      TableName: this.#table,
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    for (;;) {
      const { Table } = (await this.#call('DescribeTable', { TableName: this.#table })) as {
        readonly Table: { readonly TableStatus: string };
      };
      if (Table.TableStatus === 'ACTIVE') return;
      await this.#clock.sleep(50, signal);
    }
  }

  /** Writes on and on, some 25 changes a second, until `pause`. */
  run(signal: AbortSignal): void {
    this.#stop = new AbortController();
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    this.#running = (async () => {
      while (!stop.aborted) {
        await this.step();
        await this.#clock.sleep(40, stop).catch(() => {});
      }
    })();
    // `pause` tells what went wrong; nobody waits for it until then.
    this.#running.catch(() => {});
  }

  /** Ends the writing; rejects when a write failed. */
  async pause(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.#running = undefined;
  }

  /** One change: a new order while few are open, else one moves on. */
  async step(): Promise<void> {
    if (this.#open.length < OPEN_ORDERS && this.#random() < 0.5) {
      const order = { id: this.#nextId++, item: this.#pick(ITEMS), city: this.#pick(CITIES), state: 0 };
      this.#open.push(order);
      await this.#put(order);
      return;
    }
    const order = this.#open[Math.floor(this.#random() * this.#open.length)];
    if (order === undefined) return;
    order.state += 1;
    if (order.state < STATES.length) {
      await this.#put(order);
    } else {
      this.#open.splice(this.#open.indexOf(order), 1);
      await this.#call('DeleteItem', { TableName: this.#table, Key: { pk: { S: keyOf(order) } } });
    }
  }

  /** One order that comes without an address, gets one, and moves on: four records of one shard. */
  async stumble(): Promise<void> {
    const order = { id: this.#nextId++, item: this.#pick(ITEMS), city: this.#pick(CITIES), state: 0 };
    await this.#put(order, 'without an address');
    for (; order.state < 3; order.state += 1) await this.#put(order);
  }

  #put(order: Order, form: 'whole' | 'without an address' = 'whole'): Promise<unknown> {
    return this.#call('PutItem', {
      TableName: this.#table,
      Item: {
        pk: { S: keyOf(order) },
        item: { S: order.item },
        status: { S: STATES[order.state] ?? 'LOST' },
        total: { N: String(20 + ((order.id * 7) % 180)) },
        ...(form === 'whole' ? { address: { M: { city: { S: order.city } } } } : {}),
        tags: { SS: order.state >= 3 ? ['paid', 'sent'] : order.state >= 1 ? ['paid'] : ['new'] },
      },
    });
  }

  #pick(from: readonly string[]): string {
    return from[Math.floor(this.#random() * from.length)] ?? '';
  }

  async #call(operation: string, input: unknown): Promise<unknown> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw new DdbxError({ code: 'demo-write', message: `The demo's ${operation} failed: ${text}` });
    return JSON.parse(text);
  }
}

function keyOf(order: Order): string {
  return `order#${order.id}`;
}
