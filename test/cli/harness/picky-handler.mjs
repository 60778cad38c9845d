/** A function that cannot deal with records that hold the word poison, and throws for their whole batch. */
export const handler = async event => {
  if (JSON.stringify(event.Records).includes('poison')) throw new Error('this order is poison');
  return {};
};
