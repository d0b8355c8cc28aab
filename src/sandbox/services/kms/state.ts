import { defineTable } from '../../kernel/scope.ts';

export interface KeyRow {
  id: string;
  arn: string;
  account: string;
  /** Real milliseconds since 1970. */
  createdAt: number;
  description: string;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  keySpec: string;
  keyUsage: string;
  multiRegion: boolean;
  /** `AWS` for keys that a service made for itself. */
  manager: 'AWS' | 'CUSTOMER';
  policy: string;
  tags: { TagKey: string; TagValue: string }[];
  rotation?: { periodInDays: number };
  /** Base64; the data key's key. It never leaves the sandbox. */
  material: string;
  deletion?: { timerId: string; dueAt: number; windowInDays: number };
}

export interface AliasRow {
  name: string;
  keyId: string;
  createdAt: number;
  updatedAt: number;
}

export const keys = defineTable<KeyRow>('kms.keys');
export const aliases = defineTable<AliasRow>('kms.aliases');
