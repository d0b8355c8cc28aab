import { NormalizedSchema } from '@smithy/core/schema';
import type { AwsFault } from '../kernel/fault.ts';
import type { ServiceDefinition } from '../kernel/service-definition.ts';

export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path with its fixed query, status; only for REST protocols. */
  readonly http: readonly [string, string, number] | undefined;
}

interface ErrorModel {
  readonly name: string;
  readonly schema: NormalizedSchema;
  readonly fault: 'client' | 'server' | undefined;
  /** Code and status of services that speak or once spoke AWS Query. */
  readonly query: readonly [string, number] | undefined;
  readonly status: number | undefined;
}

/** What the SDK's client of a service says about its wire. */
export interface ServiceModel {
  /** The name of the shape id of the client's own protocol, for example `aws.protocols#awsQuery`. */
  readonly protocol: string;
  readonly namespace: string;
  readonly xmlNamespace: string;
  /** Once spoke AWS Query and still gives the codes and statuses of then: SQS and CloudWatch. */
  readonly queryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By shape name and by AWS Query code. */
  readonly errors: ReadonlyMap<string, ErrorModel>;
}

// biome-ignore lint/suspicious/noExplicitAny: the exports of a client package
type Sdk = Record<string, any>;

/** First elements of the schemas that client packages export: see `@smithy/core/schema`. */
const OPERATION = 9;
const ERROR = -3;

/** Namespace of the class that a client throws for errors it has no shape for. */
const SYNTHETIC = 'smithy.ts.sdk.synthetic';

export async function loadModel(definition: ServiceDefinition): Promise<ServiceModel> {
  const sdk: Sdk = await definition.sdk();
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, ErrorModel>();

  for (const schema of Object.values(sdk)) {
    if (!Array.isArray(schema)) continue;
    if (schema[0] === OPERATION) operations.set(schema[2], operationModel(schema));
    if (schema[0] === ERROR && !String(schema[1]).startsWith(SYNTHETIC)) addError(errors, schema);
  }

  const client = new sdk[definition.client]({
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const { protocol } = client.config;
  client.destroy();
  return {
    protocol: protocol.getShapeId(),
    namespace: protocol.options.defaultNamespace,
    xmlNamespace: protocol.options.xmlNamespace ?? QUERY_NAMESPACES[protocol.options.defaultNamespace] ?? '',
    queryCompatible: protocol.awsQueryCompatible === true,
    operations,
    errors,
  };
}

/** Namespaces of services whose clients have left AWS Query but that still answer it. */
const QUERY_NAMESPACES: Record<string, string> = {
  'com.amazonaws.sqs': 'http://queue.amazonaws.com/doc/2012-11-05/',
  'com.amazonaws.cloudwatch': 'http://monitoring.amazonaws.com/doc/2010-08-01/',
};

/** Schemas are normalized when an operation is first asked: EC2 has seven hundred of them. */
function operationModel([, , name, traits, input, output]: unknown[]): OperationModel {
  let inputSchema: NormalizedSchema | undefined;
  let outputSchema: NormalizedSchema | undefined;
  return {
    name: name as string,
    get input() {
      inputSchema ??= NormalizedSchema.of(input as never);
      return inputSchema;
    },
    get output() {
      outputSchema ??= NormalizedSchema.of(output as never);
      return outputSchema;
    },
    http: (traits as { http?: [string, string, number] }).http,
  };
}

function addError(errors: Map<string, ErrorModel>, schema: unknown[]): void {
  const [, , name, traits] = schema as [number, string, string, Record<string, unknown> | number];
  const own = typeof traits === 'object' ? traits : {};
  const error: ErrorModel = {
    name,
    schema: NormalizedSchema.of(schema as never),
    fault: own.error as 'client' | 'server' | undefined,
    query: own.awsQueryError as [string, number] | undefined,
    status: own.httpError as number | undefined,
  };
  errors.set(name, error);
  if (error.query && !errors.has(error.query[0])) errors.set(error.query[0], error);
}

export interface FaultOnWire {
  /** Name of the shape, or the code as it was thrown when the service models none. */
  readonly name: string;
  readonly queryCode: string;
  /** Of protocols that choose a status per error. */
  readonly status: number;
  /**
   * Of the RPC protocols, which tell errors apart by their code alone: 400, or 500 when the service is to
   * blame; those that once spoke AWS Query keep the status they had then.
   */
  readonly rpcStatus: number;
  readonly schema: NormalizedSchema | undefined;
  readonly sender: 'Sender' | 'Receiver';
}

/** Operations throw the shape's name or the Query code, as they like: each protocol writes the one it knows. */
export function faultOnWire(fault: AwsFault, model: ServiceModel): FaultOnWire {
  const error = model.errors.get(fault.code);
  const status = fault.givenStatus ?? error?.query?.[1] ?? error?.status ?? fault.status;
  return {
    name: error?.name ?? fault.code,
    queryCode: error?.query?.[0] ?? fault.code,
    status,
    rpcStatus:
      fault.givenStatus ??
      (model.queryCompatible ? error?.query?.[1] : undefined) ??
      (error?.fault === 'server' ? 500 : 400),
    schema: error?.schema,
    sender: status >= 500 ? 'Receiver' : 'Sender',
  };
}
