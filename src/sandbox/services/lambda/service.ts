import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { asyncTimers } from './async-calls.ts';
import { lifecycleTimers } from './lifecycle.ts';
import { mappingTimers } from './mapping-life.ts';
import { networkTimers } from './network.ts';
import { getAccountSettings } from './operations/account-settings.ts';
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './operations/aliases.ts';
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from './operations/concurrency.ts';
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  listFunctionEventInvokeConfigs,
  putFunctionEventInvokeConfig,
  updateFunctionEventInvokeConfig,
} from './operations/event-invoke-configs.ts';
import {
  createEventSourceMapping,
  deleteEventSourceMapping,
  getEventSourceMapping,
  listEventSourceMappings,
  updateEventSourceMapping,
} from './operations/event-source-mappings.ts';
import {
  createFunctionUrlConfig,
  deleteFunctionUrlConfig,
  getFunctionUrlConfig,
  listFunctionUrlConfigs,
  updateFunctionUrlConfig,
} from './operations/function-urls.ts';
import {
  createFunction,
  deleteFunction,
  getFunction,
  getFunctionConfiguration,
  listFunctions,
} from './operations/functions.ts';
import { invoke } from './operations/invoke.ts';
import {
  deleteLayerVersion,
  getLayerVersion,
  getLayerVersionByArn,
  listLayers,
  listLayerVersions,
  publishLayerVersion,
} from './operations/layers.ts';
import { addPermission, getPolicy, removePermission } from './operations/permissions.ts';
import { listTags, tagResource, untagResource } from './operations/tag-resource.ts';
import { updateFunctionCode, updateFunctionConfiguration } from './operations/update-function.ts';
import { listVersionsByFunction, publishVersion } from './operations/versions.ts';
import { pollTimers } from './poll.ts';
import { alias } from './resources/alias.ts';
import { eventInvokeConfig } from './resources/event-invoke-config.ts';
import { eventSourceMapping } from './resources/event-source-mapping.ts';
import { lambdaFunction } from './resources/function.ts';
import { functionUrl } from './resources/function-url.ts';
import { layerVersion } from './resources/layer-version.ts';
import { permission } from './resources/permission.ts';
import { version } from './resources/version.ts';

export const lambda: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-lambda'),
  client: 'LambdaClient',
  operations: {
    AddPermission: addPermission,
    CreateAlias: createAlias,
    CreateEventSourceMapping: createEventSourceMapping,
    CreateFunction: createFunction,
    CreateFunctionUrlConfig: createFunctionUrlConfig,
    DeleteAlias: deleteAlias,
    DeleteEventSourceMapping: deleteEventSourceMapping,
    DeleteFunction: deleteFunction,
    DeleteFunctionConcurrency: deleteFunctionConcurrency,
    DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
    DeleteFunctionUrlConfig: deleteFunctionUrlConfig,
    DeleteLayerVersion: deleteLayerVersion,
    GetAccountSettings: getAccountSettings,
    GetAlias: getAlias,
    GetEventSourceMapping: getEventSourceMapping,
    GetFunction: getFunction,
    GetFunctionConcurrency: getFunctionConcurrency,
    GetFunctionConfiguration: getFunctionConfiguration,
    GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
    GetFunctionUrlConfig: getFunctionUrlConfig,
    GetLayerVersion: getLayerVersion,
    GetLayerVersionByArn: getLayerVersionByArn,
    GetPolicy: getPolicy,
    Invoke: invoke,
    ListAliases: listAliases,
    ListEventSourceMappings: listEventSourceMappings,
    ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
    ListFunctions: listFunctions,
    ListFunctionUrlConfigs: listFunctionUrlConfigs,
    ListLayers: listLayers,
    ListLayerVersions: listLayerVersions,
    ListTags: listTags,
    ListVersionsByFunction: listVersionsByFunction,
    PublishLayerVersion: publishLayerVersion,
    PublishVersion: publishVersion,
    PutFunctionConcurrency: putFunctionConcurrency,
    PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
    RemovePermission: removePermission,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateAlias: updateAlias,
    UpdateEventSourceMapping: updateEventSourceMapping,
    UpdateFunctionCode: updateFunctionCode,
    UpdateFunctionConfiguration: updateFunctionConfiguration,
    UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
    UpdateFunctionUrlConfig: updateFunctionUrlConfig,
  },
  timers: { ...asyncTimers, ...lifecycleTimers, ...mappingTimers, ...networkTimers, ...pollTimers },
  resources: {
    'AWS::Lambda::Alias': alias,
    'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
    'AWS::Lambda::EventSourceMapping': eventSourceMapping,
    'AWS::Lambda::Function': lambdaFunction,
    'AWS::Lambda::LayerVersion': layerVersion,
    'AWS::Lambda::Permission': permission,
    'AWS::Lambda::Url': functionUrl,
    'AWS::Lambda::Version': version,
  },
};
