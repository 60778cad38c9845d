/** The stream of all orders. */
export const EVENT_SOURCE_ARN =
  'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';

/** Records of 1.2 KB, each an order that was shipped. */
export function orders(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => {
    const image = (status: string, total: string): object => ({
      pk: { S: `order#${index}` },
      sk: { S: 'header' },
      status: { S: status },
      total: { N: total },
      placedAt: { S: '2026-11-20T10:11:12.123Z' },
      customer: { M: { id: { S: `customer#${index % 97}` }, name: { S: 'Zoë "Zo" Müller' }, tier: { S: 'gold' } } },
      items: {
        L: [{ M: { sku: { S: 'A-1077' }, qty: { N: '2' } } }, { M: { sku: { S: 'B-2210' }, qty: { N: '1' } } }],
      },
      tags: { SS: ['express', 'gift'] },
      note: { S: 'Leave it with the neighbours' },
    });
    return {
      eventID: `c9fbe7d0261a5163fcb6940593e${String(index).padStart(5, '0')}`,
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      dynamodb: {
        ApproximateCreationDateTime: 1795306399,
        Keys: { pk: { S: `order#${index}` }, sk: { S: 'header' } },
        NewImage: image('SHIPPED', '42.90'),
        OldImage: image('PAID', '40'),
        SequenceNumber: String(800000000003126276362n + BigInt(index)),
        SizeBytes: 618,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    };
  });
}

/** They as a page of GetRecords. */
export function ordersPage(count: number): Buffer {
  return Buffer.from(JSON.stringify({ Records: orders(count), NextShardIterator: `${EVENT_SOURCE_ARN}|1|AA` }));
}
