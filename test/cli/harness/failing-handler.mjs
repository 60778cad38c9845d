/** A function that cannot do what it is given. */
export const handler = async () => {
  throw new TypeError('order.total is missing');
};
