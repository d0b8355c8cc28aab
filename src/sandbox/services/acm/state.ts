import { defineTable } from '../../kernel/scope.ts';

export interface CertificateRow {
  arn: string;
  domain: string;
  /** The domain itself first. */
  names: string[];
  method: 'DNS' | 'EMAIL';
  status: 'PENDING_VALIDATION' | 'ISSUED';
  keyAlgorithm: string;
  logsTransparency: 'ENABLED' | 'DISABLED';
  created: number;
  issued?: number;
  /** The token and virtual time of the request that made it. */
  token?: string;
  requested: number;
  /** A timer that will issue it is running. */
  isValidating: boolean;
  tags: { Key: string; Value?: string }[];
}

/** By ARN. */
export const certificates = defineTable<CertificateRow>('acm.certificates');
