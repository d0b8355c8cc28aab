import type { Cors, DestinationConfig, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { defineTable, type Scope } from '../../kernel/scope.ts';

export const LATEST = '$LATEST';

/** What is configured, in Lambda's own members; where it stands and what it is called are kept beside it. */
export type Settings = Pick<
  FunctionConfiguration,
  | 'Architectures'
  | 'DeadLetterConfig'
  | 'Description'
  | 'EphemeralStorage'
  | 'FileSystemConfigs'
  | 'Handler'
  | 'KMSKeyArn'
  | 'LoggingConfig'
  | 'MemorySize'
  | 'PackageType'
  | 'Role'
  | 'Runtime'
  | 'SnapStart'
  | 'Timeout'
  | 'TracingConfig'
  | 'VpcConfig'
> & { Environment?: Record<string, string>; Layers?: string[] };

export interface Code {
  /** SHA-256 as Lambda shows it, in base64. */
  sha256: string;
  size: number;
  /** The archive; absent for an image. */
  blob?: string;
  imageUri?: string;
}

/** `$LATEST` or a published version of a function. */
export interface VersionRow {
  function: string;
  version: string;
  settings: Settings;
  code: Code;
  revisionId: string;
  /** As Lambda writes it. */
  modified: string;
  state: 'Active' | 'Failed' | 'Pending';
  stateReason?: string;
  stateReasonCode?: string;
  update?: { status: 'Failed' | 'InProgress' | 'Successful'; reason?: string; code?: string };
}

export interface FunctionRow {
  name: string;
  /** The number of the version that was published last. */
  published: number;
  /** What `$LATEST` was when that was published. */
  publishedDigest?: string;
  tags: Record<string, string>;
  reserved?: number;
}

export interface AliasRow {
  function: string;
  name: string;
  version: string;
  description: string;
  /** Part of the calls, 0 to 1, that another version gets. */
  weights: Record<string, number>;
  revisionId: string;
}

interface PolicyRow {
  statements: Record<string, unknown>[];
  revisionId: string;
}

export interface EventInvokeRow {
  arn: string;
  attempts?: number;
  maxAgeS?: number;
  destinations: DestinationConfig;
  modified: number;
}

export interface UrlRow {
  id: string;
  function: string;
  alias?: string;
  auth: 'AWS_IAM' | 'NONE';
  mode: 'BUFFERED' | 'RESPONSE_STREAM';
  cors?: Cors;
  created: string;
  modified: string;
}

export interface MappingRow {
  uuid: string;
  sourceArn: string;
  /** With its qualifier, when it has one. */
  functionArn: string;
  state: 'Creating' | 'Deleting' | 'Disabled' | 'Disabling' | 'Enabled' | 'Enabling' | 'Updating';
  enabled: boolean;
  batchSize: number;
  windowS: number;
  maxConcurrency?: number;
  filters?: string[];
  reportsFailures: boolean;
  tags: Record<string, string>;
  modified: number;
}

export interface LayerVersionRow {
  layer: string;
  version: number;
  code: Code;
  description: string;
  architectures?: string[];
  runtimes?: string[];
  license?: string;
  created: string;
  deleted?: boolean;
}

export const functions = defineTable<FunctionRow>('lambda.functions');
/** By `<function>:<version>`. */
export const versions = defineTable<VersionRow>('lambda.versions');
/** By `<function>:<alias>`. */
export const aliases = defineTable<AliasRow>('lambda.aliases');
/** By `<function>` or `<function>:<qualifier>`. */
export const policies = defineTable<PolicyRow>('lambda.policies');
/** By `<function>:<qualifier>`. */
export const eventInvokes = defineTable<EventInvokeRow>('lambda.event-invokes');
/** By `<function>` or `<function>:<alias>`. */
export const urls = defineTable<UrlRow>('lambda.urls');
export const mappings = defineTable<MappingRow>('lambda.mappings');
/** By `<layer>:<version>`. */
export const layerVersions = defineTable<LayerVersionRow>('lambda.layers');

/** A function of a table that is keyed by function and something else. */
export const belongsTo =
  (name: string) =>
  ([key]: [string, unknown]): boolean =>
    key === name || key.startsWith(`${name}:`);

export const functionArn = ({ account, region }: Scope, name: string, qualifier?: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;

export const latestOf = (scope: Scope, name: string): VersionRow => versions.in(scope).get(`${name}:${LATEST}`)!;

/** `2026-11-29T20:12:04.000+0000` */
export const lambdaTime = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
