import { XmlShapeDeserializer } from '@aws-sdk/core/protocols';
import { AwsFault } from '../kernel/fault.ts';
import { boundHeaders, boundStatus, isStructured, payloadMember, readBound } from './rest-binding.ts';
import { matchRoute } from './rest-route.ts';
import { type FaultOnWire, faultOnWire, type OperationModel, type ServiceModel } from './service-model.ts';
import type { Protocol, WireRequest } from './wire.ts';
import { escapeXml, isBoundToHttp, xmlMembers } from './xml-shape.ts';

type Members = Record<string, unknown>;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const EMPTY = new Uint8Array();

const deserializer = new XmlShapeDeserializer({
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: true,
  xmlNamespace: '',
  serviceNamespace: '',
});

/** REST with XML bodies: CloudFront and Route 53; S3 adds its buckets and its errors. */
export const restXml: Protocol = {
  operationName: (request, model) => matchRoute(request, model)?.operation.name,

  readInput(request, operation, model) {
    const { labels } = matchRoute(request, model)!;
    return { ...readBody(request, operation), ...readBound(operation.input, request, labels) };
  },

  unknownOperationCode: 'UnknownOperationException',

  writeOutput(output, operation, model, requestId) {
    const { status, headers, body } = writeRest(output, operation, model);
    return { status, headers: { ...headers, 'x-amzn-requestid': requestId }, body };
  },

  writeFault(fault, model, requestId) {
    const known = faultOnWire(fault, model);
    const { message: _, Message: __, ...fields } = fault.fields;
    const details = known.schema ? xmlMembers(known.schema, fields) : '';
    const plain = known.schema ? new AwsFault(fault.code, fault.message) : fault;
    const body = `<ErrorResponse xmlns="${model.xmlNamespace}"><Error><Type>${known.sender}</Type>${faultElements(plain, known)}${details}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
    return {
      status: known.status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: DECLARATION + body,
    };
  },
};

/** Fields of a fault that are named like headers travel as such. */
export const isHeader = (field: string): boolean => field.startsWith('x-amz-');

export function faultElements(fault: AwsFault, { name, queryCode, schema }: FaultOnWire): string {
  const code = schema ? name : queryCode;
  const fields = Object.entries(fault.fields)
    .filter(([field]) => !isHeader(field))
    .map(([field, value]) => `<${field}>${escapeXml(String(value))}</${field}>`)
    .join('');
  return `<Code>${escapeXml(code)}</Code><Message>${escapeXml(fault.message)}</Message>${fields}`;
}

export function readBody(request: WireRequest, { input }: OperationModel): Members {
  if (input.isUnitSchema()) return {};
  const payload = payloadMember(input);
  if (!payload) {
    return request.body.length === 0 || !hasBodyMembers(input) ? {} : (readXml(input, request.body) as Members);
  }
  const [member, schema] = payload;
  if (isStructured(schema)) return request.body.length === 0 ? {} : { [member]: readXml(schema, request.body) };
  return { [member]: schema.isStringSchema() ? request.body.toString('utf8') : request.body };
}

const hasBodyMembers = (schema: OperationModel['input']): boolean =>
  [...schema.structIterator()].some(([, member]) => !isBoundToHttp(member.getMergedTraits()));

function readXml(schema: OperationModel['input'], body: Buffer): unknown {
  try {
    return deserializer.read(schema, body);
  } catch {
    // S3's sentence for it: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    throw new AwsFault(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
}

/** `$status` beside the members is a status that the model does not know of, such as 206. */
export function writeRest(output: unknown, { output: schema, http }: OperationModel, { xmlNamespace }: ServiceModel) {
  const members = (output ?? {}) as Members;
  const status = (members.$status as number | undefined) ?? boundStatus(schema, members) ?? http![2];
  const headers = boundHeaders(schema, members);
  const payload = payloadMember(schema);

  if (payload && !isStructured(payload[1])) {
    const value = members[payload[0]];
    if (payload[1].isBlobSchema()) headers['content-type'] ??= 'application/octet-stream';
    return { status, headers, body: (value as string | Uint8Array | undefined) ?? EMPTY };
  }
  const [root, bodySchema, value] = payload
    ? [payload[1].getMergedTraits().xmlName ?? payload[1].getName()!, payload[1], members[payload[0]]]
    : [schema.getMergedTraits().xmlName ?? schema.getName()!, schema, members];
  if (value === undefined || schema.isUnitSchema() || (!payload && !hasBodyMembers(schema)))
    return { status, headers, body: EMPTY };
  headers['content-type'] ??= 'application/xml';
  return {
    status,
    headers,
    body: `${DECLARATION}<${root} xmlns="${xmlNamespace}">${xmlMembers(bodySchema, value)}</${root}>`,
  };
}
