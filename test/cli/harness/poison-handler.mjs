/** A function that does everything but one order. */
export const handler = async event => {
  if (event.Records.some(record => record.dynamodb.Keys.pk.S === 'order#2')) throw new Error('out of globes');
  return {};
};
