import { defineTable } from '../../kernel/scope.ts';

export interface Tag {
  Key: string;
  Value: string;
}

export interface VersionRow {
  id: string;
  /** In alphabetical order; without any the version is deprecated. */
  stages: string[];
  string?: string;
  /** Base64. */
  binary?: string;
  /** Neither is there before `createSecret` of a rotation has put it. */
  created: number;
  /** A whole day, as AWS keeps it. */
  lastAccessed?: number;
}

export interface SecretRow {
  arn: string;
  name: string;
  description?: string;
  kmsKeyId?: string;
  created: number;
  changed: number;
  lastAccessed?: number;
  lastRotated?: number;
  nextRotation?: number;
  /** Oldest first. */
  versions: VersionRow[];
  /** Absent until a secret is tagged for the first time: answers tell these apart. */
  tags?: Tag[];
  policy?: string;
  rotation?: {
    enabled: boolean;
    lambdaArn?: string;
    rules: { AutomaticallyAfterDays?: number; Duration?: string; ScheduleExpression?: string };
  };
  /** The rotation that is under way, and how often it was begun. */
  rotating?: { token: string; tries: number; isTest: boolean };
  /** Begins the next rotation by itself. */
  rotationTimer?: string;
  owningService?: string;
  /** When somebody asked for its deletion, when it will be, and the timer that will do it. */
  deletion?: { asked: number; due: number; timer: string };
}

/** By ARN. */
export const secrets = defineTable<SecretRow>('secretsmanager.secrets');

/** AWS's own staging labels. */
export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';
