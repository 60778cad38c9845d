import type { Metric } from './metric-store.js';

/** What a metric is counted in: as it was put, or, for the metrics of services, as their names say (FACTS F). */
export function unitOf({ id, unit }: Metric): string {
  if (unit !== undefined) return unit;
  if (!id.namespace.startsWith('AWS/')) return 'None';
  if (/(?:Latency|Age|Duration)$/.test(id.name)) return 'Milliseconds';
  return id.name.endsWith('Bytes') ? 'Bytes' : 'Count';
}
