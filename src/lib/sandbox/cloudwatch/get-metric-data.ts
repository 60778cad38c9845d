import { AwsError, validationError } from '../aws-error.js';
import type { Call } from '../call.js';
import {
  asMembers,
  type Members,
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalString,
  requiredList,
  requiredMembers,
  requiredString,
} from '../members.js';
import { isOfUnit, notServedHere, parseMetricId, parsePeriod, parseTimeRange, refuseMembers } from './metric-input.js';
import { formatToken, parseToken } from './next-token.js';
import { periodsOf, roundStart, STATISTICS, type Statistic, valueOf } from './statistics.js';
import { unitOf } from './unit.js';

const OPERATION = 'GetMetricData';
const MAX_QUERIES = 500;
const MAX_DATAPOINTS = 100_800;

interface Series {
  readonly id: string;
  readonly label: string;
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
}

/** GetMetricData, for plain metrics: a page holds so many data points of one series after the other. */
export function getMetricData(input: Members, call: Call): unknown {
  refuseMembers(OPERATION, input, ['LabelOptions']);
  const queries = requiredList(input, 'MetricDataQueries').map(each => asMembers(each));
  if (queries.length > MAX_QUERIES) {
    throw validationError(`The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`);
  }
  assertIds(queries);
  const range = parseTimeRange(input, validationError);
  const scanBy = optionalChoice(input, 'ScanBy', ['TimestampDescending', 'TimestampAscending'] as const);
  const most = optionalInteger(input, 'MaxDatapoints', { min: 1, max: MAX_DATAPOINTS }) ?? MAX_DATAPOINTS;
  const series = queries.flatMap((query, at) => {
    const found = seriesOf(query, at, range, call);
    if (found === undefined) return [];
    return [scanBy === 'TimestampAscending' ? found : { ...found, points: found.points.toReversed() }];
  });
  return pageOf(series, most, optionalString(input, 'NextToken'));
}

function assertIds(queries: readonly Members[]): void {
  const ids = queries.map((query, at) => {
    const id = requiredString(query, 'Id');
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(id)) {
      throw validationError(
        `The value ${id} for parameter MetricDataQueries.member.${at + 1}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    }
    return id;
  });
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined)
    throw validationError(`The values for parameter id in MetricDataQueries are not unique: ${repeated}.`);
}

/** The whole series of one query, oldest point first; `undefined` when its data is not wanted. */
function seriesOf(
  query: Members,
  at: number,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  { state, region }: Call,
): Series | undefined {
  refuseMembers(OPERATION, query, ['Expression', 'AccountId']);
  const stat = requiredMembers(query, 'MetricStat');
  const id = parseMetricId(requiredMembers(stat, 'Metric'), region.name);
  const periodMs = parsePeriod(OPERATION, stat, `MetricDataQueries.member.${at + 1}.MetricStat.Period`);
  const statistic = parseStatistic(requiredString(stat, 'Stat'));
  if (optionalBoolean(query, 'ReturnData') === false) return undefined;
  const metric = state.metrics.find(id);
  const isWanted = metric !== undefined && isOfUnit(stat, unitOf(metric));
  const range = { startMs: roundStart(startMs, state.clock.now()), endMs, periodMs };
  return {
    id: requiredString(query, 'Id'),
    label: optionalString(query, 'Label') ?? id.name,
    points: periodsOf(isWanted ? metric : undefined, range).map(period => ({
      atMs: period.startMs,
      value: valueOf(period, statistic),
    })),
  };
}

function parseStatistic(stat: string): Statistic {
  const statistic = STATISTICS.find(each => each === stat);
  if (statistic !== undefined) return statistic;
  if (/^(?:p|tm|tc|ts|wm)\d|^(?:PR|TM|TC|TS|WM)\(|^IQM$/.test(stat)) {
    throw notServedHere(OPERATION, `the statistic ${stat} (the sandbox keeps sums, not samples)`);
  }
  throw validationError(`The value ${stat} for parameter MetricStat.Stat is not supported.`);
}

/** The series from where the token says, until the page is full. */
function pageOf(series: readonly Series[], most: number, token: string | undefined): unknown {
  const [firstSeries, firstPoint] = token === undefined ? [0, 0] : (parseToken(token, 2) ?? []);
  if (firstSeries === undefined || firstPoint === undefined) {
    throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  }
  const results: unknown[] = [];
  let room = most;
  let next: string | undefined;
  for (let at = firstSeries; at < series.length && next === undefined; at += 1) {
    const { id, label, points } = series[at] ?? { id: '', label: '', points: [] };
    const from = at === firstSeries ? firstPoint : 0;
    const part = points.slice(from, from + room);
    room -= part.length;
    const isWhole = from + part.length === points.length;
    if (!isWhole) next = formatToken([at, from + part.length]);
    results.push({
      Id: id,
      Label: label,
      Timestamps: part.map(({ atMs }) => atMs / 1000),
      Values: part.map(({ value }) => value),
      StatusCode: isWhole ? 'Complete' : 'PartialData',
    });
  }
  return { MetricDataResults: results, Messages: [], NextToken: next };
}
