import { invalidParameter, validationError } from '../aws-error.js';
import { type Members, optionalInteger, optionalMembers } from '../members.js';
import type { Billing, OnDemandLimits, WarmThroughput } from './table.js';

/** No limits. */
export const UNLIMITED: OnDemandLimits = { maxReadUnits: undefined, maxWriteUnits: undefined };

/** What an on-demand table can serve from its first moment. */
const ON_DEMAND_WARM: WarmThroughput = { readUnits: 12_000, writeUnits: 4_000 };

/** Reads OnDemandThroughput; -1 takes a limit away, what is left out stays as it was. */
export function parseOnDemandLimits(
  input: Members,
  billing: Billing,
  current: OnDemandLimits = UNLIMITED,
): OnDemandLimits | undefined {
  const given = optionalMembers(input, 'OnDemandThroughput');
  if (given === undefined) return undefined;
  if (billing.mode !== 'PAY_PER_REQUEST') {
    // UNVERIFIED wording.
    throw invalidParameter('OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST');
  }
  const limit = (name: string, before: number | undefined): number | undefined => {
    const units = optionalInteger(given, name, { min: -1 });
    if (units === undefined) return before;
    return units === -1 ? undefined : units;
  };
  return {
    maxReadUnits: limit('MaxReadRequestUnits', current.maxReadUnits),
    maxWriteUnits: limit('MaxWriteRequestUnits', current.maxWriteUnits),
  };
}

/** What a table or an index can serve at once when nobody has asked for more. */
export function defaultWarmThroughput(billing: Billing): WarmThroughput {
  return billing.mode === 'PROVISIONED'
    ? { readUnits: billing.readUnits, writeUnits: billing.writeUnits }
    : ON_DEMAND_WARM;
}

/** Reads WarmThroughput, which can only grow. */
export function parseWarmThroughput(input: Members, current: WarmThroughput): WarmThroughput | undefined {
  const given = optionalMembers(input, 'WarmThroughput');
  if (given === undefined) return undefined;
  const grown = (name: string, before: number): number => {
    const units = optionalInteger(given, name, { min: 1 }) ?? before;
    // UNVERIFIED wording.
    if (units < before) throw validationError(`WarmThroughput can not be decreased: ${name} is ${before}`);
    return units;
  };
  return {
    readUnits: grown('ReadUnitsPerSecond', current.readUnits),
    writeUnits: grown('WriteUnitsPerSecond', current.writeUnits),
  };
}
