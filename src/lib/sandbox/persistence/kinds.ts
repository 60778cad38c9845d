import { parseAttributes } from '../dynamodb/attribute-value.js';
import { ItemStore } from '../dynamodb/item-store.js';
import type { KeyNames } from '../dynamodb/key.js';
import type { SandboxState } from '../state.js';
import { type SavedStream, TableStream } from '../streams/table-stream.js';
import type { Kind } from './graph.js';

interface SavedItems {
  readonly keys: KeyNames;
  readonly items: readonly unknown[];
}

/** The items of a table, in DynamoDB's JSON. */
const itemStores: Kind<ItemStore> = {
  name: 'items',
  is: value => value instanceof ItemStore,
  save: (store): SavedItems => ({ keys: store.keys, items: [...store.scan()].map(({ item }) => item) }),
  load: saved => {
    const { keys, items } = saved as SavedItems;
    const store = new ItemStore(keys);
    for (const item of items) store.put(parseAttributes(item));
    return store;
  },
};

function tableStreams({ ids, clock }: SandboxState): Kind<TableStream> {
  return {
    name: 'stream',
    is: value => value instanceof TableStream,
    save: stream => stream.save(),
    load: saved => TableStream.load(saved as SavedStream, ids, clock),
  };
}

/** The objects of a sandbox's state that are not plain data. The format's version vouches for what they are saved as. */
export function stateKinds(state: SandboxState): readonly Kind<object>[] {
  return [itemStores, tableStreams(state)] as readonly Kind<object>[];
}
