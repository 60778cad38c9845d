import { ListPipesCommand, type PipesClient } from '@aws-sdk/client-pipes';
import { functionNameOfArn } from './arn.js';
import { type ServiceContext, call } from './call.js';
import type { MappingsGateway } from './mappings-gateway.js';

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

/** The gateway over that of the mappings, and the SDK's client of Pipes. */
export function sdkConsumersGateway(
  mappings: MappingsGateway,
  pipes: PipesClient,
  pipesContext: ServiceContext,
): ConsumersGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: mappings.region,
    async listMappings(streamArn, signal) {
      const found = await mappings.list({ eventSourceArn: streamArn }, signal);
      return found.map(({ uuid, functionArn, eventSourceArn, state }) => ({
        kind: 'event-source-mapping',
        id: uuid,
        name: functionNameOfArn(functionArn),
        streamArn: eventSourceArn ?? '',
        state,
      }));
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
