import { faultBody } from './json-rpc.ts';
import { parseJsonBody, readJson, writeJson } from './json-shape.ts';
import { boundHeaders, boundStatus, isStructured, payloadMember, readBound } from './rest-binding.ts';
import { matchRoute } from './rest-route.ts';
import { faultOnWire, type OperationModel } from './service-model.ts';
import type { Protocol, WireRequest } from './wire.ts';
import { isBoundToHttp } from './xml-shape.ts';

type Members = Record<string, unknown>;

/** REST with JSON bodies: Lambda, API Gateway. */
export const restJson: Protocol = {
  operationName: (request, model) => matchRoute(request, model)?.operation.name,

  readInput(request, operation, model) {
    const { labels } = matchRoute(request, model)!;
    return { ...readBody(request, operation), ...readBound(operation.input, request, labels) };
  },

  unknownOperationCode: 'UnknownOperationException',

  writeOutput(output, { output: schema, http }, _model, requestId) {
    const members = (output ?? {}) as Members;
    const headers: Record<string, string> = { ...boundHeaders(schema, members), 'x-amzn-requestid': requestId };
    const status = boundStatus(schema, members) ?? http![2];
    const payload = payloadMember(schema);
    if (payload && !isStructured(payload[1]))
      return { status, headers, body: (members[payload[0]] as string | Uint8Array | undefined) ?? '' };
    headers['content-type'] ??= 'application/json';
    if (payload)
      return { status, headers, body: JSON.stringify(writeJson(payload[1], members[payload[0]], 'jsonName')) ?? '' };
    return { status, headers, body: schema.isUnitSchema() ? '' : JSON.stringify(unbound(schema, members)) };
  },

  writeFault(fault, model, requestId) {
    const { name, status } = faultOnWire(fault, model);
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': name },
      body: JSON.stringify(faultBody(fault, model, 'jsonName')),
    };
  },
};

function readBody(request: WireRequest, { input }: OperationModel): Members {
  if (input.isUnitSchema()) return {};
  const payload = payloadMember(input);
  if (!payload) return readJson(input, parseJsonBody(request.body), 'jsonName') as Members;
  const [member, schema] = payload;
  if (isStructured(schema)) return { [member]: readJson(schema, parseJsonBody(request.body), 'jsonName') };
  return { [member]: schema.isStringSchema() ? request.body.toString('utf8') : request.body };
}

function unbound(schema: OperationModel['output'], members: Members): unknown {
  const body = writeJson(schema, members, 'jsonName') as Members;
  for (const [member, memberSchema] of schema.structIterator()) {
    const traits = memberSchema.getMergedTraits();
    if (isBoundToHttp(traits)) delete body[traits.jsonName ?? member];
  }
  return body;
}
