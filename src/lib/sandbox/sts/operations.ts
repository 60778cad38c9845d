import type { QueryService } from '../http/aws-query.js';
import { CALLER_ID } from '../caller.js';

/** STS, as far as telling who calls: whoever it is, the sandbox takes them for one user. */
export const stsService: QueryService = {
  version: '2011-06-15',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    GetCallerIdentity: (_input, { state }) => ({
      Arn: `arn:aws:iam::${state.settings.account}:user/sandbox`,
      UserId: CALLER_ID,
      Account: state.settings.account,
    }),
  },
};
