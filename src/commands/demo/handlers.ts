/** The tour's function as it is deployed first: an order without an address makes it throw, and fails its whole batch. */
export const HASTY_HANDLER = `export async function handler(event) {
  for (const { dynamodb } of event.Records) {
    if (dynamodb.NewImage) console.log('ship to', dynamodb.NewImage.address.M.city.S);
  }
}
`;

/** The same, mended. */
export const MENDED_HANDLER = `export async function handler(event) {
  for (const { dynamodb } of event.Records) {
    if (dynamodb.NewImage) console.log('ship to', dynamodb.NewImage.address?.M.city.S ?? 'nobody yet');
  }
}
`;
