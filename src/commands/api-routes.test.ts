import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`secrets: { jwt: { source: generated, keys: { JWT_SECRET: { generate: { length: 64 } } } } }
functions:
  api: { source: src/api.ts }
  events: { source: src/events.ts }
apis:
  public:
    handler: fn.api
    authorizer: { kind: jwt-lambda, secret: "secret.jwt#JWT_SECRET" }
    routes:
      "GET /health": { open: true }
      "POST /events": { handler: fn.events, open: true, body: { type: object, required: [at], properties: { at: { type: string } } } }
      "GET /events/{id}": { handler: fn.events, open: true }
    smoke:
      - { path: /health, json: { from: api } }
      - { path: /events, method: POST, body: { at: noon }, json: { from: events } }
      - { path: /events, method: POST, body: { when: noon }, status: 400 }
      - { path: /events/7, json: { from: events, id: "7" } }
      - { path: /events, status: 401 }
      - { path: /events/7/guests, status: 401 }
      - { path: /other, status: 401 }
`);

const answering = (from: string) =>
  `export const handler = async (event: { pathParameters?: { id?: string } }) =>
  ({ statusCode: 200, body: JSON.stringify({ from: '${from}', id: event.pathParameters?.id }) });
`;

it('routes lead to their functions, check their bodies, and leave the rest behind the authorizer (S4-26)', async () => {
  const project = await startDeployable({
    yaml: YAML,
    files: { 'src/api.ts': answering('api'), 'src/events.ts': answering('events') },
  });
  await project.succeed('deploy --env dev --sandbox --yes');
  const { summary } = (await project.succeed('smoke --env dev --sandbox --json')).json();
  expect(summary).toEqual({ passed: 7, failed: 0, skipped: 0 });
  project.forget();
  await project.succeed('deploy --env dev --sandbox --yes');
  expect(project.writes()).toEqual([]);
});
