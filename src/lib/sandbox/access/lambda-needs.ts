import { isMembers } from '../members.js';
import type { AccessCall, NeededAction, ServiceNeeds } from './needs.js';

/** Actions that take no resource; CreateEventSourceMapping can be narrowed by `lambda:FunctionArn` (FACTS G). */
const ANYWHERE: ReadonlySet<string> = new Set([
  'ListFunctions',
  'ListEventSourceMappings',
  'CreateEventSourceMapping',
  'GetAccountSettings',
]);

/** Operations whose action has another name. */
const ACTIONS: ReadonlyMap<string, string> = new Map([['Invoke', 'InvokeFunction']]);

/** Lambda: functions, and mappings by their UUID. */
export const lambdaNeeds: ServiceNeeds = call => {
  const { operation, input, region, account } = call;
  const action = `lambda:${ACTIONS.get(operation) ?? operation}`;
  const named = input['FunctionName'];
  const mapped = typeof named === 'string' ? { functionArn: functionArn(call, named) } : {};
  if (ANYWHERE.has(operation)) return [{ action, resource: '*', ...mapped }, ...tagNeeds(call)];
  const path = call.request.url.pathname;
  const mapping = /\/event-source-mappings\/([^/]+)/.exec(path)?.[1];
  if (mapping !== undefined) {
    return [{ action, resource: `arn:aws:lambda:${region}:${account}:event-source-mapping:${mapping}`, ...mapped }];
  }
  const tagged = /\/tags\/(.+)$/.exec(path)?.[1];
  if (tagged !== undefined) return [{ action, resource: decodeURIComponent(tagged) }];
  const inPath = /\/functions\/([^/]+)/.exec(path)?.[1];
  const name = inPath === undefined ? named : decodeURIComponent(inPath);
  return [onFunction(call, action, typeof name === 'string' ? name : '*')];
};

/** A mapping that is made with tags is tagged before its UUID is known (FACTS G). */
function tagNeeds({ operation, input, region, account }: AccessCall): readonly NeededAction[] {
  if (operation !== 'CreateEventSourceMapping' || !isMembers(input['Tags'])) return [];
  if (Object.keys(input['Tags']).length === 0) return [];
  return [{ action: 'lambda:TagResource', resource: `arn:aws:lambda:${region}:${account}:event-source-mapping:*` }];
}

function onFunction(call: AccessCall, action: string, name: string): NeededAction {
  const qualifier = call.request.url.searchParams.get('Qualifier');
  const arn = functionArn(call, name);
  return { action, resource: qualifier === null ? arn : `${arn}:${qualifier}` };
}

function functionArn({ region, account }: AccessCall, name: string): string {
  const bare = name.replace(/^.*?:?function:/, '');
  return name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${bare}`;
}
