import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(
  'services: { web: { image: { context: . }, port: 8080, http: { domain: shop.example.com, certificate: auto }, health: { path: / } } }',
).replace(/^network: .*$/m, 'network: { nat: none }');

it('S0-14: a rehearsal plays the owner of the domain, and the listener has its certificate', async () => {
  const project = await startDeployable({ yaml: YAML });
  expect((await project.platform('deploy --env dev --sandbox')).exitCode).toBe(2);
  expect(project.writes()).toEqual([]);
  const { stderr, json } = await project.succeed('deploy --env dev --sandbox --yes --json');
  expect(stderr).toContain('pretended zone');
  expect(json().outputs['services.web.url']).toBe('https://shop.example.com');
  const acm = project.aws.client(ACMClient);
  const { CertificateSummaryList } = await acm.send(new ListCertificatesCommand({}));
  expect(CertificateSummaryList).toMatchObject([{ DomainName: 'shop.example.com', Status: 'ISSUED' }]);
  project.forget();
  await project.succeed('deploy --env dev --sandbox --yes');
  expect(project.writes()).toEqual([]);
});

describe('on an account', () => {
  /** The image of the service is there from a rehearsal in the same account, without HTTPS. */
  async function start() {
    const plain = YAML.replace('domain: shop.example.com, certificate: auto', 'certificate: none, insecure: true');
    const project = await startDeployable({ yaml: plain });
    await project.succeed('deploy --env dev --sandbox --yes');
    project.configure(YAML);
    project.forget();
    return project;
  }

  it('without the zone it says which record is missing, exit 8, and goes on when it is there (F-70, S3-45)', async () => {
    const project = await start();
    const first = await project.platform('deploy --env dev --no-build --yes --json');
    expect(first.exitCode).toBe(8);
    const { id, message } = first.json().error;
    expect(id).toBe('certificate-pending');
    const [, name, value] = /waits for a DNS record: (\S+) CNAME (\S+)/.exec(message)!;
    expect(project.writes()).not.toContain('cloudformation:CreateChangeSet');

    project.forget();
    const second = await project.platform('deploy --env dev --no-build --yes --json');
    expect(second.exitCode).toBe(8);
    expect(project.asked()).not.toContain('acm:RequestCertificate');

    // Somebody creates the record with whoever keeps the zone.
    const route53 = project.aws.client(Route53Client);
    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'x' }),
    );
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: HostedZone!.Id,
        ChangeBatch: {
          Changes: [
            {
              Action: 'UPSERT',
              ResourceRecordSet: { Name: name, Type: 'CNAME', TTL: 300, ResourceRecords: [{ Value: value }] },
            },
          ],
        },
      }),
    );
    await project.aws.settle();
    const third = await project.succeed('deploy --env dev --no-build --yes --json');
    expect(third.json().outputs['services.web.url']).toBe('https://shop.example.com');
  });

  it('with the zone ours in Route 53 it writes the record itself (S3-44)', async () => {
    const project = await start();
    const route53 = project.aws.client(Route53Client);
    await route53.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'x' }));
    const { json, stderr } = await project.succeed('deploy --env dev --no-build --yes --json');
    expect(project.asked()).toContain('route53:ChangeResourceRecordSets');
    expect(stderr).not.toContain('pretended');
    expect(json().outputs['services.web.url']).toBe('https://shop.example.com');
  });
});
