import type {
  CachePolicyConfig,
  OriginRequestPolicyConfig,
  ResponseHeadersPolicyConfig,
} from '@aws-sdk/client-cloudfront';
import type { Call, TableDefinition } from '../../../kernel/scope.ts';
import { fault, invalidArgument, requireMatch } from '../faults.ts';
import { newId, newPolicyId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import {
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  MANAGED_RESPONSE_HEADERS_POLICIES,
} from '../managed-policies.ts';
import {
  cachePolicies,
  distributions,
  originRequestPolicies,
  type PolicyRow,
  responseHeadersPolicies,
} from '../state.ts';

interface Kind<Config> {
  /** `CachePolicy`: members and error codes are made of it. */
  name: 'CachePolicy' | 'OriginRequestPolicy' | 'ResponseHeadersPolicy';
  words: string;
  path: string;
  managed: Readonly<Record<string, string>>;
  table: TableDefinition<PolicyRow<Config>>;
}

// biome-ignore lint/suspicious/noExplicitAny: three kinds of policies with members named for their kind
type Input = any;

/** Create, get, update, delete and list of one kind of policy: the three kinds differ in names alone. */
function operationsOf<Config extends { Name: string | undefined }>(kind: Kind<Config>) {
  const { name, words, path, managed, table } = kind;
  const configMember = `${name}Config`;
  const answer = (row: PolicyRow<Config>) => ({
    Id: row.id,
    LastModifiedTime: new Date(row.modified),
    [configMember]: structuredClone(row.config),
  });
  const found = (id: string | undefined, call: Call): PolicyRow<Config> => {
    if (id === undefined) throw invalidArgument('The parameter Id is required.');
    const row = table.in(call).get(id);
    if (row) return row;
    const managedName = managed[id];
    if (managedName === undefined) throw fault(`NoSuch${name}`, `The specified ${words} does not exist.`);
    return { id, etag: 'E23ZP02F085DFQ', config: { Name: managedName } as Config, modified: 0 };
  };
  const checked = (input: Input, call: Call, id?: string): Config => {
    const config = input[configMember] as Config | undefined;
    if (!config?.Name) throw invalidArgument(`The parameter ${configMember} is required.`);
    const isTaken = table
      .in(call)
      .values()
      .some((row) => row.config.Name === config.Name && row.id !== id);
    if (isTaken)
      throw fault(
        `${name}AlreadyExists`,
        `A ${words} with this name already exists. You must provide a unique name. To modify an existing ${words}, use Update${name}.`,
      );
    return structuredClone(config);
  };
  const own = (id: string | undefined, call: Call, verb: 'Delete' | 'Update'): PolicyRow<Config> => {
    const row = found(id, call);
    if (id! in managed) throw fault(`Illegal${verb}`, `You cannot ${verb.toLowerCase()} a managed policy.`);
    return row;
  };

  return {
    create(input: Input, call: Call) {
      const config = checked(input, call);
      const id = newPolicyId();
      const row = table.in(call).put(id, { id, etag: newId(), config, modified: call.world.clock.stamp() });
      const Location = `https://cloudfront.amazonaws.com/2020-05-31/${path}/${id}`;
      return { [name]: answer(row), ETag: row.etag, Location };
    },
    get(input: Input, call: Call) {
      const row = found(input.Id, call);
      return { [name]: answer(row), ETag: row.etag };
    },
    update(input: Input, call: Call) {
      const { id, etag } = own(input.Id, call, 'Update');
      requireMatch(input.IfMatch, etag);
      const config = checked(input, call, id);
      const row = table.in(call).update(id, (draft) => {
        draft.config = config;
        draft.etag = newId();
        draft.modified = call.world.clock.stamp();
      });
      return { [name]: answer(row), ETag: row.etag };
    },
    delete(input: Input, call: Call) {
      const { id, etag } = own(input.Id, call, 'Delete');
      requireMatch(input.IfMatch, etag);
      const inUse = distributions
        .in(call)
        .values()
        .some(({ config }) =>
          [config.DefaultCacheBehavior!, ...(config.CacheBehaviors?.Items ?? [])].some(
            (behavior) => (behavior as unknown as Record<string, unknown>)[`${name}Id`] === id,
          ),
        );
      if (inUse)
        throw fault(
          `${name}InUse`,
          `Cannot delete the ${words} because it is attached to one or more cache behaviors.`,
        );
      table.in(call).delete(id);
      return {};
    },
    list(input: Input, call: Call) {
      const all = [
        ...Object.keys(managed).map((id) => ({ Type: 'managed', [name]: answer(found(id, call)) })),
        ...table
          .in(call)
          .values()
          .map((row) => ({ Type: 'custom', [name]: answer(row) })),
      ].filter(({ Type }) => input.Type === undefined || input.Type === Type);
      return { [`${name}List`]: listPage(all, input) };
    },
  };
}

export const cachePolicy = operationsOf<CachePolicyConfig>({
  name: 'CachePolicy',
  words: 'cache policy',
  path: 'cache-policy',
  managed: MANAGED_CACHE_POLICIES,
  table: cachePolicies,
});
export const originRequestPolicy = operationsOf<OriginRequestPolicyConfig>({
  name: 'OriginRequestPolicy',
  words: 'origin request policy',
  path: 'origin-request-policy',
  managed: MANAGED_ORIGIN_REQUEST_POLICIES,
  table: originRequestPolicies,
});
export const responseHeadersPolicy = operationsOf<ResponseHeadersPolicyConfig>({
  name: 'ResponseHeadersPolicy',
  words: 'response headers policy',
  path: 'response-headers-policy',
  managed: MANAGED_RESPONSE_HEADERS_POLICIES,
  table: responseHeadersPolicies,
});
