import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import {
  getApi,
  getApiMappings,
  getApis,
  getAuthorizer,
  getAuthorizers,
  getDomainName,
  getDomainNames,
  getIntegration,
  getIntegrations,
  getRoute,
  getRoutes,
  getStage,
  getStages,
  getTags,
} from './reads.ts';
import { api, apiMapping, authorizer, deployment, domainName, integration, route, stage } from './resource-types.ts';

/** Clients sign for `apigateway` too; their paths begin with `/v2/`. */
export const apiGatewayV2: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-apigatewayv2'),
  client: 'ApiGatewayV2Client',
  operations: {
    GetAuthorizer: getAuthorizer,
    GetDomainName: getDomainName,
    GetDomainNames: getDomainNames,
    GetIntegration: getIntegration,
    GetRoute: getRoute,
    GetTags: getTags,
    GetApi: getApi,
    GetApiMappings: getApiMappings,
    GetApis: getApis,
    GetAuthorizers: getAuthorizers,
    GetIntegrations: getIntegrations,
    GetRoutes: getRoutes,
    GetStage: getStage,
    GetStages: getStages,
  },
  resources: {
    'AWS::ApiGatewayV2::Api': api,
    'AWS::ApiGatewayV2::ApiMapping': apiMapping,
    'AWS::ApiGatewayV2::Authorizer': authorizer,
    'AWS::ApiGatewayV2::Deployment': deployment,
    'AWS::ApiGatewayV2::DomainName': domainName,
    'AWS::ApiGatewayV2::Integration': integration,
    'AWS::ApiGatewayV2::Route': route,
    'AWS::ApiGatewayV2::Stage': stage,
  },
};
