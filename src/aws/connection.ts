import type { STSClientConfig } from '@aws-sdk/client-sts';

/** Asked again when the keys are about to end. */
export type Credentials = Extract<NonNullable<STSClientConfig['credentials']>, (...input: never[]) => unknown>;

/** Everything that a client of AWS needs to know, the same for all services of one region. */
export interface Connection {
  readonly account: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Whose endpoint_url and the like the SDK reads; absent: as AWS_PROFILE says. */
  readonly profile?: string;
  /** Absent: what the SDK finds itself, AWS_ENDPOINT_URL and the shared configuration included. */
  readonly endpoint?: string;
  /** The sandbox: nothing around us may have a say in where a call goes. */
  readonly fenced: boolean;
  /** A first look that must answer within seconds, also when it is no. */
  readonly hurried?: boolean;
  /** Aborted by Ctrl-C; absent: the call is to go on all the same. */
  readonly signal?: AbortSignal;
  /** Hears of every call, by its name and time alone. */
  readonly debug?: (text: string) => void;
  /** PEM file that takes the place of AWS_CA_BUNDLE. */
  readonly authorities?: string;
  /** Proxies and certificate authorities are read from here. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}
