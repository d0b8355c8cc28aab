import { expect, it } from 'vitest';
import { readSettings as readAuthorizer } from '../../functions/jwt-authorizer/settings.ts';
import { readSettings as readPublisher } from '../../functions/outbox-publisher/settings.ts';
import { type Json, synthesize } from '../../infra/testing/synthesize.ts';
import { loadText } from '../testing/write-project.ts';
import { offlineSettings } from './offline-settings.ts';

const YAML = `project: shop
databases: { main: { databaseName: shop, acu: { min: 0.5, max: 2 } } }
buses: { domain: {} }
secrets:
  auth: { keys: { SIGNING_KEY: { generate: { length: 64 } } }, source: generated }
functions:
  publisher:
    source: builtin:outbox-publisher
    uses: [db.main, bus.domain]
    trigger: { on: schedule, rate: rate(1 minute) }
    outbox: { table: events_outbox, columns: { aggregate: tenant, source: origin }, batchSize: 50, maxAttempts: 7 }
  api: { source: api.ts }
apis:
  public: { handler: fn.api, authorizer: { kind: jwt-lambda, secret: "secret.auth#SIGNING_KEY", context: [userId, roles] } }
  partners: { handler: fn.api, authorizer: { kind: jwt, issuer: "https://login.example.com/", audience: [app] } }
environments: { dev: { kind: dev } }
`;

/** Variables as they will be, with a word for what only the deployment knows. */
function variablesOf(template: Json, name: string): Record<string, string> {
  const { Variables } = template.Resources[template.Outputs[`FunctionName${name}`].Value.Ref].Properties.Environment;
  return Object.fromEntries(
    Object.entries(Variables).map(([key, value]) => [key, typeof value === 'string' ? value : `arn:aws:x:${key}`]),
  );
}

it('what a stack gives the functions that ship is what they read (D4, S0-22, S0-30, S4-33, S4-46)', () => {
  const template = synthesize(offlineSettings(loadText(YAML).environment('dev'))).templates.functions;
  const publisher = readPublisher(variablesOf(template, 'Publisher'));
  expect(publisher).toMatchObject({ table: 'events_outbox', batchSize: 50, maxAttempts: 7 });
  expect(publisher.columns).toMatchObject({ id: 'id', aggregate: 'tenant', source: 'origin' });
  expect(publisher.deadLetterQueueUrl).toBeDefined();
  expect(readAuthorizer(variablesOf(template, 'PublicAuthorizer'))).toMatchObject({
    algorithms: ['HS256'],
    keys: { kind: 'secret', arn: 'arn:aws:x:JWT_SECRET_ARN', field: 'SIGNING_KEY' },
    context: ['userId', 'roles'],
  });
  expect(readAuthorizer(variablesOf(template, 'PartnersAuthorizer'))).toMatchObject({
    algorithms: ['RS256', 'ES256'],
    keys: { kind: 'jwks', url: new URL('https://login.example.com/.well-known/jwks.json') },
    issuer: 'https://login.example.com/',
    audience: ['app'],
  });
});
