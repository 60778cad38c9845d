import type { IamNeed } from './verb.js';

/** What is known of the place that the policy is for; what is undefined becomes `*`. */
export interface PolicyScope {
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly table: string | undefined;
}

/** A statement of a policy, with the members in IAM's own spelling. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

/** An identity-based policy. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

type Resource = NonNullable<IamNeed['resource']> | 'any';

const RESOURCES: readonly Resource[] = ['table', 'stream', 'mapping', 'function', 'queue', 'topic', 'object', 'any'];

/**
 * The least policy for what commands need: one statement for each resource, and one more for the actions that are
 * needed only sometimes, so that they can be taken out together. Which action takes which resource: FACTS G.
 */
export function leastPolicy(needs: readonly IamNeed[], scope: PolicyScope): Policy {
  const always = new Set(needs.filter(need => need.when === undefined).map(keyOf));
  const Statement = [false, true].flatMap(sometimes =>
    RESOURCES.flatMap((resource): readonly PolicyStatement[] => {
      const actions = needs
        .filter(need => resourceOf(need) === resource && always.has(keyOf(need)) !== sometimes)
        .map(need => need.action);
      if (actions.length === 0) return [];
      return [
        {
          Sid: `${sometimes ? 'Sometimes' : 'Always'}${SID[resource]}`,
          Effect: 'Allow',
          Action: [...new Set(actions)].sort(),
          Resource: arnOf(resource, scope),
        },
      ];
    }),
  );
  return { Version: '2012-10-17', Statement };
}

/** The actions that are needed only sometimes, each with when that is; each named once. */
export function conditionsOf(needs: readonly IamNeed[]): readonly { readonly action: string; readonly when: string }[] {
  const always = new Set(needs.filter(need => need.when === undefined).map(keyOf));
  const whens = new Map<string, Set<string>>();
  for (const need of needs) {
    if (need.when === undefined || always.has(keyOf(need))) continue;
    const known = whens.get(need.action) ?? new Set();
    whens.set(need.action, known.add(need.when));
  }
  return [...whens]
    .map(([action, when]) => ({ action, when: [...when].join('; ') }))
    .sort((a, b) => (a.action < b.action ? -1 : 1));
}

const SID: Readonly<Record<Resource, string>> = {
  table: 'Table',
  stream: 'Stream',
  mapping: 'Mapping',
  function: 'Function',
  queue: 'Queue',
  topic: 'Topic',
  object: 'Object',
  any: 'Anywhere',
};

function resourceOf(need: IamNeed): Resource {
  return need.resource ?? 'any';
}

function keyOf(need: IamNeed): string {
  return `${need.action} ${resourceOf(need)}`;
}

function arnOf(resource: Resource, { region, account, table }: PolicyScope): string {
  const place = (service: string): string => `arn:${partitionOf(region)}:${service}:${region ?? '*'}:${account ?? '*'}`;
  switch (resource) {
    case 'table':
      return `${place('dynamodb')}:table/${table ?? '*'}`;
    case 'stream':
      return `${place('dynamodb')}:table/${table ?? '*'}/stream/*`;
    case 'mapping':
      return `${place('lambda')}:event-source-mapping:*`;
    case 'function':
      return `${place('lambda')}:function:*`;
    case 'queue':
      return `${place('sqs')}:*`;
    case 'topic':
      return `${place('sns')}:*`;
    case 'object':
      return `arn:${partitionOf(region)}:s3:::*/*`;
    case 'any':
      return '*';
  }
}

/** The partitions that the price facts name Regions of (FACTS E.1). */
function partitionOf(region: string | undefined): string {
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  if (region?.startsWith('us-gov-') === true) return 'aws-us-gov';
  return region?.startsWith('eusc-') === true ? 'aws-eusc' : 'aws';
}
