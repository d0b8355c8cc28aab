import { defineTable, type Scope, type TableDefinition } from '../../kernel/scope.ts';

/** What something was declared as: properties of its CloudFormation type. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of each type's own schema
export type Declared = Record<string, any>;

export interface HttpPart {
  id: string;
  api: string;
  declared: Declared;
  created: number;
  tags?: Record<string, string>;
}

export const httpApis = defineTable<HttpPart>('apigatewayv2.apis');
const parts = (kind: string): TableDefinition<HttpPart> => defineTable<HttpPart>(`apigatewayv2.${kind}`);
/** By `<api>/<id>`; stages by `<api>/<name>`. */
export const routes = parts('routes');
export const integrations = parts('integrations');
export const authorizers = parts('authorizers');
export const stages = parts('stages');
export const deployments = parts('deployments');

export const partsOf = (table: TableDefinition<HttpPart>, api: string, scope: Scope): HttpPart[] =>
  table
    .in(scope)
    .values()
    .filter((row) => row.api === api);
