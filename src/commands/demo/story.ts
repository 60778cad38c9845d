import type { SandboxControl } from '../../lib/sandbox/sandbox.js';
import type { OrderWriter } from './orders.js';

/** What a step may use besides the command line that it shows. */
export interface Stage {
  readonly control: SandboxControl;
  readonly orders: OrderWriter;
  /** Waits until the condition holds; false when it did not within ten seconds. */
  until(condition: () => boolean): Promise<boolean>;
}

/** What a command wrote and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One step of the tour. */
export interface Step {
  readonly says: string;
  /** The command line that a user would type, without `ddbx`. */
  readonly argv: readonly string[];
  /** Happens while the command runs; `seen` is what it has written so far. */
  readonly meanwhile?: (stage: Stage, seen: () => Outcome) => Promise<void>;
  /** Whether Ctrl-C ends the command when `meanwhile` is over; else it ends by itself. */
  readonly interrupted?: boolean;
  /** Happens before it. */
  readonly before?: (stage: Stage) => Promise<void>;
  /** What went wrong, or undefined when the step did what it says. */
  readonly problem: (outcome: Outcome) => string | undefined;
}

/** The table of the tour. */
export const TABLE = 'Orders';

/** The handler that the tour replays into: it stumbles over one record, as real ones do. */
export const HANDLER = `export async function handler(event) {
  const bad = event.Records.find(
    ({ eventName, dynamodb }) => eventName === 'INSERT' && dynamodb.Keys.pk.S === 'order#7',
  );
  return { batchItemFailures: bad ? [{ itemIdentifier: bad.dynamodb.SequenceNumber }] : [] };
}
`;

const DAY_AND_AN_HOUR_MS = 25 * 3_600_000;

const done = (outcome: Outcome): string | undefined =>
  outcome.exitCode === 0 ? undefined : `it ended with ${outcome.exitCode}`;

const shows = (text: string, pattern: RegExp): string | undefined =>
  pattern.test(text) ? undefined : `it did not show ${String(pattern)}`;

/** The tour: from the first look to a gap that is told. */
export const STORY: readonly Step[] = [
  {
    says: 'Which streams are there?',
    argv: ['streams', 'list'],
    problem: outcome => done(outcome) ?? shows(outcome.stdout, /Orders/),
  },
  {
    says: 'Orders come in. Watch them; of a MODIFY you see what changed.',
    argv: ['streams', 'tail', TABLE, '--limit', '8', '--output', 'human'],
    problem: outcome => done(outcome) ?? shows(outcome.stdout, /order#\d+/),
  },
  {
    says: 'A partition splits under the tail: the parent is read to its end, then both children. Ctrl-C ends it.',
    argv: ['streams', 'tail', TABLE, '--template', '{{shardId}} {{event}} {{keys.pk}}'],
    meanwhile: async (stage, seen) => {
      await stage.until(() => seen().stdout !== '');
      stage.control.splitShard({ table: TABLE });
      await stage.until(() => /opened, after/.test(seen().stderr));
    },
    interrupted: true,
    problem: outcome =>
      (outcome.exitCode === 130 ? undefined : `it ended with ${outcome.exitCode}, not 130`) ??
      shows(outcome.stderr, /opened, after/),
  },
  {
    says: 'The lineage of its shards, and how long their records last.',
    argv: ['streams', 'describe', TABLE],
    problem: outcome => done(outcome) ?? shows(outcome.stdout, /shardId-/),
  },
  {
    says: 'Everything that is still in the stream, into a file, in order.',
    argv: ['streams', 'export', TABLE, '--to', 'orders.ndjson'],
    before: stage => stage.orders.pause(),
    problem: outcome => done(outcome),
  },
  {
    says: 'A handler is tried on it, in batches as Lambda sends them. One record poisons it: --bisect finds which.',
    argv: ['streams', 'replay', 'orders.ndjson', '--to', 'module:handler.mjs', '--batch-size', '50', '--bisect'],
    problem: outcome =>
      outcome.exitCode === 3 ? shows(outcome.stdout, /poison record/) : `it ended with ${outcome.exitCode}, not 3`,
  },
  {
    says: 'A tail keeps its place in a file.',
    argv: [
      'streams',
      'tail',
      TABLE,
      '--from',
      'trim-horizon',
      '--checkpoint',
      'tail.json',
      '--limit',
      '5',
      '--output',
      'human',
    ],
    problem: outcome => done(outcome),
  },
  {
    says: 'Nobody reads for 25 hours, and the stream forgets. The next run says what is lost, and ends with 3.',
    argv: ['streams', 'tail', TABLE, '--checkpoint', 'tail.json', '--no-follow', '--output', 'human'],
    before: async stage => {
      stage.control.advanceClock({ ms: DAY_AND_AN_HOUR_MS });
      for (let written = 0; written < 6; written += 1) await stage.orders.step();
    },
    problem: outcome => (outcome.exitCode === 3 ? shows(outcome.stderr, /gap:/) : `it ended with ${outcome.exitCode}`),
  },
  {
    says: 'AWS does not change the view type of a stream. This does, and says first what it touches.',
    argv: ['streams', 'set-view', TABLE, '--view', 'keys-only', '--yes'],
    problem: outcome => done(outcome),
  },
  {
    says: 'The old stream stays readable for a day; both are listed.',
    argv: ['streams', 'list', '--table', TABLE],
    problem: outcome => done(outcome) ?? shows(outcome.stdout, /KEYS_ONLY|keys-only/i),
  },
];
