import { defineTable } from '../../kernel/scope.ts';

export interface Tag {
  Key: string;
  Value: string;
}

/** What roles, users and groups have alike. Names are unique without regard to case: rows are kept under `keyOf(name)`. */
export interface PolicyHolder {
  name: string;
  id: string;
  arn: string;
  path: string;
  /** Real milliseconds since 1970. */
  created: number;
  inline: Record<string, string>;
  /** ARNs of managed policies, in the order they were attached. */
  attached: string[];
  tags: Tag[];
  boundary?: string;
}

export interface RoleRow extends PolicyHolder {
  trust: string;
  description?: string;
  maxSessionSeconds: number;
  /** The principal that owns a service-linked role. */
  linkedService?: string;
}

export interface UserRow extends PolicyHolder {
  groups: string[];
  accessKeys: { id: string; secret: string; status: 'Active' | 'Inactive'; created: number }[];
  credentials: { id: string; service: string; userName: string; password: string; status: string; created: number }[];
}

export type GroupRow = PolicyHolder;

export interface PolicyRow {
  name: string;
  id: string;
  arn: string;
  path: string;
  description?: string;
  created: number;
  updated: number;
  defaultVersion: string;
  /** Version numbers are never used again. */
  lastVersion: number;
  versions: { id: string; document: string; created: number }[];
  tags: Tag[];
}

export interface InstanceProfileRow {
  name: string;
  id: string;
  arn: string;
  path: string;
  created: number;
  roles: string[];
  tags: Tag[];
}

export interface OidcProviderRow {
  arn: string;
  /** Without `https://`, as GetOpenIDConnectProvider shows it. */
  url: string;
  clientIds: string[];
  thumbprints: string[];
  created: number;
  tags: Tag[];
}

export const roles = defineTable<RoleRow>('iam.roles', 'account');
export const users = defineTable<UserRow>('iam.users', 'account');
export const groups = defineTable<GroupRow>('iam.groups', 'account');
export const policies = defineTable<PolicyRow>('iam.policies', 'account');
export const instanceProfiles = defineTable<InstanceProfileRow>('iam.instance-profiles', 'account');
export const oidcProviders = defineTable<OidcProviderRow>('iam.oidc-providers', 'account');
/** Deletions of service-linked roles that were asked for, by task id. */
export const roleDeletions = defineTable<{ status: string }>('iam.role-deletions', 'account');

export const keyOf = (name: string): string => name.toLowerCase();
