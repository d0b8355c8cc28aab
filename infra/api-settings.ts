import type { OnDelete } from './setting-values.ts';

export interface ApiSettings {
  kind: 'rest' | 'http';
  name: string;
  description?: string;
  stage: string;
  /** The function that answers. */
  handler: string;
  domain?: {
    name: string;
    /** Absent: the CLI requested it and keeps its ARN in the environment's state. */
    certificateArn?: string;
  };
  authorizer: ApiAuthorizer;
  cors?: { origins: readonly string[]; methods: readonly string[]; headers: readonly string[] };
  validate: { body: boolean; parameters: boolean };
  throttle?: { burst: number; rate: number };
  logging: { level: 'OFF' | 'ERROR' | 'INFO'; dataTrace: boolean; access: boolean };
  /** A firewall before its stage, shared by the APIs that have one; only REST. */
  waf?: { ratePer5Min: number };
  cacheGb?: number;
  /** Names in a query by which answers differ. */
  cacheQuery?: readonly string[];
  minCompressionBytes?: number;
  apiKeys: boolean;
  /** Of each key. */
  quota?: { limit: number; period: 'DAY' | 'WEEK' | 'MONTH' };
  /** Requests that are answered in a way of their own, by method and path: `POST /events`. */
  routes?: Readonly<Record<string, ApiRoute>>;
}

export interface ApiRoute {
  /** Absent: the API's. */
  handler?: string;
  /** Past the authorizer. */
  open: boolean;
  scopes: readonly string[];
  /** JSON schema of bodies; only REST. */
  body?: Readonly<Record<string, unknown>>;
  /** The function knows nothing of HTTP; only REST. */
  transform?: RouteTransform;
}

/** Values by name, each from one place: `body.order.id`, `answer.id`, `'text'`. */
export interface RouteTransform {
  request: Readonly<Record<string, string>>;
  response?: Readonly<Record<string, string>>;
  status: number;
  /** By status, what the message of an error matches. */
  errors: Readonly<Record<string, string>>;
}

export type ApiAuthorizer =
  | { kind: 'none' }
  /** A function that is asked about each token; only REST. */
  | { kind: 'function'; name: string; cacheSeconds: number }
  /** API Gateway looks at the tokens itself; only HTTP. */
  | { kind: 'jwt'; issuer: string; audience: readonly string[] }
  | { kind: 'cognito'; mfa: 'OFF' | 'OPTIONAL' | 'ON'; groups: readonly string[]; onDelete: OnDelete };
