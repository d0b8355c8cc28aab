import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { createAccessKey, deleteAccessKey, listAccessKeys, updateAccessKey } from './operations/access-keys.ts';
import { listAccountAliases } from './operations/account-aliases.ts';
import { groupAttachments, roleAttachments, userAttachments } from './operations/attached-policies.ts';
import {
  deletePolicy,
  deletePolicyVersion,
  setDefaultPolicyVersion,
  tagPolicy,
  untagPolicy,
} from './operations/change-policy.ts';
import {
  deleteRole,
  deleteRolePermissionsBoundary,
  putRolePermissionsBoundary,
  tagRole,
  untagRole,
  updateAssumeRolePolicy,
  updateRole,
} from './operations/change-role.ts';
import { createPolicy, createPolicyVersion } from './operations/create-policy.ts';
import { createRole } from './operations/create-role.ts';
import {
  addUserToGroup,
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  listGroupsForUser,
  removeUserFromGroup,
} from './operations/groups.ts';
import { groupPolicies, rolePolicies, userPolicies } from './operations/inline-policies.ts';
import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  removeRoleFromInstanceProfile,
} from './operations/instance-profiles.ts';
import {
  addClientIDToOpenIDConnectProvider,
  createOpenIDConnectProvider,
  deleteOpenIDConnectProvider,
  getOpenIDConnectProvider,
  listOpenIDConnectProviders,
  removeClientIDFromOpenIDConnectProvider,
  tagOpenIDConnectProvider,
  untagOpenIDConnectProvider,
  updateOpenIDConnectProviderThumbprint,
} from './operations/oidc-providers.ts';
import {
  getPolicy,
  getPolicyVersion,
  listEntitiesForPolicy,
  listPolicies,
  listPolicyTags,
  listPolicyVersions,
} from './operations/read-policies.ts';
import { getRole, listRoles, listRoleTags } from './operations/read-roles.ts';
import {
  createServiceLinkedRole,
  deleteServiceLinkedRole,
  getServiceLinkedRoleDeletionStatus,
} from './operations/service-linked-roles.ts';
import {
  createServiceSpecificCredential,
  deleteServiceSpecificCredential,
  listServiceSpecificCredentials,
  resetServiceSpecificCredential,
  updateServiceSpecificCredential,
} from './operations/service-specific-credentials.ts';
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy.ts';
import { createUser, deleteUser, getUser, listUsers, listUserTags, tagUser, untagUser } from './operations/users.ts';
import { instanceProfile } from './resources/instance-profile.ts';
import { managedPolicy } from './resources/managed-policy.ts';
import { oidcProvider } from './resources/oidc-provider.ts';
import { policy } from './resources/policy.ts';
import { role } from './resources/role.ts';
import { serviceLinkedRole } from './resources/service-linked-role.ts';
import { user } from './resources/user.ts';

