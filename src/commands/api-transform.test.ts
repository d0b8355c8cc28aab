import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const yaml = (transform: string, more = '') =>
  smallYaml(`functions: { orders: { source: src/orders.ts } }
apis:
  public:
    handler: fn.orders
    cors: { origins: [https://app.example.com] }
    routes:
      "POST /shops/{shop}/orders":
        transform: ${transform}
    ${more}
`);

const TRANSFORM = `{ request: { shop: path.shop, order: body.order, text: body.order.text, page: query.page, tenant: header.X-Tenant, by: context.httpMethod, kind: "'order'" }, response: { id: answer.order.id, all: answer }, status: 201, errors: { "404": "no order.*" } }`;

const HANDLER = `interface Given { shop: string; text: string; order: { id: number } }
export const handler = async (given: Given): Promise<unknown> => {
  if (given.text === 'gone') throw new Error('no order of this text');
  if (given.text === 'broken') throw new Error('the printer burns');
  return { ...given, keys: Object.keys(given).sort() };
};
`;

it('S4-30 S4-92: requests and answers of a route are transformed, and errors told by their message', async () => {
  const project = await startDeployable({ yaml: yaml(TRANSFORM), files: { 'src/orders.ts': HANDLER } });
  const { outputs } = (await project.succeed('deploy --env dev --yes --json')).json();
  const at = `${project.aws.endpoint}/_apigateway/${new URL(outputs['apis.public.url']).host}/v1`;
  const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${at}/shops/north/orders?page=2`, {
      method: 'POST',
      headers: { 'X-Tenant': `O'Hara "&" co`, ...headers },
      body: JSON.stringify(body),
    });
  const text = 'a "quoted" $context.stage, #if and it\'s';
  const made = await post({ order: { id: 7, text } });
  expect(made.status).toBe(201);
  expect(made.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  expect(await made.json()).toEqual({
    id: 7,
    all: {
      ...{ shop: 'north', order: { id: 7, text }, text, page: '2', tenant: `O'Hara "&" co`, by: 'POST', kind: 'order' },
      keys: ['by', 'kind', 'order', 'page', 'shop', 'tenant', 'text'],
    },
  });
  // What is not there is the empty text, as API Gateway has it.
  expect(await (await post({})).json()).toMatchObject({ all: { order: '', text: '' } });

  const gone = await post({ order: { text: 'gone' } });
  expect([gone.status, await gone.json()]).toEqual([404, { message: 'no order of this text' }]);
  const broken = await post({ order: { text: 'broken' } });
  expect([broken.status, await broken.json()]).toEqual([500, { message: 'Internal server error' }]);
  expect((await post({}, { 'content-type': 'text/plain' })).status).toBe(415);

  project.forget();
  await project.succeed('deploy --env dev --yes');
  expect(project.writes()).toEqual([]);
});

it('what cannot be transformed so is refused before anything is deployed', async () => {
  const project = await startDeployable({ yaml: yaml(TRANSFORM), files: { 'src/orders.ts': HANDLER } });
  const { platform, configure, writes } = project;
  const said = async (text: string) => {
    configure(text);
    const run = await platform('deploy --env dev --yes --json');
    expect(run.exitCode).not.toBe(0);
    return JSON.stringify(run.json().error);
  };
  expect(await said(yaml('{ request: { id: path.id } }'))).toContain('has no {id} in its path');
  expect(await said(yaml('{ request: { a: query.shop } }'))).toContain('give them different names');
  expect(await said(yaml('{ request: { a: query.id, b: header.id } }'))).toContain(
    'takes id from header and from elsewhere',
  );
  expect(await said(yaml('{ request: { a: "$input.path(1)" } }'))).toContain('a part of the request');
  expect(await said(yaml('{ request: { a: "\'$x\'" } }'))).toContain('a part of the request');
  expect(
    await said(
      yaml('{ request: { a: body } }').replace(
        '[https://app.example.com]',
        '[https://a.example.com, https://b.example.com]',
      ),
    ),
  ).toContain('one origin');
  expect(await said(yaml('{ request: { a: body } }', 'kind: http'))).toContain('needs kind rest');
  expect(writes()).toEqual([]);
});
