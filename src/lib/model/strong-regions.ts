/** A strongly consistent global table spans so many Regions, the witness counted (FACTS D.6). */
export const STRONG_REGION_COUNT = 3;

/**
 * The Regions of strongly consistent global tables that the guide of autumn 2026 names. Data, not a rule: older pages
 * know less, a live probe took more combinations than any page allowed, and AWS is the judge (FACTS D.6).
 */
export const strongRegions: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'eu-north-1',
  'eu-south-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
]);
