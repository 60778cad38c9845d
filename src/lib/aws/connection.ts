import type { Clock } from '../model/clock.js';
import { type RequestTrace, type ServiceContext, toAwsError } from './call.js';
import type { ConsumersGateway } from './consumers-gateway.js';
import type { FunctionsGateway } from './functions-gateway.js';
import type { MappingsGateway } from './mappings-gateway.js';
import type { MetricsGateway } from './metrics-gateway.js';
import type { ObjectsGateway } from './objects-gateway.js';
import type { QueuesGateway } from './queues-gateway.js';
import type { ItemsGateway } from './items-gateway.js';
import type { KeysGateway } from './keys-gateway.js';
import type { ReplicasGateway } from './replicas-gateway.js';
import { type RetryPolicy, defaultRetryPolicy, fullJitterDelayMs } from './retry.js';
import type { ScalingGateway } from './scaling-gateway.js';
import type { SettingsGateway } from './settings-gateway.js';
import { silentLogger } from './silent-logger.js';
import type { StreamsGateway } from './streams-gateway.js';
import type { TablesGateway } from './tables-gateway.js';
import type { TopicsGateway } from './topics-gateway.js';

/** How to reach AWS. What is left out, the SDK's own chain decides. */
export interface ConnectionOptions {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
  /** Instead of the SDK's chain; for an endpoint that ddbx itself serves. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Attempts for each request; 5 when left out. */
  readonly maxAttempts?: number | undefined;
  /** How long an answer may take, in milliseconds; 30 s when left out. */
  readonly readTimeoutMs?: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRequest?: ((trace: RequestTrace) => void) | undefined;
}

