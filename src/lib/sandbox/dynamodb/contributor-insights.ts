import { resourceNotFound, validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { type Members, optionalChoice, optionalString, requiredChoice } from '../members.js';
import type { RegionState } from '../state.js';
import { findTable } from './find-table.js';
import type { ContributorInsights, Table } from './table.js';
import { parseTableName } from './table-input.js';

/** The operations on Contributor Insights: whether they are on, of a table and of each index. */
export const insightsOperations: Readonly<Record<string, Operation>> = {
  DescribeContributorInsights: describeInsights,
  UpdateContributorInsights: updateInsights,
};

function describeInsights(input: Members, { region }: Call): unknown {
  const { table, index } = target(input, region);
  const insights = table.contributorInsights.get(index ?? '');
  const isOn = insights?.status === 'ENABLED';
  return {
    ...describe(table, index, insights),
    ContributorInsightsRuleList: isOn ? rulesOf(table, index, insights.mode) : [],
    LastUpdateDateTime: insights === undefined ? undefined : insights.changedAtMs / 1000,
  };
}

function updateInsights(input: Members, { state, region }: Call): unknown {
  const { table, index } = target(input, region);
  const action = requiredChoice(input, 'ContributorInsightsAction', ['ENABLE', 'DISABLE'] as const);
  const mode = optionalChoice(input, 'ContributorInsightsMode', [
    'ACCESSED_AND_THROTTLED_KEYS',
    'THROTTLED_KEYS',
  ] as const);
  const current = table.contributorInsights.get(index ?? '');
  if (current?.status === 'ENABLING' || current?.status === 'DISABLING') {
    throw validationError(`Contributor Insights is being changed: its status is ${current.status}`);
  }
  const insights: ContributorInsights = {
    status: action === 'ENABLE' ? 'ENABLING' : 'DISABLING',
    mode: mode ?? current?.mode ?? 'ACCESSED_AND_THROTTLED_KEYS',
    changedAtMs: state.clock.now(),
  };
  table.contributorInsights.set(index ?? '', insights);
  const answer = describe(table, index, insights);
  state.timeline.after(state.settings.statusDelayMs, () => {
    insights.status = action === 'ENABLE' ? 'ENABLED' : 'DISABLED';
  });
  return answer;
}

function describe(table: Table, index: string | undefined, insights: ContributorInsights | undefined) {
  return {
    TableName: table.name,
    IndexName: index,
    ContributorInsightsStatus: insights?.status ?? 'DISABLED',
    ContributorInsightsMode: insights?.mode,
  };
}

function rulesOf(table: Table, index: string | undefined, mode: ContributorInsights['mode']): readonly string[] {
  const kinds = mode === 'THROTTLED_KEYS' ? ['PKT', 'SKT'] : ['PKC', 'SKC', 'PKT', 'SKT'];
  const suffix = index === undefined ? table.name : `${table.name}-${index}`;
  const { range } = table.indexes.find(each => each.name === index)?.keys ?? table.keys;
  return kinds
    .filter(kind => range !== undefined || kind.startsWith('PK'))
    .map(kind => `DynamoDBContributorInsights-${kind}-${suffix}-${table.createdAtMs}`);
}

function target(input: Members, region: RegionState): { readonly table: Table; readonly index: string | undefined } {
  const table = findTable(region.tables, parseTableName(input));
  const index = optionalString(input, 'IndexName');
  if (index !== undefined && !table.indexes.some(each => each.kind === 'global' && each.name === index)) {
    throw resourceNotFound(`Requested resource not found: Index: ${index} of table ${table.name} not found`);
  }
  return { table, index };
}
