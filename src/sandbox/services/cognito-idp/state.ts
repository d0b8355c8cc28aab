import { randomInt } from 'node:crypto';
import type {
  CreateUserPoolRequest,
  SchemaAttributeType,
  UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import { defineTable } from '../../kernel/scope.ts';

/** What a pool was told, as it was told; defaults come with the answer. */
export type PoolSettings = Omit<
  CreateUserPoolRequest,
  'PoolName' | 'UserPoolTags' | 'Schema' | 'MfaConfiguration' | 'DeletionProtection'
>;

export interface UserPoolRow {
  id: string;
  arn: string;
  name: string;
  settings: PoolSettings;
  /** Attributes that the pool has beside the standard ones, or that it has made a standard one into. */
  schema: SchemaAttributeType[];
  isProtected: boolean;
  mfa: { required: 'OFF' | 'ON' | 'OPTIONAL'; softwareToken: boolean };
  tags: Record<string, string>;
  created: number;
  modified: number;
}

export interface UserPoolClientRow {
  id: string;
  pool: string;
  name: string;
  secret?: string;
  settings: Omit<
    UserPoolClientType,
    'UserPoolId' | 'ClientName' | 'ClientId' | 'ClientSecret' | 'CreationDate' | 'LastModifiedDate' | 'ClientType'
  >;
  created: number;
  modified: number;
}

export interface GroupRow {
  name: string;
  pool: string;
  description?: string;
  roleArn?: string;
  precedence?: number;
  created: number;
  modified: number;
}

export const userPools = defineTable<UserPoolRow>('cognito-idp.user-pools');
/** By `<pool>/<client>`. */
export const userPoolClients = defineTable<UserPoolClientRow>('cognito-idp.clients');
/** By `<pool>/<group>`. */
export const groups = defineTable<GroupRow>('cognito-idp.groups');

const SMALL = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ALL = `${SMALL}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

const random = (letters: string, length: number): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

/** `us-east-1_Ab12Cd34E` */
export const freshPoolId = (region: string): string => `${region}_${random(ALL, 9)}`;
export const freshClientId = (): string => random(SMALL, 26);
export const freshSecret = (): string => random(SMALL, 51);
/** CloudFormation names pools and clients by their logical id alone. */
export const generatedName = (logicalId: string): string => `${logicalId}-${random(ALL, 12)}`;
