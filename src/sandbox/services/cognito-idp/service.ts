import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import {
  createUserPoolClient,
  deleteUserPoolClient,
  describeUserPoolClient,
  listUserPoolClients,
  updateUserPoolClient,
} from './operations/clients.ts';
import { createGroup, deleteGroup, getGroup, listGroups, updateGroup } from './operations/groups.ts';
import { getUserPoolMfaConfig, setUserPoolMfaConfig } from './operations/mfa.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import {
  createUserPool,
  deleteUserPool,
  describeUserPool,
  listUserPools,
  updateUserPool,
} from './operations/user-pools.ts';
import { userPool } from './resources/user-pool.ts';
import { userPoolClient } from './resources/user-pool-client.ts';
import { userPoolGroup } from './resources/user-pool-group.ts';

export const cognitoIdp: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-cognito-identity-provider'),
  client: 'CognitoIdentityProviderClient',
  operations: {
    CreateGroup: createGroup,
    CreateUserPool: createUserPool,
    CreateUserPoolClient: createUserPoolClient,
    DeleteGroup: deleteGroup,
    DeleteUserPool: deleteUserPool,
    DeleteUserPoolClient: deleteUserPoolClient,
    DescribeUserPool: describeUserPool,
    DescribeUserPoolClient: describeUserPoolClient,
    GetGroup: getGroup,
    GetUserPoolMfaConfig: getUserPoolMfaConfig,
    ListGroups: listGroups,
    ListTagsForResource: listTagsForResource,
    ListUserPoolClients: listUserPoolClients,
    ListUserPools: listUserPools,
    SetUserPoolMfaConfig: setUserPoolMfaConfig,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateGroup: updateGroup,
    UpdateUserPool: updateUserPool,
    UpdateUserPoolClient: updateUserPoolClient,
  },
  resources: {
    'AWS::Cognito::UserPool': userPool,
    'AWS::Cognito::UserPoolClient': userPoolClient,
    'AWS::Cognito::UserPoolGroup': userPoolGroup,
  },
};
