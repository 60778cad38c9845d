import type { Call } from '../call.js';
import { type Members, optionalList } from '../members.js';
import {
  invalidCombination,
  invalidValue,
  isOfUnit,
  missingParameter,
  notServedHere,
  parseMetricId,
  parsePeriod,
  parseTimeRange,
} from './metric-input.js';
import { periodsOf, roundStart, STATISTICS, type Statistic, valueOf } from './statistics.js';
import { unitOf } from './unit.js';

const OPERATION = 'GetMetricStatistics';
const MAX_DATAPOINTS = 1_440;

/** GetMetricStatistics, without percentiles: what was seen of one metric, period by period. */
export function getMetricStatistics(input: Members, { state, region }: Call): unknown {
  const id = parseMetricId(input, region.name);
  const { startMs, endMs } = parseTimeRange(input, invalidValue);
  const periodMs = parsePeriod(OPERATION, input, 'Period');
  const statistics = parseStatistics(input);
  const asked = Math.ceil((endMs - startMs) / periodMs);
  if (asked > MAX_DATAPOINTS) {
    throw invalidCombination(
      `You have requested up to ${grouped(asked)} datapoints, which exceeds the limit of ${grouped(MAX_DATAPOINTS)}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const metric = state.metrics.find(id);
  const unit = metric === undefined ? 'None' : unitOf(metric);
  const range = { startMs: roundStart(startMs, state.clock.now()), endMs, periodMs };
  const periods = isOfUnit(input, unit) ? periodsOf(metric, range) : [];
  return {
    Label: id.name,
    Datapoints: periods.map(period => ({
      Timestamp: period.startMs / 1000,
      ...Object.fromEntries(statistics.map(statistic => [statistic, valueOf(period, statistic)])),
      Unit: unit,
    })),
  };
}

function parseStatistics(input: Members): readonly Statistic[] {
  if (input['ExtendedStatistics'] !== undefined) throw notServedHere(OPERATION, 'ExtendedStatistics');
  const named = optionalList(input, 'Statistics') ?? [];
  if (named.length === 0) throw missingParameter('Statistics or ExtendedStatistics');
  return named.map(name => {
    const statistic = STATISTICS.find(each => each === name);
    if (statistic === undefined) {
      throw invalidValue(`The parameter Statistics must be one of ${STATISTICS.join(', ')}, not ${String(name)}.`);
    }
    return statistic;
  });
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
