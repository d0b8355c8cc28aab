import type { AwsFault } from '../kernel/fault.ts';
import { type QueryDialect, queryTree, readQuery } from './query-tree.ts';
import { faultOnWire } from './service-model.ts';
import type { Protocol, WireAnswer, WireRequest } from './wire.ts';
import { escapeXml, xmlMembers } from './xml-shape.ts';

const xml = (status: number, body: string, requestId: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const FORMS = new WeakMap<WireRequest, URLSearchParams>();

/** The form of a Query request: its body, or the address of a GET. */
export function formOf(request: WireRequest): URLSearchParams {
  let form = FORMS.get(request);
  if (!form) {
    form = request.body.length > 0 ? new URLSearchParams(request.body.toString('utf8')) : request.query;
    FORMS.set(request, form);
  }
  return form;
}

const read = (dialect: QueryDialect) =>
  ((request, operation) => {
    if (operation.input.isUnitSchema()) return {};
    return readQuery(operation.input, queryTree(formOf(request)), dialect) as Record<string, unknown>;
  }) satisfies Protocol['readInput'];

const operationName: Protocol['operationName'] = (request) => formOf(request).get('Action') ?? undefined;

/** AWS Query: CloudFormation, STS, IAM, RDS, ELBv2, and what older clients speak to SQS and CloudWatch. */
export const query: Protocol = {
  operationName,
  readInput: read('query'),
  unknownOperationCode: 'InvalidAction',

  writeOutput(output, { name, output: schema }, { xmlNamespace }, requestId) {
    const result = schema.isUnitSchema() ? '' : `<${name}Result>${xmlMembers(schema, output ?? {})}</${name}Result>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return xml(200, `<${name}Response xmlns="${xmlNamespace}">${result}${metadata}</${name}Response>`, requestId);
  },

  writeFault(fault, model, requestId) {
    const { status, queryCode, sender, schema } = faultOnWire(fault, model);
    const fields = schema ? xmlMembers(schema, { ...fault.fields, message: undefined, Message: undefined }) : '';
    const error = `<Error><Type>${sender}</Type><Code>${escapeXml(queryCode)}</Code><Message>${escapeXml(fault.message)}</Message>${fields}</Error>`;
    const body = `<ErrorResponse xmlns="${model.xmlNamespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
    return xml(status, body, requestId);
  },
};

/** EC2 Query: capital first letters, flat lists, no `Result`, errors in a list. */
export const ec2: Protocol = {
  operationName,
  readInput: read('ec2'),
  unknownOperationCode: 'InvalidAction',

  writeOutput(output, { name, output: schema }, { xmlNamespace }, requestId) {
    const members = schema.isUnitSchema() ? '<return>true</return>' : xmlMembers(schema, output ?? {});
    const body = `<${name}Response xmlns="${xmlNamespace}"><requestId>${requestId}</requestId>${members}</${name}Response>`;
    return xml(200, body, requestId);
  },

  writeFault(fault: AwsFault, model, requestId) {
    const { status, queryCode } = faultOnWire(fault, model);
    const error = `<Error><Code>${escapeXml(queryCode)}</Code><Message>${escapeXml(fault.message)}</Message></Error>`;
    return xml(status, `<Response><Errors>${error}</Errors><RequestID>${requestId}</RequestID></Response>`, requestId);
  },
};
