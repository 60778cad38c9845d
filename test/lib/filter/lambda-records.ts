/** A record as Lambda delivers it (FACTS B.7), with what the test wants changed. */
export function aLambdaRecord(
  overrides: Readonly<Record<string, unknown>> = {},
  data: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    eventID: 'c9fbe7d0261a5163fcb6940593e41797',
    eventName: 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: 1795306399,
      Keys: { pk: { S: 'order#1' } },
      NewImage: { pk: { S: 'order#1' }, total: { N: '42' } },
      OldImage: { pk: { S: 'order#1' }, total: { N: '40' } },
      SequenceNumber: '800000000003126276362',
      SizeBytes: 39,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ...data,
    },
    eventSourceARN: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123',
    ...overrides,
  };
}
