/** The shapes that are not of DynamoDB's own model have other namespaces. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['ValidationException', 'com.amazon.coral.validate#'],
  ['SerializationException', 'com.amazon.coral.service#'],
  ['UnknownOperationException', 'com.amazon.coral.service#'],
  ['InvalidSignatureException', 'com.amazon.coral.service#'],
  ['IncompleteSignatureException', 'com.amazon.coral.service#'],
  ['MissingAuthenticationTokenException', 'com.amazon.coral.service#'],
  ['UnrecognizedClientException', 'com.amazon.coral.service#'],
  ['AccessDeniedException', 'com.amazon.coral.service#'],
  ['ThrottlingException', 'com.amazon.coral.availability#'],
]);
const DEFAULT_NAMESPACE = 'com.amazonaws.dynamodb.v20120810#';

/** An exception's name as DynamoDB and its streams write it into `__type`. */
export function dynamodbErrorType(type: string): string {
  return `${NAMESPACES.get(type) ?? DEFAULT_NAMESPACE}${type}`;
}
