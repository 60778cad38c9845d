import { Option } from 'commander';
import { parseViewType, viewTypeNames } from '../../lib/streams/view-type.js';
import { parsedBy } from '../verb.js';

/** `--view <type>`, which enable and set-view cannot do without. */
export function viewOption(): Option {
  return new Option('--view <type>', 'what of an item the stream records')
    .choices(viewTypeNames)
    .argParser(parsedBy(parseViewType))
    .makeOptionMandatory();
}
