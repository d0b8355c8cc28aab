export interface FaultOptions {
  /** HTTP status; absent: the modelled status of the error, or 400. */
  status?: number;
  /** Modelled fields of the error shape beside the message, for example `{ BucketName }`. */
  fields?: Record<string, unknown>;
}

/** An error as AWS answers it: thrown by an operation, written by the protocol of the request. */
export class AwsFault extends Error {
  /** The name of the error shape, or its AWS Query code where that differs. */
  readonly code: string;
  /** Only when the operation said so; the protocol knows the modelled one. */
  readonly givenStatus: number | undefined;
  readonly fields: Record<string, unknown>;

  constructor(code: string, message: string, { status, fields = {} }: FaultOptions = {}) {
    super(message);
    this.name = 'AwsFault';
    this.code = code;
    this.givenStatus = status;
    this.fields = fields;
  }

  get status(): number {
    return this.givenStatus ?? 400;
  }
}
