import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { startNameServer } from '../testing/name-server.ts';

const YAML = `defaults: { region: eu-west-1, environment: dev }
${smallYaml(`sites: { app: { kind: spa, dir: web, build: "true", domain: app.example.com } }
services: { web: { image: { context: . }, port: 8080, http: { domain: api.example.com, certificate: auto }, health: { path: / } } }`)}`;

async function start() {
  const project = await startDeployable({ yaml: YAML, bootstrapped: true });
  const listed = async (region: string) =>
    (await project.aws.client(ACMClient, { region }).send(new ListCertificatesCommand({}))).CertificateSummaryList!.map(
      ({ DomainName }) => DomainName,
    );
  return { project, listed, route53: project.aws.client(Route53Client) };
}

describe('S3-43 S2-28: platform cert', () => {
  it('requests each certificate where it is used, says the exact records, and waits for them (S3-47, F-69, F-70, F-109)', async () => {
    const { project, listed, route53 } = await start();
    const before = await project.platform('cert status --env dev --json');
    expect(before.exitCode).toBe(1);
    expect(before.stderr).not.toContain('undefined');
    expect(project.writes()).toEqual([]);

    expect((await project.platform('cert request --env dev')).exitCode).toBe(2);
    const dry = (await project.succeed('cert request --env dev --dry-run --json')).json();
    expect(dry).toMatchObject({ dryRun: true, certificates: [{ requested: true, status: 'MISSING' }, {}] });
    expect(project.writes()).toEqual([]);

    const asked = (await project.succeed('cert request --env dev --yes --json')).json();
    expect(asked.certificates).toMatchObject([
      { domain: 'api.example.com', region: 'eu-west-1', usedBy: ['services.web'], recordWritten: false },
      { domain: 'app.example.com', region: 'us-east-1', usedBy: ['sites.app'], requested: true },
    ]);
    expect([await listed('eu-west-1'), await listed('us-east-1')]).toEqual([['api.example.com'], ['app.example.com']]);

    project.forget();
    await project.succeed('cert request --env dev --yes');
    expect(project.writes()).not.toContain('acm:RequestCertificate');
    expect((await project.platform('cert wait --env dev --timeout 1s')).exitCode).toBe(8);

    // A proxied record is none: ACM never sees the CNAME behind it (S3-46).
    const env = { PLATFORM_NAME_SERVERS: await startNameServer({ _: '104.21.3.7' }) };
    const proxied = await project.platform('cert wait --env dev --timeout 1s', { env });
    expect([proxied.exitCode, proxied.stderr]).toEqual([8, expect.stringContaining("answered by Cloudflare's proxy")]);
    const seen = await project.platform('cert status --env dev', { env });
    expect(seen.stdout).toContain('set the record to "DNS only"');
    const doctor = await project.platform('doctor --only certificates --env dev --json', { env });
    expect(doctor.json().checks[0]).toMatchObject({ failure: 'F-70', detail: expect.stringContaining("Cloudflare's") });

    const { HostedZone } = await route53.send(
      new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'x' }),
    );
    for (const { record } of asked.certificates)
      await route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: HostedZone!.Id,
          ChangeBatch: {
            Changes: [
              {
                Action: 'UPSERT',
                ResourceRecordSet: {
                  Name: record.name,
                  Type: record.type,
                  TTL: 300,
                  ResourceRecords: [{ Value: record.value }],
                },
              },
            ],
          },
        }),
      );
    const { certificates } = (await project.succeed('cert wait --env dev --json')).json();
    expect(certificates).toMatchObject([
      { status: 'ISSUED', record: null },
      { status: 'ISSUED', record: null },
    ]);
    await project.succeed('cert status --env dev');
  });

  it('writes the records itself where the zone is ours in Route 53', async () => {
    const { project, route53 } = await start();
    await route53.send(new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'x' }));
    const { certificates } = (await project.succeed('cert request --env dev --yes --json')).json();
    expect(certificates).toMatchObject([{ recordWritten: true }, { recordWritten: true }]);
    await project.succeed('cert wait --env dev');
  });

  it('has nothing to do where no certificate is ours', async () => {
    const project = await startDeployable({ yaml: smallYaml('queues: { jobs: {} }'), bootstrapped: true });
    expect((await project.succeed('cert status --env dev')).stdout).toContain('wants no certificate of ours');
  });
});
