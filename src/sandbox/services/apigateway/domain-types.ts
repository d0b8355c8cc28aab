import { createHash } from 'node:crypto';
import type { Properties, ResourceProvider } from '../../kernel/resource-provider.ts';
import type { Call } from '../../kernel/scope.ts';
import { certificates } from '../acm/state.ts';
import { tagsOf } from './api-types.ts';
import { badRequest, conflict, notFound } from './refusals.ts';
import { domains, freshId, mappings, stages } from './state.ts';

/** The zone of API Gateway's own names: https://docs.aws.amazon.com/general/latest/gr/apigateway.html (us-east-1). */
const ZONES: Readonly<Record<string, string>> = {
  'us-east-1': 'Z1UJRXOUMOOFQ8',
  'us-east-2': 'ZOJJZC49E0EPZ',
  'us-west-1': 'Z2MUQ32089INYE',
  'us-west-2': 'Z2OJLYMUO9EFXC',
  'eu-central-1': 'Z1U9ULNL0V5AJ3',
  'eu-west-1': 'ZLY8HYME6SFDD',
  'eu-west-2': 'ZJ5UAJN8Y3Z2Q',
  'ap-southeast-1': 'ZL327KTPIQFUL',
  'ap-southeast-2': 'Z2RPCDW04V8134',
};

function checkCertificate(arn: string | undefined, call: Call): void {
  if (!arn) throw badRequest('A certificate was not provided.');
  const row = certificates.in({ ...call, region: arn.split(':')[3] ?? call.region }).get(arn);
  if (row?.status !== 'ISSUED') throw badRequest(`The provided certificate does not exist, or is not issued: ${arn}`);
}

/** Makes a name under which APIs are reached; `certificateOf` finds its certificate in the declaration. */
export function domainProvider(certificateOf: (properties: Properties) => string | undefined): ResourceProvider {
  return {
    create(properties, { call, tags }) {
      const name = properties.DomainName as string;
      if (domains.in(call).has(name)) throw conflict(`The domain name you provided already exists.`);
      checkCertificate(certificateOf(properties), call);
      const id = `d-${createHash('sha256').update(`${call.account} ${name}`).digest('hex').slice(0, 10)}`;
      const regionalName = `${id}.execute-api.${call.region}.amazonaws.com`;
      const hostedZoneId = ZONES[call.region] ?? `Z${freshId(13).toUpperCase()}`;
      domains
        .in(call)
        .put(name, { name, declared: properties, regionalName, hostedZoneId, tags: tagsOf(properties, tags) });
      return { status: 'done', physicalId: name };
    },
    update({ after, physicalId }, { call, tags }) {
      checkCertificate(certificateOf(after), call);
      domains.in(call).update(physicalId, (draft) => {
        draft.declared = after;
        draft.tags = tagsOf(after, tags);
      });
      return { status: 'done', physicalId };
    },
    delete(_properties, physicalId, { call }) {
      domains.in(call).delete(physicalId);
      for (const [key, { domain }] of mappings.in(call).entries())
        if (domain === physicalId) mappings.in(call).delete(key);
      return { status: 'done', physicalId };
    },
    read(physicalId, _properties, { call }) {
      const row = domains.in(call).get(physicalId);
      return (
        row && {
          ...structuredClone(row.declared),
          RegionalDomainName: row.regionalName,
          RegionalHostedZoneId: row.hostedZoneId,
          DomainNameArn: `arn:aws:apigateway:${call.region}::/domainnames/${row.name}`,
        }
      );
    },
  };
}

export const domainName = domainProvider(
  ({ RegionalCertificateArn, CertificateArn }) => RegionalCertificateArn ?? CertificateArn,
);

interface Place {
  domain: string;
  path: string;
  api: string;
  stage: string;
}

/** Leads a path of a domain to a stage; `exists` says whether there is such a stage. */
export function mappingProvider(
  placeOf: (properties: Properties) => Place,
  exists: (place: Place, call: Call) => boolean,
  identify: (place: Place, id: string) => string,
): ResourceProvider {
  const put = (place: Place, id: string, call: Call) => {
    if (!domains.in(call).has(place.domain)) throw notFound('Invalid domain name identifier specified');
    if (!exists(place, call)) throw badRequest('Invalid stage identifier specified');
    mappings.in(call).put(`${place.domain}/${place.path}`, { ...place, id });
  };
  return {
    create(properties, { call }) {
      const place = placeOf(properties);
      if (mappings.in(call).has(`${place.domain}/${place.path}`))
        throw conflict('Base path already exists for this domain name');
      const id = freshId(6);
      put(place, id, call);
      return { status: 'done', physicalId: identify(place, id), attributes: { ApiMappingId: id } };
    },
    update({ before, after, physicalId }, { call }) {
      const old = placeOf(before);
      const id = mappings.in(call).get(`${old.domain}/${old.path}`)?.id ?? freshId(6);
      mappings.in(call).delete(`${old.domain}/${old.path}`);
      put(placeOf(after), id, call);
      return { status: 'done', physicalId };
    },
    delete(properties, physicalId, { call }) {
      const { domain, path } = placeOf(properties);
      mappings.in(call).delete(`${domain}/${path}`);
      return { status: 'done', physicalId };
    },
    read(_physicalId, properties, { call }) {
      const { domain, path } = placeOf(properties);
      const row = mappings.in(call).get(`${domain}/${path}`);
      return row && { ...properties, ApiMappingId: row.id };
    },
  };
}

export const basePathMapping = mappingProvider(
  ({ DomainName, BasePath, RestApiId, Stage }) => ({
    domain: DomainName,
    path: BasePath || '(none)',
    api: RestApiId,
    stage: Stage,
  }),
  ({ api, stage }, call) => stages.in(call).has(`${api}/${stage}`),
  ({ domain, path }) => `${domain}|${path}`,
);
