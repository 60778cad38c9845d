import { type LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { ListPipesCommand, type PipesClient } from '@aws-sdk/client-pipes';
import { functionNameOfArn } from './arn.js';
import { type ServiceContext, call } from './call.js';

/** Something at AWS that reads a stream. */
export interface StreamConsumer {
  readonly kind: 'event-source-mapping' | 'pipe';
  /** The mapping's UUID or the pipe's name. */
  readonly id: string;
  /** The function's name, or the pipe's. */
  readonly name: string;
  readonly streamArn: string;
  /** AWS's own word, e.g. `Enabled` or `RUNNING`. */
  readonly state: string;
}

/** Who reads streams in one Region. Every method throws AwsError. */
export interface ConsumersGateway {
  readonly region: string;
  /** All event source mappings whose source is this stream; all of the Region's when no stream is named. */
  listMappings(streamArn: string | undefined, signal?: AbortSignal): Promise<readonly StreamConsumer[]>;
  /** All EventBridge pipes whose source begins with this ARN. */
  listPipes(sourcePrefix: string, signal?: AbortSignal): Promise<readonly StreamConsumer[]>;
}

/** The gateway over the SDK's clients. */
export function sdkConsumersGateway(
  lambda: LambdaClient,
  pipes: PipesClient,
  lambdaContext: ServiceContext,
  pipesContext: ServiceContext,
): ConsumersGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: lambdaContext.region,
    async listMappings(streamArn, signal) {
      const found: StreamConsumer[] = [];
      let marker: string | undefined;
      do {
        const command = new ListEventSourceMappingsCommand({ EventSourceArn: streamArn, Marker: marker });
        const output = await call(lambdaContext, 'ListEventSourceMappings', streamArn, () =>
          lambda.send(command, options(signal)),
        );
        for (const mapping of output.EventSourceMappings ?? []) {
          found.push({
            kind: 'event-source-mapping',
            id: mapping.UUID ?? '',
            name: functionNameOfArn(mapping.FunctionArn ?? ''),
            streamArn: mapping.EventSourceArn ?? '',
            state: mapping.State ?? '',
          });
        }
        marker = output.NextMarker === '' ? undefined : output.NextMarker;
      } while (marker !== undefined);
      return found;
    },
    async listPipes(sourcePrefix, signal) {
      const found: StreamConsumer[] = [];
      let token: string | undefined;
      do {
        const command = new ListPipesCommand({ SourcePrefix: sourcePrefix, NextToken: token });
        const output = await call(pipesContext, 'ListPipes', sourcePrefix, () => pipes.send(command, options(signal)));
        for (const pipe of output.Pipes ?? []) {
          found.push({
            kind: 'pipe',
            id: pipe.Name ?? '',
            name: pipe.Name ?? '',
            streamArn: pipe.Source ?? '',
            state: pipe.CurrentState ?? '',
          });
        }
        token = output.NextToken;
      } while (token !== undefined);
      return found;
    },
  };
}
