import { randomBytes } from 'node:crypto';
import { defineTable, type Scope, type TableDefinition } from '../../kernel/scope.ts';

/** What something was declared as: properties of its CloudFormation type. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of each type's own schema
export type Declared = Record<string, any>;

export interface Part {
  id: string;
  /** The API it belongs to. */
  api: string;
  declared: Declared;
  created: number;
  tags?: Record<string, string>;
}

export interface RestApiRow extends Part {
  rootId: string;
}

/** Parts of an API, by `<api>/<id>`. */
const parts = (kind: string): TableDefinition<Part> => defineTable<Part>(`apigateway.${kind}`);

export const restApis = defineTable<RestApiRow>('apigateway.rest-apis');
export const resources = parts('resources');
/** By `<api>/<resource>/<METHOD>`. */
export const methods = parts('methods');
export const authorizers = parts('authorizers');
export const validators = parts('validators');
/** By `<api>/<name>`. */
export const models = parts('models');
/** By `<api>/<type>`. */
export const gatewayResponses = parts('gateway-responses');
/** By `<api>/<name>`. */
export const stages = parts('stages');

/** An API as it was when it was deployed: what is changed later shows with the next deployment only. */
export interface DeploymentRow extends Part {
  resources: Part[];
  rootId: string;
  methods: Part[];
  authorizers: Part[];
  validators: Part[];
  models: Part[];
  gatewayResponses: Part[];
}
export const deployments = defineTable<DeploymentRow>('apigateway.deployments');

export interface ApiKeyRow {
  id: string;
  name: string;
  value: string;
  enabled: boolean;
  description?: string;
  created: number;
  updated: number;
  tags: Record<string, string>;
}
export const apiKeys = defineTable<ApiKeyRow>('apigateway.api-keys');

export interface UsagePlanRow {
  id: string;
  declared: Declared;
  /** Ids of keys. */
  keys: string[];
  /** Calls in the period at hand, by key. */
  used: Record<string, { period: string; count: number }>;
  tags: Record<string, string>;
}
export const usagePlans = defineTable<UsagePlanRow>('apigateway.usage-plans');

export interface DomainRow {
  name: string;
  declared: Declared;
  /** `apigateway` for REST, `apigatewayv2` for HTTP APIs: one name is one domain for both. */
  regionalName: string;
  hostedZoneId: string;
  tags: Record<string, string>;
}
export const domains = defineTable<DomainRow>('apigateway.domains');
/** By `<domain>/<base path>`; `(none)` for the root. */
export const mappings = defineTable<{ domain: string; path: string; api: string; stage: string; id: string }>(
  'apigateway.mappings',
);

/** The account's settings: only the role for logs. */
export const account = defineTable<{ logRole?: string }>('apigateway.account');

/** Ten small letters and digits, as ids of APIs are; six for their parts. */
export const freshId = (length = 10): string =>
  [...randomBytes(length)].map((byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36]).join('');

export const partsOf = <T extends Part>(table: TableDefinition<T>, api: string, scope: Scope): T[] =>
  table
    .in(scope)
    .values()
    .filter((row) => row.api === api);
