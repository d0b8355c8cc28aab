import type { IncomingHttpHeaders } from 'node:http';
import type { AwsFault } from '../kernel/fault.ts';
import type { OperationModel, ServiceModel } from './service-model.ts';

/** A request as it came, its body whole and freed of `aws-chunked`. */
export interface WireRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

/** One way of writing requests and answers; all are driven by the schemas of the SDK's clients. */
export interface Protocol {
  /** The operation that is asked for; undefined when the request names none. */
  operationName(request: WireRequest, model: ServiceModel): string | undefined;
  readInput(request: WireRequest, operation: OperationModel, model: ServiceModel): Record<string, unknown>;
  writeOutput(output: unknown, operation: OperationModel, model: ServiceModel, requestId: string): WireAnswer;
  /** What AWS answers, in this protocol, to an operation that it does not have. */
  readonly unknownOperationCode: string;
  writeFault(fault: AwsFault, model: ServiceModel, requestId: string, request: WireRequest): WireAnswer;
}
