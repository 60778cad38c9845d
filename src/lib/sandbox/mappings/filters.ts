import { isMembers } from '../members.js';

/** Whether Lambda would take a filter's pattern. */
export function checkFilter(pattern: string): boolean {
  try {
    return isMembers(JSON.parse(pattern));
  } catch {
    return false;
  }
}
