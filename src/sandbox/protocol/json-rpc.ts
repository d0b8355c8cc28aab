import type { AwsFault } from '../kernel/fault.ts';
import { parseJsonBody, readJson, writeJson } from './json-shape.ts';
import { faultOnWire, type ServiceModel } from './service-model.ts';
import type { Protocol, WireRequest } from './wire.ts';

const jsonRpc = (version: '1.0' | '1.1'): Protocol => ({
  operationName: ({ headers }) => String(headers['x-amz-target'] ?? '').split('.')[1],

  readInput(request, operation) {
    if (operation.input.isUnitSchema()) return {};
    return readJson(operation.input, parseJsonBody(request.body), 'memberName') as Record<string, unknown>;
  },

  unknownOperationCode: 'UnknownOperationException',

  writeOutput(output, operation, _model, requestId) {
    // AWS answers nothing at all, not `{}`, where an operation has no output.
    const body = operation.output.isUnitSchema()
      ? ''
      : JSON.stringify(writeJson(operation.output, output ?? {}, 'memberName'));
    return { status: 200, headers: jsonHeaders(version, requestId), body };
  },

  writeFault(fault, model, requestId, request) {
    const { name, rpcStatus } = faultOnWire(fault, model);
    return {
      status: rpcStatus,
      headers: { ...jsonHeaders(version, requestId), ...queryErrorHeader(fault, model, request) },
      body: JSON.stringify({
        __type: version === '1.0' ? `${model.namespace}#${name}` : name,
        ...faultBody(fault, model, 'memberName'),
      }),
    };
  },
});

export const json10 = jsonRpc('1.0');
export const json11 = jsonRpc('1.1');

const jsonHeaders = (version: string, requestId: string): Record<string, string> => ({
  'content-type': `application/x-amz-json-${version}`,
  'x-amzn-requestid': requestId,
});

/** The message under the name that the error's schema has for it, and the modelled fields. */
export function faultBody(
  fault: AwsFault,
  model: ServiceModel,
  keys: 'memberName' | 'jsonName',
): Record<string, unknown> {
  const { schema } = faultOnWire(fault, model);
  // Some errors have no message at all, and clients tell that apart from an empty one.
  const message = fault.message === '' ? undefined : fault.message;
  if (!schema) return { ...fault.fields, message };
  const members = [...schema.structIterator()].map(([member]) => member);
  const messageKey = members.find((member) => member.toLowerCase() === 'message') ?? 'message';
  const fields = writeJson(schema, fault.fields, keys) as Record<string, unknown>;
  return { ...fields, [messageKey]: message };
}

/** Services that once spoke Query tell clients that ask for it the code they had then. */
export function queryErrorHeader(fault: AwsFault, model: ServiceModel, request: WireRequest): Record<string, string> {
  if (request.headers['x-amzn-query-mode'] !== 'true') return {};
  const { queryCode, sender } = faultOnWire(fault, model);
  return { 'x-amzn-query-error': `${queryCode};${sender}` };
}
