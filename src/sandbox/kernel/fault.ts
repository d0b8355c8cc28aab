export interface FaultOptions {
  /** HTTP status; 400 unless said otherwise. */
  status?: number;
  /** Modelled fields of the error shape beside the message, for example `{ BucketName }`. */
  fields?: Record<string, unknown>;
}

/** An error as AWS answers it: thrown by an operation, written by the protocol of the request. */
export class AwsFault extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Record<string, unknown>;

  constructor(code: string, message: string, { status = 400, fields = {} }: FaultOptions = {}) {
    super(message);
    this.name = 'AwsFault';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}