export const iam: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-iam'),
  client: 'IAMClient',
  operations: {
    CreateRole: createRole,
    GetRole: getRole,
    ListRoles: listRoles,
    ListRoleTags: listRoleTags,
    UpdateRole: updateRole,
    UpdateAssumeRolePolicy: updateAssumeRolePolicy,
    PutRolePermissionsBoundary: putRolePermissionsBoundary,
    DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
    TagRole: tagRole,
    UntagRole: untagRole,
    DeleteRole: deleteRole,
    CreatePolicy: createPolicy,
    CreatePolicyVersion: createPolicyVersion,
    GetPolicy: getPolicy,
    GetPolicyVersion: getPolicyVersion,
    ListPolicyVersions: listPolicyVersions,
    ListPolicies: listPolicies,
    ListPolicyTags: listPolicyTags,
    ListEntitiesForPolicy: listEntitiesForPolicy,
    SetDefaultPolicyVersion: setDefaultPolicyVersion,
    DeletePolicyVersion: deletePolicyVersion,
    DeletePolicy: deletePolicy,
    TagPolicy: tagPolicy,
    UntagPolicy: untagPolicy,
    CreateInstanceProfile: createInstanceProfile,
    GetInstanceProfile: getInstanceProfile,
    ListInstanceProfiles: listInstanceProfiles,
    ListInstanceProfilesForRole: listInstanceProfilesForRole,
    AddRoleToInstanceProfile: addRoleToInstanceProfile,
    RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
    DeleteInstanceProfile: deleteInstanceProfile,
    CreateOpenIDConnectProvider: createOpenIDConnectProvider,
    GetOpenIDConnectProvider: getOpenIDConnectProvider,
    ListOpenIDConnectProviders: listOpenIDConnectProviders,
    DeleteOpenIDConnectProvider: deleteOpenIDConnectProvider,
    UpdateOpenIDConnectProviderThumbprint: updateOpenIDConnectProviderThumbprint,
    AddClientIDToOpenIDConnectProvider: addClientIDToOpenIDConnectProvider,
    RemoveClientIDFromOpenIDConnectProvider: removeClientIDFromOpenIDConnectProvider,
    TagOpenIDConnectProvider: tagOpenIDConnectProvider,
    UntagOpenIDConnectProvider: untagOpenIDConnectProvider,
    CreateUser: createUser,
    GetUser: getUser,
    ListUsers: listUsers,
    ListUserTags: listUserTags,
    TagUser: tagUser,
    UntagUser: untagUser,
    DeleteUser: deleteUser,
    CreateGroup: createGroup,
    GetGroup: getGroup,
    ListGroups: listGroups,
    ListGroupsForUser: listGroupsForUser,
    AddUserToGroup: addUserToGroup,
    RemoveUserFromGroup: removeUserFromGroup,
    DeleteGroup: deleteGroup,
    CreateAccessKey: createAccessKey,
    ListAccessKeys: listAccessKeys,
    ListAccountAliases: listAccountAliases,
    UpdateAccessKey: updateAccessKey,
    DeleteAccessKey: deleteAccessKey,
    CreateServiceLinkedRole: createServiceLinkedRole,
    DeleteServiceLinkedRole: deleteServiceLinkedRole,
    GetServiceLinkedRoleDeletionStatus: getServiceLinkedRoleDeletionStatus,
    CreateServiceSpecificCredential: createServiceSpecificCredential,
    ListServiceSpecificCredentials: listServiceSpecificCredentials,
    UpdateServiceSpecificCredential: updateServiceSpecificCredential,
    ResetServiceSpecificCredential: resetServiceSpecificCredential,
    DeleteServiceSpecificCredential: deleteServiceSpecificCredential,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
    PutRolePolicy: rolePolicies.put,
    GetRolePolicy: rolePolicies.get,
    ListRolePolicies: rolePolicies.list,
    DeleteRolePolicy: rolePolicies.delete,
    AttachRolePolicy: roleAttachments.attach,
    DetachRolePolicy: roleAttachments.detach,
    ListAttachedRolePolicies: roleAttachments.list,
    PutUserPolicy: userPolicies.put,
    GetUserPolicy: userPolicies.get,
    ListUserPolicies: userPolicies.list,
    DeleteUserPolicy: userPolicies.delete,
    AttachUserPolicy: userAttachments.attach,
    DetachUserPolicy: userAttachments.detach,
    ListAttachedUserPolicies: userAttachments.list,
    PutGroupPolicy: groupPolicies.put,
    GetGroupPolicy: groupPolicies.get,
    ListGroupPolicies: groupPolicies.list,
    DeleteGroupPolicy: groupPolicies.delete,
    AttachGroupPolicy: groupAttachments.attach,
    DetachGroupPolicy: groupAttachments.detach,
    ListAttachedGroupPolicies: groupAttachments.list,
  },
  resources: {
    'AWS::IAM::InstanceProfile': instanceProfile,
    'AWS::IAM::ManagedPolicy': managedPolicy,
    'AWS::IAM::OIDCProvider': oidcProvider,
    'AWS::IAM::Policy': policy,
    'AWS::IAM::Role': role,
    'AWS::IAM::ServiceLinkedRole': serviceLinkedRole,
    'AWS::IAM::User': user,
  },
};
