import type { Call, TableDefinition } from '../../kernel/scope.ts';
import { badRequest, notFound } from '../apigateway/refusals.ts';
import { type DomainRow, domains, mappings } from '../apigateway/state.ts';
import { page } from '../page.ts';
import { authorizers, type HttpPart, httpApis, integrations, partsOf, routes, stages } from './state.ts';

interface Input {
  ApiId?: string;
  DomainName?: string;
  StageName?: string;
  RouteId?: string;
  IntegrationId?: string;
  AuthorizerId?: string;
  ResourceArn?: string;
  NextToken?: string;
  MaxResults?: string;
}

function paged<T>(rows: readonly T[], { NextToken, MaxResults = '100' }: Input) {
  const refuse = (): never => {
    throw badRequest('Invalid NextToken');
  };
  const { items, next } = page(rows, { size: Number(MaxResults), token: NextToken, refuse });
  return { Items: items, ...(next !== undefined && { NextToken: next }) };
}

const apiAnswer = ({ id, declared, created, tags = {} }: HttpPart, { region }: Call) => ({
  ApiId: id,
  ApiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com`,
  Name: declared.Name,
  ProtocolType: declared.ProtocolType,
  RouteSelectionExpression: declared.RouteSelectionExpression ?? '$request.method $request.path',
  ApiKeySelectionExpression: '$request.header.x-api-key',
  DisableExecuteApiEndpoint: String(declared.DisableExecuteApiEndpoint ?? false) === 'true',
  ...(declared.Description !== undefined && { Description: declared.Description }),
  ...(declared.CorsConfiguration && { CorsConfiguration: structuredClone(declared.CorsConfiguration) }),
  CreatedDate: new Date(created),
  Tags: { ...tags },
});

function found(ApiId: string | undefined, call: Call): HttpPart {
  const row = httpApis.in(call).get(ApiId ?? '');
  if (!row) throw notFound(`Invalid API identifier specified ${call.account}:${ApiId}`);
  return row;
}

export const getApi = ({ ApiId }: Input, call: Call) => apiAnswer(found(ApiId, call), call);

export const getApis = (input: Input, call: Call) =>
  paged(
    httpApis
      .in(call)
      .values()
      .map((row) => apiAnswer(row, call)),
    input,
  );

type PartId = 'AuthorizerId' | 'IntegrationId' | 'RouteId';

/** Parts are answered as they were declared, with their id. */
const partAnswer = ({ id, declared: { ApiId: _, Tags: __, ...rest } }: HttpPart, idName: PartId) => ({
  ...structuredClone(rest),
  [idName]: id,
});

const listed = (table: TableDefinition<HttpPart>, idName: PartId) => (input: Input, call: Call) =>
  paged(
    partsOf(table, found(input.ApiId, call).id, call).map((row) => partAnswer(row, idName)),
    input,
  );

const one = (table: TableDefinition<HttpPart>, idName: PartId) => (input: Input, call: Call) => {
  const row = table.in(call).get(`${found(input.ApiId, call).id}/${input[idName]}`);
  if (!row) throw notFound(`Invalid ${idName.replace('Id', '')} identifier specified ${input[idName]}`);
  return partAnswer(row, idName);
};

export const getRoutes = listed(routes, 'RouteId');
export const getIntegrations = listed(integrations, 'IntegrationId');
export const getAuthorizers = listed(authorizers, 'AuthorizerId');

export const getRoute = one(routes, 'RouteId');
export const getIntegration = one(integrations, 'IntegrationId');
export const getAuthorizer = one(authorizers, 'AuthorizerId');

const stageAnswer = ({ id, declared, created, tags = {} }: HttpPart) => ({
  StageName: id,
  AutoDeploy: String(declared.AutoDeploy ?? false) === 'true',
  ...(declared.AccessLogSettings && { AccessLogSettings: structuredClone(declared.AccessLogSettings) }),
  ...(declared.Description !== undefined && { Description: declared.Description }),
  ...(declared.StageVariables && { StageVariables: structuredClone(declared.StageVariables) }),
  CreatedDate: new Date(created),
  LastUpdatedDate: new Date(created),
  Tags: { ...tags },
});

export const getStages = (input: Input, call: Call) =>
  paged(partsOf(stages, found(input.ApiId, call).id, call).map(stageAnswer), input);

export function getStage({ ApiId, StageName }: Input, call: Call) {
  const row = stages.in(call).get(`${found(ApiId, call).id}/${StageName}`);
  if (!row) throw notFound(`Invalid Stage identifier specified`);
  return stageAnswer(row);
}

/** One name is one domain for both kinds of APIs. */
const domainAnswer = ({ name, declared, regionalName, hostedZoneId, tags }: DomainRow) => {
  const [given = {}] = declared.DomainNameConfigurations ?? [];
  return {
    DomainName: name,
    ApiMappingSelectionExpression: '$request.basepath',
    DomainNameConfigurations: [
      {
        ApiGatewayDomainName: regionalName,
        CertificateArn: given.CertificateArn ?? declared.RegionalCertificateArn ?? declared.CertificateArn,
        DomainNameStatus: 'AVAILABLE',
        EndpointType: given.EndpointType ?? declared.EndpointConfiguration?.Types?.[0] ?? 'REGIONAL',
        HostedZoneId: hostedZoneId,
        SecurityPolicy: given.SecurityPolicy ?? declared.SecurityPolicy ?? 'TLS_1_2',
      },
    ],
    Tags: { ...tags },
  };
};

export const getDomainNames = (input: Input, call: Call) => paged(domains.in(call).values().map(domainAnswer), input);

export function getDomainName({ DomainName }: Input, call: Call) {
  const row = domains.in(call).get(DomainName ?? '');
  if (!row) throw notFound('Invalid domain name identifier specified');
  return domainAnswer(row);
}

/** Of APIs, stages and domains, by the end of their ARN. */
export function getTags({ ResourceArn = '' }: Input, call: Call) {
  const path = ResourceArn.slice(ResourceArn.indexOf('::/') + 3);
  const [, api, stage] = /^apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(path) ?? [];
  const [, domain] = /^domainnames\/([^/]+)$/.exec(path) ?? [];
  if (stage !== undefined) return { Tags: getStage({ ApiId: api!, StageName: stage }, call).Tags };
  if (api !== undefined) return { Tags: getApi({ ApiId: api }, call).Tags };
  if (domain !== undefined) return { Tags: getDomainName({ DomainName: domain }, call).Tags };
  throw notFound(`Invalid resource identifier specified ${ResourceArn}`);
}

export function getApiMappings(input: Input, call: Call) {
  if (!domains.in(call).has(input.DomainName ?? '')) throw notFound('Invalid domain name identifier specified');
  const rows = mappings
    .in(call)
    .values()
    .filter(({ domain }) => domain === input.DomainName);
  return paged(
    rows.map(({ id, api, stage, path }) => ({
      ApiMappingId: id,
      ApiId: api,
      Stage: stage,
      ApiMappingKey: path === '(none)' ? '' : path,
    })),
    input,
  );
}
