import { type ResourceRecordSet, Route53 } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml } from '../testing/deployable.ts';
import { startNameServer } from '../testing/name-server.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const yaml = (more = '') =>
  smallYaml(
    `services: { web: { image: { context: . }, port: 8080, http: { domain: shop.example.com }, health: { path: / } } }${more}`,
  ).replace(/^network: .*$/m, 'network: { nat: none }');

const FLAGS = '--env dev --sandbox';
const start = () => startDeployed({ yaml: yaml() });

async function zone({ aws }: Deployable) {
  const route53 = aws.client(Route53);
  const { HostedZones = [] } = await route53.listHostedZones({});
  const HostedZoneId = HostedZones[0]!.Id!;
  const records = async () => {
    const { ResourceRecordSets = [] } = await route53.listResourceRecordSets({ HostedZoneId });
    return ResourceRecordSets.filter(({ Name }) => Name === 'shop.example.com.');
  };
  const put = (set: Pick<ResourceRecordSet, 'Type'> & Partial<ResourceRecordSet>) =>
    route53.changeResourceRecordSets({
      HostedZoneId,
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet: { Name: 'shop.example.com', ...set } }] },
    });
  return { records, put };
}

const ELSEWHERE = { Type: 'CNAME' as const, TTL: 60, ResourceRecords: [{ Value: 'old.example.net' }] };

describe('platform dns', () => {
  it('says which record is missing, writes it after a yes, and then has nothing to write (S3-50, S3-121)', async () => {
    const project = await start();
    const { records } = await zone(project);
    const missing = await project.platform(`dns status ${FLAGS} --json`);
    expect(missing.exitCode).toBe(8);
    const text = await project.platform(`dns status ${FLAGS}`);
    expect(text.stdout).toMatch(
      /shop\.example\.com +services\.web +leads nowhere: ALIAS \S+\.elb\.amazonaws\.com is missing in zone example\.com/,
    );
    expect(text.stderr).toContain('platform dns write --env dev --sandbox');

    expect((await project.platform(`dns write ${FLAGS}`)).exitCode).toBe(2);
    const dry = (await project.succeed(`dns write ${FLAGS} --dry-run --json`)).json();
    expect(dry).toMatchObject({ dryRun: true, names: [{ state: 'missing', written: true }] });
    expect(await records()).toEqual([]);

    const written = (await project.succeed(`dns write ${FLAGS} --yes --json`)).json();
    const [name] = written.names;
    expect(name).toMatchObject({ domain: 'shop.example.com', of: 'services.web', state: 'right', written: true });
    expect(await records()).toEqual([
      expect.objectContaining({ Type: 'A', AliasTarget: expect.objectContaining({ DNSName: name.record.value }) }),
    ]);
    expect((await project.succeed(`dns status ${FLAGS} --json`)).json().names[0].state).toBe('right');
    project.forget();
    await project.succeed(`dns write ${FLAGS} --yes`);
    expect(project.writes()).toEqual([]);
  });

  it('leads a name that somebody is served by elsewhere only when the name is typed', async () => {
    const project = await start();
    const { records, put } = await zone(project);
    await put(ELSEWHERE);
    const status = await project.platform(`dns status ${FLAGS}`);
    expect(status.stdout).toContain('leads to old.example.net: it wants ALIAS');
    const refused = await project.platform(`dns write ${FLAGS} --yes`);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--confirm dev/dns.shop.example.com');
    expect(await records()).toMatchObject([{ Type: 'CNAME' }]);
    await project.succeed(`dns write ${FLAGS} --yes --confirm dev/dns.shop.example.com`);
    expect(await records()).toMatchObject([{ Type: 'A' }]);
  });

  it('takes a record that somebody wrote in the console for what it is', async () => {
    const project = await start();
    const { put } = await zone(project);
    const [{ record }] = (await project.platform(`dns write ${FLAGS} --dry-run --json`)).json().names;
    await put({
      Type: 'A',
      AliasTarget: {
        DNSName: `dualstack.${record.value}.`,
        HostedZoneId: 'Z35SXDOTRQ7X7K',
        EvaluateTargetHealth: true,
      },
    });
    expect((await project.succeed(`dns status ${FLAGS} --json`)).json().names[0].state).toBe('right');
  });
});

