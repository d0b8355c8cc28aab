import type { STSClientConfig } from '@aws-sdk/client-sts';

export type Credentials = NonNullable<STSClientConfig['credentials']>;

/** Everything that a client of AWS needs to know, the same for all services of one region. */
export interface Connection {
  readonly account: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Absent: what the SDK finds itself, AWS_ENDPOINT_URL and the shared configuration included. */
  readonly endpoint?: string;
  /** The sandbox: nothing around us may have a say in where a call goes. */
  readonly fenced: boolean;
  /** Aborted by Ctrl-C; absent: the call is to go on all the same. */
  readonly signal?: AbortSignal;
  /** Proxies and certificate authorities are read from here. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}
