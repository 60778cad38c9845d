import type { StreamViewType } from '../aws/streams-gateway.js';
import { usageError } from '../model/error.js';

/** How the view types are typed, and what AWS calls them. */
const VIEW_TYPES: Readonly<Record<string, StreamViewType>> = {
  'keys-only': 'KEYS_ONLY',
  'new-image': 'NEW_IMAGE',
  'old-image': 'OLD_IMAGE',
  'new-and-old-images': 'NEW_AND_OLD_IMAGES',
};

/** The spellings that --view takes. */
export const viewTypeNames: readonly string[] = Object.keys(VIEW_TYPES);

/** Reads a view type, in our spelling or in AWS's. @throws DdbxError `usage` */
export function parseViewType(text: string): StreamViewType {
  const viewType = VIEW_TYPES[text.toLowerCase().replaceAll('_', '-')];
  if (viewType !== undefined) return viewType;
  throw usageError(`"${text}" is not a view type.`, `There are ${viewTypeNames.join(', ')}.`);
}

/** A view type as --view takes it. */
export function spelledViewType(viewType: StreamViewType): string {
  return viewType.toLowerCase().replaceAll('_', '-');
}