describe('dns: route53', () => {
  it('has a deployment write what is missing, and destroy take away what it wrote (S3-121)', async () => {
    const project = await start();
    const { records } = await zone(project);
    project.configure(yaml('\ndns: route53\nqueues: { jobs: {} }'));
    const { stderr } = await project.succeed(`deploy ${FLAGS} --yes`);
    expect(stderr).toMatch(/Wrote shop\.example\.com → \S+ to Route 53/);
    expect(await records()).toMatchObject([{ Type: 'A' }]);
    project.forget();
    await project.succeed(`deploy ${FLAGS} --yes`);
    expect(project.writes()).toEqual([]);

    const gone = await project.succeed(`destroy ${FLAGS} --yes --confirm dev/environment`);
    expect(gone.stderr).toContain('Removed the record of shop.example.com');
    expect(await records()).toEqual([]);
  });

  it('leaves alone what leads elsewhere, on the way up and on the way down, and says so', async () => {
    const project = await start();
    const { records, put } = await zone(project);
    await put(ELSEWHERE);
    project.configure(yaml('\ndns: route53\nqueues: { jobs: {} }'));
    const { stderr } = await project.succeed(`deploy ${FLAGS} --yes`);
    expect(stderr).toMatch(/shop\.example\.com leads to old\.example\.net and not to/);
    await project.succeed(`destroy ${FLAGS} --yes --confirm dev/environment`);
    expect(await records()).toMatchObject([{ Type: 'CNAME' }]);
  });
});

it('a site has records for both families of addresses, in the zone of CloudFront', async () => {
  const project = await startDeployed({
    yaml: smallYaml('sites: { app: { kind: spa, dir: ., build: "true", domain: shop.example.com } }'),
    files: { 'dist/index.html': '<h1>shop</h1>' },
  });
  const { records } = await zone(project);
  await project.succeed(`dns write ${FLAGS} --yes`);
  const standing = await records();
  expect(standing.map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
  expect(standing[0]!.AliasTarget).toMatchObject({
    DNSName: expect.stringMatching(/\.cloudfront\.net$/),
    HostedZoneId: 'Z2FDTNDATAQYW2',
  });
});

it('S3-46: a name that Cloudflare’s proxy answers is told, and is no reason to wait', async () => {
  const project = await startDeployed({
    yaml: yaml().replace('domain: shop.example.com', 'domain: shop.example.com, certificate: none, insecure: true'),
  });
  const status = async (address: string, words = '--json') => {
    const env = { PLATFORM_NAME_SERVERS: await startNameServer({ 'shop.example.com': address, demo: '192.0.2.7' }) };
    return project.platform(`dns status --env dev ${words}`, { env });
  };
  const proxied = await status('104.21.3.7');
  expect([proxied.exitCode, proxied.json().names]).toMatchObject([
    0,
    [{ state: 'proxied', leadsTo: ['104.21.3.7'], written: false }],
  ]);
  expect((await status('104.21.3.7', '')).stdout).toContain('set the record to "DNS only" (the grey cloud)');
  const ours = await status('192.0.2.7');
  expect([ours.exitCode, ours.json().names[0].state]).toEqual([0, 'right']);
  expect((await status('198.51.100.1')).exitCode).toBe(8);
});

it('without a host name there is nothing to say', async () => {
  const project = await startDeployed({ yaml: smallYaml('queues: { jobs: {} }') });
  expect((await project.succeed(`dns status ${FLAGS}`)).stdout).toContain('Nothing that is deployed in dev');
  expect((await project.platform('dns stauts')).exitCode).toBe(2);
});
