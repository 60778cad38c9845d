import type { RemovePlan } from '../../lib/global/remove-plan.js';
import type { RemoveEvent } from '../../lib/global/remove-replicas.js';
import { formatBytes } from '../../lib/model/size.js';
import { plural } from '../../lib/terminal/human.js';
import type { Io } from '../../lib/terminal/io.js';
import { makePalettes } from '../../lib/terminal/palette.js';

/** The plan as the first event of ndjson. */
export function removePlanJson(plan: RemovePlan, awsCommands: readonly string[]) {
  return {
    table: plan.tableName,
    sender: plan.sender,
    consistency: plan.consistency,
    order: plan.regions,
    witness: plan.witness ?? null,
    absent: plan.absent,
    losses: plan.losses.map(({ region, items, sizeBytes }) => ({
      region,
      items: items ?? null,
      sizeBytes: sizeBytes ?? null,
    })),
    awsCommands,
  };
}

/** What happens on the way as a line of ndjson. */
export function removeEvent(event: RemoveEvent) {
  return event.type === 'progress' ? { ...event, percent: event.percent ?? null } : event;
}

/** The result as one document. */
export function removeDocument(
  plan: RemovePlan,
  events: readonly RemoveEvent[],
  dryRun: boolean,
  awsCommands: readonly string[],
) {
  const regionsOf = (type: RemoveEvent['type']) => events.flatMap(event => (event.type === type ? [event.region] : []));
  const removed = regionsOf('gone');
  return {
    ...removePlanJson(plan, awsCommands),
    dryRun,
    changed: removed.length > 0 || regionsOf('requested').length > 0,
    removed,
    requested: regionsOf('requested'),
    unchanged: regionsOf('absent'),
  };
}

/** What goes, in which order, and that it does not come back. */
export function whatIsLost(plan: RemovePlan): string {
  const { tableName, regions, losses, sender, witness, consistency } = plan;
  const lines = regions.map((region, index) => {
    const loss = losses.find(each => each.region === region);
    const size =
      loss?.items === undefined
        ? 'size not known'
        : `${plural(loss.items, 'item')}, ${formatBytes(loss.sizeBytes ?? 0)}`;
    return `  ${regions.length > 1 ? `${index + 1}. ` : ''}${region} (${size} by the last count)`;
  });
  const how =
    consistency === 'strong'
      ? `Delete ${tableName} with its data in all other Regions, in one call${witness === undefined ? '' : `, and the witness in ${witness}`}:`
      : `Delete ${tableName} with its data in:`;
  const order =
    consistency === 'eventual' && regions.length > 1
      ? [
          'The youngest goes first: a Region that filled another within 24 hours is locked as long as that one is there.',
        ]
      : [];
  return [how, ...lines, ...order, `What stays: ${sender}.`].join('\n');
}

/** One event for people. */
export function removeText(event: RemoveEvent, plan: RemovePlan, io: Io): string {
  const { good } = makePalettes(io).stdout;
  const { region } = event;
  switch (event.type) {
    case 'absent':
      return `${region}: unchanged, no replica of ${plan.tableName} is there`;
    case 'deleting':
      return `${region}: asking AWS to delete ${region === plan.witness ? 'the witness' : 'the replica'}`;
    case 'locked':
      return `${region}: locked, it filled another Region within 24 hours; trying the others first`;
    case 'progress':
      return `${region}: ${event.status}`;
    case 'in-use':
      return `${region}: waiting, ${event.status}`;
    case 'gone':
      return `${region}: ${good('gone')}`;
    case 'requested':
      return `${region}: asked for; ddbx global status ${plan.tableName} --watch shows how it comes along`;
  }
}
