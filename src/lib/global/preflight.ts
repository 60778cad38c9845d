import type { Check } from './check.js';
import { type AddRequest, type GatherOptions, gatherFacts, type PreflightFacts } from './preflight-facts.js';
import { checkTargets } from './region-checks.js';
import { checkStrong } from './strong-checks.js';
import { tableCheckers } from './table-checks.js';

/** Asks all that there is to ask, then judges it. */
export async function preflight(request: AddRequest, options: GatherOptions): Promise<readonly Check[]> {
  return judge(await gatherFacts(request, options));
}

/** The checks over facts that are gathered, in the order in which they are shown. */
function judge(facts: PreflightFacts): readonly Check[] {
  return [...tableCheckers, checkStrong, checkTargets].flatMap(check => check(facts));
}
