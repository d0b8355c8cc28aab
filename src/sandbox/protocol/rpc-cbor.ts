import { CborCodec } from '@smithy/core/cbor';
import { faultBody, queryErrorHeader } from './json-rpc.ts';
import { faultOnWire } from './service-model.ts';
import type { Protocol } from './wire.ts';

const codec = new CborCodec();
const serializer = codec.createSerializer();
const deserializer = codec.createDeserializer();

/** Schema number of a document: values as they are. */
const DOCUMENT = 15;

const encode = (schema: unknown, value: unknown): Uint8Array => {
  serializer.write(schema as never, value);
  return Buffer.from(serializer.flush() as Uint8Array);
};

const cborHeaders = (requestId: string): Record<string, string> => ({
  'content-type': 'application/cbor',
  'smithy-protocol': 'rpc-v2-cbor',
  'x-amzn-requestid': requestId,
});

/** Smithy RPC v2 CBOR: the operation stands in the path, `/service/<Service>/operation/<Operation>`. */
export const rpcCbor: Protocol = {
  operationName: ({ path }) => /\/operation\/(\w+)$/.exec(path)?.[1],

  readInput(request, operation) {
    if (operation.input.isUnitSchema() || request.body.length === 0) return {};
    return deserializer.read(operation.input as never, request.body) as Record<string, unknown>;
  },

  unknownOperationCode: 'UnknownOperationException',

  writeOutput(output, operation, _model, requestId) {
    const body = operation.output.isUnitSchema() ? encode(DOCUMENT, {}) : encode(operation.output, output ?? {});
    return { status: 200, headers: cborHeaders(requestId), body };
  },

  writeFault(fault, model, requestId, request) {
    const { name, rpcStatus } = faultOnWire(fault, model);
    return {
      status: rpcStatus,
      headers: { ...cborHeaders(requestId), ...queryErrorHeader(fault, model, request) },
      body: encode(DOCUMENT, { __type: `${model.namespace}#${name}`, ...faultBody(fault, model, 'memberName') }),
    };
  },
};
