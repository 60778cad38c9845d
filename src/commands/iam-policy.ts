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
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An identity-based policy. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

type Resource = NonNullable<IamNeed['resource']> | 'any';

/** What a statement is about: a resource, in the Region of the scope or in every one. */
interface Place {
  readonly resource: Resource;
  readonly everyRegion: boolean;
}

/** The order of the statements. */
const RESOURCES: readonly Resource[] = [
  'table',
  'stream',
  'mapping',
  'function',
  'queue',
  'topic',
  'bucket',
  'object',
  'key',
  'replication-role',
  'any',
];
const PLACES: readonly Place[] = RESOURCES.flatMap(resource =>
  [false, true].map(everyRegion => ({ resource, everyRegion })),
);

/**
 * The least policy for what commands need: one statement for each resource, and one more for the actions that are
 * needed only sometimes, so that they can be taken out together. Which action takes which resource: FACTS G.
 */
export function leastPolicy(needs: readonly IamNeed[], scope: PolicyScope): Policy {
  // Where no Region is named, a statement of one Region and one of all of them are the same.
  const placed = needs.map(need => ({ ...need, everyRegion: need.everyRegion === true && scope.region !== undefined }));
  const always = new Set(placed.filter(need => need.when === undefined).map(placedKeyOf));
  const Statement = [false, true].flatMap(sometimes =>
    PLACES.flatMap((place): readonly PolicyStatement[] => {
      const { resource, everyRegion } = place;
      const actions = placed
        .filter(need => resourceOf(need) === resource && need.everyRegion === everyRegion)
        .filter(need => always.has(placedKeyOf(need)) !== sometimes)
        .map(need => need.action);
      if (actions.length === 0) return [];
      return [
        {
          Sid: `${sometimes ? 'Sometimes' : 'Always'}${SID[resource]}${everyRegion ? 'InEveryRegion' : ''}`,
          Effect: 'Allow',
          Action: [...new Set(actions)].sort(),
          Resource: arnOf(resource, everyRegion ? undefined : scope.region, scope),
          ...(resource === 'replication-role'
            ? { Condition: { StringEquals: { 'iam:AWSServiceName': REPLICATION } } }
            : {}),
        },
      ];
    }),
  );
  return { Version: '2012-10-17', Statement };
}

/** The service that DynamoDB replicates as (FACTS G). */
const REPLICATION = 'replication.dynamodb.amazonaws.com';

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
  bucket: 'Bucket',
  object: 'Object',
  key: 'Key',
  'replication-role': 'ReplicationRole',
  any: 'Anywhere',
};

function resourceOf(need: IamNeed): Resource {
  return need.resource ?? 'any';
}

function keyOf(need: IamNeed): string {
  return `${need.action} ${resourceOf(need)}`;
}

function placedKeyOf(need: IamNeed): string {
  return `${keyOf(need)} ${need.everyRegion === true}`;
}

/** @param region where; undefined for every Region of the scope's partition */
function arnOf(resource: Resource, region: string | undefined, scope: PolicyScope): string {
  const { account, table } = scope;
  const partition = partitionOf(scope.region);
  const place = (service: string): string => `arn:${partition}:${service}:${region ?? '*'}:${account ?? '*'}`;
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
    case 'bucket':
      return `arn:${partition}:s3:::*`;
    case 'object':
      return `arn:${partition}:s3:::*/*`;
    case 'key':
      return `${place('kms')}:key/*`;
    case 'replication-role':
      return `arn:${partition}:iam::${account ?? '*'}:role/aws-service-role/${REPLICATION}/*`;
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
