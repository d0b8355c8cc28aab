/** What the sandbox and the process of a function say to each other. */

export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export interface InvokeMessage {
  kind: 'invoke';
  requestId: string;
  /** JSON. */
  event: string;
  arn: string;
  /** Real milliseconds since 1970. */
  deadline: number;
  /** Of the caller, as it gave it. */
  clientContext?: unknown;
}

export type RuntimeMessage =
  | { kind: 'log'; level: string; text: string }
  | { kind: 'ready' }
  | { kind: 'init-error'; error: FunctionError }
  | { kind: 'done'; body: string; rss: number }
  | { kind: 'failed'; error: FunctionError; rss: number; fatal?: boolean };
