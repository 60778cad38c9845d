import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type ServiceContext, call } from './call.js';

/** What a synchronous invocation answered. */
export interface Invocation {
  readonly payload: Buffer;
  /** `Unhandled` when the function itself failed; the payload then holds its error. */
  readonly functionError: string | undefined;
}

/** Lambda functions in one Region. Every method throws AwsError. */
export interface FunctionsGateway {
  readonly region: string;
  invoke(functionName: string, payload: Buffer, signal?: AbortSignal): Promise<Invocation>;
}

/** The gateway over the SDK's client. */
export function sdkFunctionsGateway(client: LambdaClient, context: ServiceContext): FunctionsGateway {
  return {
    region: context.region,
    async invoke(functionName, payload, signal) {
      const command = new InvokeCommand({ FunctionName: functionName, Payload: payload });
      const output = await call(context, 'Invoke', functionName, () =>
        client.send(command, signal === undefined ? {} : { abortSignal: signal }),
      );
      return { payload: Buffer.from(output.Payload ?? []), functionError: output.FunctionError };
    },
  };
}
