import { GetFunctionCommand, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type ServiceContext, call } from './call.js';

/** What a synchronous invocation answered. */
export interface Invocation {
  readonly payload: Buffer;
  /** `Unhandled` when the function itself failed; the payload then holds its error. */
  readonly functionError: string | undefined;
}

/** A function, as far as its mappings depend on it. */
export interface FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Pending, Active, Inactive or Failed; undefined where the endpoint does not say. */
  readonly state: string | undefined;
  readonly roleArn: string | undefined;
  /** Concurrent executions that are set aside for the function, which are also its ceiling; undefined for none. */
  readonly reservedConcurrency: number | undefined;
}

/** Lambda functions in one Region. Every method throws AwsError. */
export interface FunctionsGateway {
  readonly region: string;
  /** A function by its name, with or without a version or alias, or by its ARN. */
  describe(functionName: string, signal?: AbortSignal): Promise<FunctionConfiguration>;
  invoke(functionName: string, payload: Buffer, signal?: AbortSignal): Promise<Invocation>;
}

/** The gateway over the SDK's client. */
export function sdkFunctionsGateway(client: LambdaClient, context: ServiceContext): FunctionsGateway {
  return {
    region: context.region,
    async describe(functionName, signal) {
      const output = await call(context, 'GetFunction', functionName, () =>
        client.send(
          new GetFunctionCommand({ FunctionName: functionName }),
          signal === undefined ? {} : { abortSignal: signal },
        ),
      );
      const configuration = output.Configuration;
      return {
        name: configuration?.FunctionName ?? functionName,
        arn: configuration?.FunctionArn ?? functionName,
        timeoutMs: (configuration?.Timeout ?? 3) * 1_000,
        memoryMb: configuration?.MemorySize ?? 128,
        state: configuration?.State,
        roleArn: configuration?.Role,
        reservedConcurrency: output.Concurrency?.ReservedConcurrentExecutions,
      };
    },
    async invoke(functionName, payload, signal) {
      const command = new InvokeCommand({ FunctionName: functionName, Payload: payload });
      const output = await call(context, 'Invoke', functionName, () =>
        client.send(command, signal === undefined ? {} : { abortSignal: signal }),
      );
      return { payload: Buffer.from(output.Payload ?? []), functionError: output.FunctionError };
    },
  };
}
