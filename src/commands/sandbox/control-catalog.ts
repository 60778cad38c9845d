import type { SandboxControl } from '../../lib/sandbox/control/control.js';

/** What a member of a control operation's input is: how it is written on a command line, and checked. */
export type InputKind = 'text' | 'number' | 'milliseconds' | 'flag' | 'json';

/** One member of an input. */
export interface InputMember {
  readonly name: string;
  readonly kind: InputKind;
  readonly isRequired: boolean;
}

/** A control operation as it is described to people and completed by shells. */
export interface ControlFacts {
  readonly does: string;
  readonly input: readonly InputMember[];
}

const must = (name: string, kind: InputKind = 'text'): InputMember => ({ name, kind, isRequired: true });
const may = (name: string, kind: InputKind = 'text'): InputMember => ({ name, kind, isRequired: false });

const shard = [may('region'), must('table'), may('shardId')];

/** All control operations, in the order in which they are listed. */
export const CONTROL_CATALOG: Readonly<Record<keyof SandboxControl, ControlFacts>> = {
  status: { does: 'show the time, tables, streams, queues and failures to come', input: [] },
  advanceClock: { does: "move the sandbox's time forward", input: [must('ms', 'milliseconds')] },
  splitShard: { does: 'close an open shard and open two children', input: shard },
  rollShard: { does: 'close an open shard and open one child', input: shard },
  trim: {
    does: 'forget records: up to a sequence number, older than an age, or all',
    input: [...shard, may('upTo'), may('olderThanMs', 'milliseconds'), may('all', 'flag')],
  },
  expireIterators: { does: 'let all iterators given so far be expired', input: [may('region'), may('table')] },
  seedRecords: {
    does: 'append made-up records, which are in no table and take no memory',
    input: [
      may('region'),
      must('table'),
      must('count', 'number'),
      may('bytes', 'number'),
      may('event'),
      may('spanMs', 'milliseconds'),
    ],
  },
  sweepTtl: { does: 'delete expired items now', input: [may('region')] },
  failNext: {
    does: 'let the next calls of an operation fail: throttle, reset, html, or an error of your own',
    input: [must('operation'), may('count', 'number'), must('error', 'json')],
  },
  throttle: {
    does: 'let so many calls of an operation pass a second; null ends it',
    input: [must('operation'), must('perSecond', 'number')],
  },
  addFunction: {
    does: 'register a local module as a Lambda function',
    input: [must('name'), must('handlerPath'), may('exportName'), may('timeoutMs', 'milliseconds'), may('region')],
  },
  listFunctions: { does: 'list the functions', input: [] },
  removeFunction: { does: 'remove a function; its mappings stay', input: [must('name'), may('region')] },
  settleMappings: {
    does: 'wait until every mapping waits, after so much time',
    input: [may('advanceMs', 'milliseconds')],
  },
  dumpDeliveries: {
    does: 'show what mappings have done with which records',
    input: [may('mapping'), may('function'), may('clear', 'flag')],
  },
  setRetryPace: {
    does: 'set how mappings pause between retries',
    input: [must('firstMs', 'milliseconds'), may('mostMs', 'milliseconds')],
  },
  setReplicationLag: {
    does: 'set how long a write takes to reach another Region',
    input: [must('ms', 'milliseconds'), may('from'), may('to')],
  },
  setReplicaDurations: {
    does: 'set how long the parts of a change of replicas take',
    input: ['appearMs', 'createMs', 'updateMs', 'sourceMs', 'deleteMs', 'forgetMs', 'keyCheckMs'].map(name =>
      may(name, 'milliseconds'),
    ),
  },
  makeReplicaFail: { does: 'let the next creation of a replica fail', input: [must('table'), must('region')] },
  makeReplicaVanish: {
    does: 'let the next creation of a replica be accepted and forgotten',
    input: [must('table'), must('region')],
  },
  setLimits: {
    does: 'set what DescribeLimits shows',
    input: [
      may('region'),
      ...['accountMaxReadUnits', 'accountMaxWriteUnits', 'tableMaxReadUnits', 'tableMaxWriteUnits'].map(name =>
        may(name, 'number'),
      ),
    ],
  },
  cutRegion: { does: 'let no write leave or reach a Region', input: [must('region')] },
  healRegion: { does: 'join a Region to the others again', input: [must('region')] },
  disableRegion: { does: 'disable a Region for the account', input: [must('region')] },
  enableRegion: { does: 'enable a Region again', input: [must('region')] },
  createKey: { does: 'make a customer managed KMS key', input: [may('region'), may('keyId'), may('alias')] },
  disableKey: { does: 'disable a key', input: [may('region'), must('keyId')] },
  enableKey: { does: 'enable a key again', input: [may('region'), must('keyId')] },
  setAccess: {
    does: 'check signatures, or policies, from now on',
    input: [may('verifySignatures', 'flag'), may('policies', 'json')],
  },
  stop: { does: 'end the sandbox', input: [] },
};
