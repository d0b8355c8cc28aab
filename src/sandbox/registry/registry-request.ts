import type { IncomingMessage } from 'node:http';
import type { Scope } from '../kernel/scope.ts';

export interface RegistryRequest {
  readonly message: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The account and region that the login was for. */
  readonly scope: Scope;
}
