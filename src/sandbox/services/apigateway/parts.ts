import type { Properties, ResourceProvider } from '../../kernel/resource-provider.ts';
import type { Call, TableDefinition } from '../../kernel/scope.ts';
import { notFound } from './refusals.ts';
import { freshId, type Part, restApis } from './state.ts';

export function requireApi(id: string, call: Call): void {
  if (!restApis.in(call).has(id)) throw notFound('Invalid API identifier specified');
}

interface PartOptions {
  /** Its key within the API; a fresh id when absent. */
  key?: (properties: Properties) => string;
  /** Refuses what AWS would. */
  check?: (properties: Properties, call: Call, key?: string) => void;
  /** Refuses a deletion. */
  checkDelete?: (part: Part, call: Call) => void;
  /** What `Fn::GetAtt` gives, beside the properties. */
  attributes?: (part: Part) => Properties;
  /** `Ref`, when it is not the key. */
  generated?: boolean;
}

/** Makes resources of a type that is kept as it was declared, within an API. Known by `<api>|<key>`. */
export function partProvider(table: TableDefinition<Part>, options: PartOptions): ResourceProvider {
  const keyOf = (physicalId: string): string => physicalId.replace('|', '/');
  return {
    create(properties, { call }) {
      const api = properties.RestApiId as string;
      requireApi(api, call);
      const key = options.key?.(properties) ?? freshId(6);
      options.check?.(properties, call, key);
      table.in(call).put(`${api}/${key}`, { id: key, api, declared: properties, created: call.world.clock.stamp() });
      return { status: 'done', physicalId: `${api}|${key}` };
    },
    update({ after, physicalId }, { call }) {
      options.check?.(after, call, physicalId.split('|')[1]);
      table.in(call).update(keyOf(physicalId), (draft) => {
        draft.declared = after;
      });
      return { status: 'done', physicalId };
    },
    delete(_properties, physicalId, { call }) {
      const part = table.in(call).get(keyOf(physicalId));
      if (part) options.checkDelete?.(part, call);
      table.in(call).delete(keyOf(physicalId));
      return { status: 'done', physicalId };
    },
    read(physicalId, _properties, { call }) {
      const part = table.in(call).get(keyOf(physicalId));
      return part && { ...structuredClone(part.declared), ...options.attributes?.(part) };
    },
    ref: (physicalId) => physicalId.slice(physicalId.indexOf('|') + 1),
  };
}
