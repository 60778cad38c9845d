import type { QueryService } from '../http/aws-query.js';
import { CALLER, callerArn } from '../access/caller.js';

/** STS, as far as telling who calls: whoever it is, the sandbox takes them for one user. */
export const stsService: QueryService = {
  signingName: 'sts',
  version: '2011-06-15',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    GetCallerIdentity: (_input, { state }) => ({
      Arn: callerArn(state.settings.account),
      UserId: CALLER.userId,
      Account: state.settings.account,
    }),
  },
};
