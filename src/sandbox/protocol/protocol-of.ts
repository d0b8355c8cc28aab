import { json10, json11 } from './json-rpc.ts';
import { ec2, query } from './query.ts';
import type { WrittenAs } from './recognize.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { rpcCbor } from './rpc-cbor.ts';
import { s3 } from './s3.ts';
import type { ServiceModel } from './service-model.ts';
import type { Protocol } from './wire.ts';

/** The protocol of the question, in which the answer is given: it need not be that of the newest client. */
export function protocolOf(writtenAs: WrittenAs, model: ServiceModel): Protocol {
  switch (writtenAs) {
    case 'cbor':
      return rpcCbor;
    case 'json-1.0':
      return json10;
    case 'json-1.1':
      return json11;
    case 'query':
      return model.protocol === 'aws.protocols#ec2Query' ? ec2 : query;
    case 'rest':
      if (model.namespace === 'com.amazonaws.s3') return s3;
      return model.protocol === 'aws.protocols#restJson1' ? restJson : restXml;
  }
}

/** How to say no for a service that the sandbox does not have at all: by the look of the request alone. */
export function protocolOfUnknown(writtenAs: WrittenAs): Protocol {
  return { cbor: rpcCbor, 'json-1.0': json10, 'json-1.1': json11, query, rest: restJson }[writtenAs];
}
