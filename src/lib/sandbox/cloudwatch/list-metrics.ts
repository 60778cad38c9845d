import type { Call } from '../call.js';
import { asMembers, type Members, optionalChoice, optionalList, optionalString, requiredString } from '../members.js';
import { invalidValue, refuseMembers } from './metric-input.js';
import type { Metric } from './metric-store.js';
import { formatToken, parseToken } from './next-token.js';

const OPERATION = 'ListMetrics';
const PAGE_METRICS = 500;
const HOUR_MS = 60 * 60 * 1000;
const LISTED_MS = 14 * 24 * HOUR_MS;
const RECENT_MS = 3 * HOUR_MS;

/** ListMetrics: the metrics that had data in the last two weeks, or three hours; dimensions need not be all. */
export function listMetrics(input: Members, { state, region }: Call): unknown {
  refuseMembers(OPERATION, input, ['IncludeLinkedAccounts', 'OwningAccount']);
  const namespace = optionalString(input, 'Namespace');
  const name = optionalString(input, 'MetricName');
  const dimensions = (optionalList(input, 'Dimensions') ?? []).map(each => parseFilter(asMembers(each)));
  const isRecent = optionalChoice(input, 'RecentlyActive', ['PT3H'] as const) !== undefined;
  const sinceMs = state.clock.now() - (isRecent ? RECENT_MS : LISTED_MS);
  const token = optionalString(input, 'NextToken');
  const [from] = token === undefined ? [0] : (parseToken(token, 1) ?? []);
  if (from === undefined) throw invalidValue('Invalid nextToken');
  const found = state.metrics
    .all(region.name)
    .filter(({ id }) => namespace === undefined || id.namespace === namespace)
    .filter(({ id }) => name === undefined || id.name === name)
    .filter(metric => dimensions.every(filter => filter(metric)))
    .filter(({ minutes }) => (minutes.at(-1)?.startMs ?? 0) >= sinceMs);
  const page = found.slice(from, from + PAGE_METRICS);
  return {
    Metrics: page.map(({ id }) => ({
      Namespace: id.namespace,
      MetricName: id.name,
      Dimensions: Object.entries(id.dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    NextToken: found.length > from + page.length ? formatToken([from + page.length]) : undefined,
  };
}

function parseFilter(filter: Members): (metric: Metric) => boolean {
  const name = requiredString(filter, 'Name');
  const wanted = optionalString(filter, 'Value');
  return ({ id }) => {
    const value = Object.hasOwn(id.dimensions, name) ? id.dimensions[name] : undefined;
    return value !== undefined && (wanted === undefined || value === wanted);
  };
}