/** The one door to AWS: a gateway for each service and Region, built once, on first use. */
export interface Aws {
  /** The Region that flags, environment and profile agree on. @throws AwsError `no-region` */
  defaultRegion(): Promise<string>;
  tables(region: string): Promise<TablesGateway>;
  streams(region: string): Promise<StreamsGateway>;
  consumers(region: string): Promise<ConsumersGateway>;
  functions(region: string): Promise<FunctionsGateway>;
  mappings(region: string): Promise<MappingsGateway>;
  metrics(region: string): Promise<MetricsGateway>;
  queues(region: string): Promise<QueuesGateway>;
  replicas(region: string): Promise<ReplicasGateway>;
  settings(region: string): Promise<SettingsGateway>;
  scaling(region: string): Promise<ScalingGateway>;
  keys(region: string): Promise<KeysGateway>;
  items(region: string): Promise<ItemsGateway>;
  topics(region: string): Promise<TopicsGateway>;
  objects(region: string): Promise<ObjectsGateway>;
  /** Closes idle connections. */
  close(): void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const DEFAULT_READ_TIMEOUT_MS = 30_000;
const MAX_SOCKETS = 512;
/** A long poll that finds nothing answers a little later than it was asked to. */
const POLL_MARGIN_SECONDS = 5;

/** Opens the door. No call goes out and no SDK code is loaded before a gateway is asked for. */
export function connect(options: ConnectionOptions): Aws {
  const policy: RetryPolicy = {
    ...defaultRetryPolicy,
    maxAttempts: options.maxAttempts ?? defaultRetryPolicy.maxAttempts,
  };
  const readTimeoutMs = options.readTimeoutMs ?? DEFAULT_READ_TIMEOUT_MS;
  const opened = new Set<{ destroy(): void }>();
  const keep = <Client extends { destroy(): void }>(client: Client): Client => {
    opened.add(client);
    return client;
  };

  const sharedConfig = once(async () => {
    const [{ makeRetryStrategy }, http] = await Promise.all([
      import('./retry-strategy.js'),
      import('./request-handler.js'),
    ]);
    const limits = {
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      readTimeoutMs,
      maxSockets: MAX_SOCKETS,
    };
    const backOff = (attempt: number): number => fullJitterDelayMs(attempt, policy, options.random);
    return {
      config: {
        ...(options.profile === undefined ? {} : { profile: options.profile }),
        ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
        ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
        requestHandler: http.wantsProxy(options.env) ? await http.proxyHandler(limits) : http.directHandler(limits),
        logger: silentLogger,
      },
      retrying: makeRetryStrategy(policy.maxAttempts, backOff),
      /** For reads that the polling loop repeats itself, and whose throttles must be seen and counted. */
      single: makeRetryStrategy(1, backOff),
    };
  });

  const contextOf = (service: string, region: string): ServiceContext => ({
    service,
    region,
    endpoint: options.endpointUrl ?? endpointOfEnv(service, options.env),
    profile: options.profile ?? options.env['AWS_PROFILE'],
    clock: options.clock,
    onRequest: options.onRequest,
  });

  const dynamodb = perRegion(async region => {
    const [{ DynamoDBClient }, shared] = await Promise.all([import('@aws-sdk/client-dynamodb'), sharedConfig()]);
    return keep(new DynamoDBClient({ ...shared.config, retryStrategy: shared.retrying, region }));
  });
  const lambda = perRegion(async region => {
    const [{ LambdaClient }, shared] = await Promise.all([import('@aws-sdk/client-lambda'), sharedConfig()]);
    return keep(new LambdaClient({ ...shared.config, retryStrategy: shared.retrying, region }));
  });

  const mappings = perRegion(async region => {
    const [{ sdkMappingsGateway }, client] = await Promise.all([import('./mappings-gateway.js'), lambda(region)]);
    return sdkMappingsGateway(client, contextOf('lambda', region));
  });

  return {
    defaultRegion: once(async () => {
      if (options.region !== undefined) return options.region;
      const { NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS, loadConfig } = await import(
        '@smithy/core/config'
      );
      const chain = loadConfig(NODE_REGION_CONFIG_OPTIONS, {
        ...NODE_REGION_CONFIG_FILE_OPTIONS,
        ...(options.profile === undefined ? {} : { profile: options.profile }),
      });
      try {
        const region = await chain();
        if (region === '') throw new Error('Region is missing');
        return region;
      } catch (error) {
        throw toAwsError(
          error,
          { service: 'sdk', region: '', endpoint: undefined, profile: options.profile },
          'ResolveRegion',
          options.profile,
        );
      }
    }),
    tables: perRegion(async region => {
      const [{ sdkTablesGateway }, client] = await Promise.all([import('./tables-gateway.js'), dynamodb(region)]);
      return sdkTablesGateway(client, contextOf('dynamodb', region));
    }),
    streams: perRegion(async region => {
      const [{ DynamoDBStreamsClient }, { sdkStreamsGateway }, { keepRecordsBodies }, shared] = await Promise.all([
        import('@aws-sdk/client-dynamodb-streams'),
        import('./streams-gateway.js'),
        import('./records-body.js'),
        sharedConfig(),
      ]);
      const client = keep(new DynamoDBStreamsClient({ ...shared.config, retryStrategy: shared.retrying, region }));
      const reader = keep(new DynamoDBStreamsClient({ ...shared.config, retryStrategy: shared.single, region }));
      keepRecordsBodies(reader);
      return sdkStreamsGateway(client, reader, contextOf('dynamodbstreams', region));
    }),
    consumers: perRegion(async region => {
      const [{ PipesClient }, { sdkConsumersGateway }, ofLambda, shared] = await Promise.all([
        import('@aws-sdk/client-pipes'),
        import('./consumers-gateway.js'),
        mappings(region),
        sharedConfig(),
      ]);
      const pipes = keep(new PipesClient({ ...shared.config, retryStrategy: shared.retrying, region }));
      return sdkConsumersGateway(ofLambda, pipes, contextOf('pipes', region));
    }),
    functions: perRegion(async region => {
      const [{ sdkFunctionsGateway }, client] = await Promise.all([import('./functions-gateway.js'), lambda(region)]);
      return sdkFunctionsGateway(client, contextOf('lambda', region));
    }),
    mappings,
    metrics: perRegion(async region => {
      const [{ CloudWatchClient }, { sdkMetricsGateway }, shared] = await Promise.all([
        import('@aws-sdk/client-cloudwatch'),
        import('./metrics-gateway.js'),
        sharedConfig(),
      ]);
      const client = keep(new CloudWatchClient({ ...shared.config, retryStrategy: shared.retrying, region }));
      return sdkMetricsGateway(client, contextOf('cloudwatch', region));
    }),
    queues: perRegion(async region => {
      const [{ SQSClient }, { sdkQueuesGateway }, shared] = await Promise.all([
        import('@aws-sdk/client-sqs'),
        import('./queues-gateway.js'),
        sharedConfig(),
      ]);
      const context = contextOf('sqs', region);
      const client = keep(
        new SQSClient({
          ...shared.config,
          retryStrategy: shared.retrying,
          region,
          // Behind an endpoint of one's own, the host in a queue's URL need not be one that can be reached.
          useQueueUrlAsEndpoint: context.endpoint === undefined,
        }),
      );
      const longestWaitSeconds = Math.max(0, Math.floor(readTimeoutMs / 1000) - POLL_MARGIN_SECONDS);
      return sdkQueuesGateway(client, context, longestWaitSeconds);
    }),
    replicas: perRegion(async region => {
      const [{ sdkReplicasGateway }, client] = await Promise.all([import('./replicas-gateway.js'), dynamodb(region)]);
      return sdkReplicasGateway(client, contextOf('dynamodb', region));
    }),
    settings: perRegion(async region => {
      const [{ sdkSettingsGateway }, client] = await Promise.all([import('./settings-gateway.js'), dynamodb(region)]);
      return sdkSettingsGateway(client, contextOf('dynamodb', region));
    }),
    scaling: perRegion(async region => {
      const [{ ApplicationAutoScalingClient }, { sdkScalingGateway }, shared] = await Promise.all([
        import('@aws-sdk/client-application-auto-scaling'),
        import('./scaling-gateway.js'),
        sharedConfig(),
      ]);
      const client = new ApplicationAutoScalingClient({ ...shared.config, retryStrategy: shared.retrying, region });
      return sdkScalingGateway(keep(client), contextOf('application-autoscaling', region));
    }),
    keys: perRegion(async region => {
      const [{ KMSClient }, { sdkKeysGateway }, shared] = await Promise.all([
        import('@aws-sdk/client-kms'),
        import('./keys-gateway.js'),
        sharedConfig(),
      ]);
      const client = keep(new KMSClient({ ...shared.config, retryStrategy: shared.retrying, region }));
      return sdkKeysGateway(client, contextOf('kms', region));
    }),
    items: perRegion(async region => {
      const [{ sdkItemsGateway }, client] = await Promise.all([import('./items-gateway.js'), dynamodb(region)]);
      return sdkItemsGateway(client, contextOf('dynamodb', region));
    }),
    topics: perRegion(async region => {
      const [{ SNSClient }, { sdkTopicsGateway }, shared] = await Promise.all([
        import('@aws-sdk/client-sns'),
        import('./topics-gateway.js'),
        sharedConfig(),
      ]);
      const client = keep(new SNSClient({ ...shared.config, retryStrategy: shared.retrying, region }));
      return sdkTopicsGateway(client, contextOf('sns', region));
    }),
    objects: perRegion(async region => {
      const [{ S3Client }, { sdkObjectsGateway }, shared] = await Promise.all([
        import('@aws-sdk/client-s3'),
        import('./objects-gateway.js'),
        sharedConfig(),
      ]);
      const context = contextOf('s3', region);
      // An endpoint of one's own has no name for each bucket.
      const forcePathStyle = context.endpoint !== undefined;
      const client = keep(
        new S3Client({
          ...shared.config,
          retryStrategy: shared.retrying,
          region,
          forcePathStyle,
          followRegionRedirects: true,
        }),
      );
      return sdkObjectsGateway(client, context);
    }),
    close() {
      for (const client of opened) client.destroy();
    },
  };
}

/** The endpoint that the SDK will take from the environment; it is named in errors. */
function endpointOfEnv(service: string, env: ConnectionOptions['env']): string | undefined {
  const ownName = SERVICE_IN_ENV[service] ?? service.toUpperCase();
  return env[`AWS_ENDPOINT_URL_${ownName}`] ?? env['AWS_ENDPOINT_URL'];
}

/** Where the name that IAM has for a service is not the SDK's. */
const SERVICE_IN_ENV: Readonly<Record<string, string>> = {
  dynamodbstreams: 'DYNAMODB_STREAMS',
  'application-autoscaling': 'APPLICATION_AUTO_SCALING',
};

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

function perRegion<Value>(make: (region: string) => Promise<Value>): (region: string) => Promise<Value> {
  const made = new Map<string, Promise<Value>>();
  return region => {
    const known = made.get(region);
    if (known !== undefined) return known;
    const making = make(region);
    made.set(region, making);
    return making;
  };
}
