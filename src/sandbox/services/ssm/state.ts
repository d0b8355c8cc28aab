import { defineTable } from '../../kernel/scope.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface ParameterVersion {
  version: number;
  type: ParameterType;
  /** In the clear, SecureString too: the sandbox keeps no secret from itself. */
  value: string;
  description?: string;
  keyId?: string;
  allowedPattern?: string;
  dataType: string;
  tier: 'Standard' | 'Advanced';
  labels: string[];
  /** Real milliseconds since 1970. */
  modifiedAt: number;
  modifiedBy: string;
}

export interface ParameterRow {
  name: string;
  arn: string;
  /** Oldest first; the last is the current one. */
  versions: ParameterVersion[];
  tags: { Key: string; Value: string }[];
}

export const parameters = defineTable<ParameterRow>('ssm.parameters');

export const parameterArn = ({ account, region }: { account: string; region: string }, name: string): string =>
  `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;

/** A session of Session Manager, by its id. */
export interface SessionRow {
  target: string;
  document: string;
  open: boolean;
}

export const sessions = defineTable<SessionRow>('ssm.sessions');
