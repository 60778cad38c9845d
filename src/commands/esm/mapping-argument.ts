/** What help says of a `<mapping>`. */
export const MAPPING_ARGUMENT = 'table:function, or the UUID or ARN of the mapping';
