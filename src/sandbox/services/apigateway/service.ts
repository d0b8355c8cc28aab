import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { accountSettings, deployment, restApi, stage } from './api-types.ts';
import { basePathMapping, domainName } from './domain-types.ts';
import { apiKey, usagePlan, usagePlanKey } from './key-types.ts';
import {
  getAccount,
  getApiKey,
  getApiKeys,
  getBasePathMappings,
  getDeployments,
  getDomainName,
  getDomainNames,
  getResources,
  getRestApi,
  getRestApis,
  getStage,
  getStages,
  getUsagePlans,
  updateAccount,
} from './reads.ts';
import { authorizer, gatewayResponse, method, model, requestValidator, resource } from './resource-types.ts';

export const apiGateway: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-api-gateway'),
  client: 'APIGatewayClient',
  operations: {
    GetAccount: getAccount,
    GetApiKey: getApiKey,
    GetApiKeys: getApiKeys,
    GetBasePathMappings: getBasePathMappings,
    GetDeployments: getDeployments,
    GetDomainName: getDomainName,
    GetDomainNames: getDomainNames,
    GetResources: getResources,
    GetRestApi: getRestApi,
    GetRestApis: getRestApis,
    GetStage: getStage,
    GetStages: getStages,
    GetUsagePlans: getUsagePlans,
    UpdateAccount: updateAccount,
  },
  resources: {
    'AWS::ApiGateway::Account': accountSettings,
    'AWS::ApiGateway::ApiKey': apiKey,
    'AWS::ApiGateway::Authorizer': authorizer,
    'AWS::ApiGateway::BasePathMapping': basePathMapping,
    'AWS::ApiGateway::Deployment': deployment,
    'AWS::ApiGateway::DomainName': domainName,
    'AWS::ApiGateway::GatewayResponse': gatewayResponse,
    'AWS::ApiGateway::Method': method,
    'AWS::ApiGateway::Model': model,
    'AWS::ApiGateway::RequestValidator': requestValidator,
    'AWS::ApiGateway::Resource': resource,
    'AWS::ApiGateway::RestApi': restApi,
    'AWS::ApiGateway::Stage': stage,
    'AWS::ApiGateway::UsagePlan': usagePlan,
    'AWS::ApiGateway::UsagePlanKey': usagePlanKey,
  },
};
