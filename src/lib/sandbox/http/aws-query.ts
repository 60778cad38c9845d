import { AwsError } from '../aws-error.js';
import type { Operation } from '../call.js';
import { snsService } from '../sns/operations.js';
import type { SandboxState } from '../state.js';
import { stsService } from '../sts/operations.js';
import { type Exchange, type HttpAnswer, type HttpRequest, headerOf } from './http-answer.js';
import { queryMembers } from './query-input.js';
import { regionOf } from './region-of.js';
import { xmlElement, type XmlValue } from './xml.js';

/** An operation of the query protocol: its answer becomes XML; `undefined` is an answer without a result. */
type QueryOperation = (...parameters: Parameters<Operation>) => { readonly [name: string]: XmlValue } | undefined;

/** A service that speaks AWS's query protocol: a form with `Action` and `Version`, an answer of XML. */
export interface QueryService {
  /** The name that requests are signed for. */
  readonly signingName: string;
  /** The version of the API, by which the services are told apart. */
  readonly version: string;
  readonly xmlNamespace: string;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}

const SERVICES: ReadonlyMap<string, QueryService> = new Map(
  [snsService, stsService].map(service => [service.version, service]),
);
const FORM = 'application/x-www-form-urlencoded';

/** The query protocol, which SNS and STS speak; `undefined` when the request does not. */
export function awsQueryExchange(request: HttpRequest, state: SandboxState): Exchange | undefined {
  const parameters = parametersOf(request);
  const name = parameters?.get('Action') ?? undefined;
  if (parameters === undefined || name === undefined) return undefined;
  const version = parameters.get('Version') ?? '';
  const service = SERVICES.get(version);
  const operation =
    service !== undefined && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  return {
    operation: name,
    service: service?.signingName ?? 'sns',
    ...(operation === undefined ? { isUnknown: true } : {}),
    answer: () => {
      if (service === undefined || operation === undefined) {
        state.log(`The sandbox has no operation ${name} of version ${version}`);
        throw new AwsError('InvalidAction', `The action ${name} is not valid for this endpoint.`);
      }
      const region = regionOf(request, state);
      const result = operation(queryMembers(parameters), { state, region, request });
      const body = {
        [`${name}Result`]: result,
        ResponseMetadata: { RequestId: request.requestId },
      };
      return xmlAnswer(request, 200, document(`${name}Response`, body, service));
    },
    fail: error => failure(request, service, error),
  };
}

function parametersOf(request: HttpRequest): URLSearchParams | undefined {
  if (request.method === 'GET') return request.url.pathname === '/' ? request.url.searchParams : undefined;
  if (request.method !== 'POST' || headerOf(request, 'content-type')?.startsWith(FORM) !== true) return undefined;
  return new URLSearchParams(request.body.toString());
}

function failure(request: HttpRequest, service: QueryService | undefined, error: AwsError): HttpAnswer {
  const body = {
    Error: {
      Type: error.status < 500 ? 'Sender' : 'Receiver',
      // What JSON services call an exception has a shorter name here.
      Code: error.type === 'ValidationException' ? 'ValidationError' : error.type,
      Message: error.message,
    },
    RequestId: request.requestId,
  };
  return xmlAnswer(request, error.status, document('ErrorResponse', body, service));
}

function document(name: string, body: XmlValue, service: QueryService | undefined): string {
  const xml = xmlElement(name, body);
  return service === undefined ? xml : xml.replace(`<${name}>`, `<${name} xmlns="${service.xmlNamespace}">`);
}

function xmlAnswer(request: HttpRequest, status: number, xml: string): HttpAnswer {
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': request.requestId };
  return { status, headers, chunks: [Buffer.from(`${xml}\n`)] };
}
