import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { certificates } from '../../../sandbox/services/acm/state.ts';
import { listeners, loadBalancers } from '../../../sandbox/services/elasticloadbalancing/state.ts';
import { metricKey } from '../../../sandbox/services/monitoring/metric-math.ts';
import { metrics } from '../../../sandbox/services/monitoring/state.ts';
import { type Deployable, smallYaml } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const WEB =
  'services: { web: { image: { context: . }, port: 8080, http: { domain: shop.example.com, certificate: auto }, health: { path: / } } }';
const yaml = (gateways: number) =>
  smallYaml(WEB)
    .replace(/^network: .*$/m, `network: { nat: { gateways: ${gateways} } }`)
    .replace('dev: { kind: dev', 'dev: { kind: prod');
const start = () => startDeployed({ yaml: yaml(2) });

/** So many in one of the last minutes, as CloudWatch counts them. */
function counts({ aws }: Deployable, name: string, sum: number): void {
  const [listener] = listeners.in(aws.scope).values();
  const Value = listener!.LoadBalancerArn!.split(':loadbalancer/')[1]!;
  const dimensions = [{ Name: 'LoadBalancer', Value }];
  const at = aws.world.clock.stamp() - 120_000;
  const point = { at, unit: 'Count', sum, count: 1, minimum: sum, maximum: sum };
  const namespace = 'AWS/ApplicationELB';
  metrics.in(aws.scope).put(metricKey(namespace, name, dimensions), { namespace, name, dimensions, points: [point] });
}

describe('requests', () => {
  it('way-in: healthy where rules let requests in; balancer-errors: healthy where it passed on all; listener-certificates: healthy where each host has one; ways-out: healthy where each zone has its own', async () => {
    const run = await checked(await start(), 'way-in balancer-errors listener-certificates ways-out');
    expect(run.checks).toMatchObject(Array(4).fill({ status: 'ok' }));
    expect(run.exitCode).toBe(0);
  });

  it('way-in: sick where somebody closed the port of a listener (F-19); what is typed as printed opens it', async () => {
    const project = await start();
    const [balancer] = loadBalancers.in(project.aws.scope).values();
    const [GroupId] = balancer!.SecurityGroups!;
    const ec2 = project.aws.client(EC2);
    const { SecurityGroupRules } = await ec2.describeSecurityGroupRules({
      Filters: [{ Name: 'group-id', Values: [GroupId!] }],
    });
    const inward = SecurityGroupRules!.filter(({ IsEgress, FromPort }) => !IsEgress && FromPort === 443);
    await ec2.revokeSecurityGroupIngress({
      GroupId,
      SecurityGroupRuleIds: inward.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId!),
    });
    const { exitCode, checks } = await checked(project, 'way-in');
    expect(exitCode).toBe(1);
    expect(checks).toMatchObject([
      {
        subject: 'services.web',
        failure: 'F-19',
        detail: expect.stringContaining('lets anybody in to port 443'),
        remedy: expect.stringContaining(`authorize-security-group-ingress --group-id ${GroupId} `),
      },
    ]);
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    expect((await checked(project, 'way-in')).checks).toMatchObject([{ status: 'ok' }]);
  });

  it('way-in: sick where somebody deleted a listener (F-19); --fix asks, and has its stack make it again', async () => {
    const project = await start();
    const { ListenerArn } = listeners
      .in(project.aws.scope)
      .values()
      .find(({ Port }) => Port === 443)!;
    await project.aws.client(ElasticLoadBalancingV2).deleteListener({ ListenerArn });
    expect(await checked(project, 'way-in')).toMatchObject({
      exitCode: 1,
      checks: [{ subject: ListenerArn, failure: 'F-19', remedy: expect.stringContaining('then platform deploy') }],
    });
    const fixed = await checked(project, 'way-in', '--env dev --sandbox --fix --yes');
    expect(fixed).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'fixed' }] } });
  });

  it('balancer-errors: sick where the load balancer answered by itself (F-73), each code for what it is', async () => {
    const project = await start();
    counts(project, 'HTTPCode_ELB_502_Count', 3);
    counts(project, 'HTTPCode_ELB_503_Count', 1);
    counts(project, 'HTTPCode_ELB_504_Count', 2);
    const run = await checked(project, 'balancer-errors');
    expect(run.exitCode).toBe(0);
    expect(run.checks).toMatchObject([
      {
        subject: 'services.web',
        failure: 'F-73',
        severity: 'warning',
        detail: expect.stringMatching(/answered 3 requests with 502: a target closed the connection/),
        evidence: [
          {
            call: 'cloudwatch:GetMetricStatistics',
            read: expect.stringContaining('HTTPCode_ELB_502_Count'),
            value: '3',
          },
          { value: '0' },
        ],
        remedy: expect.stringContaining('keepAliveTimeout'),
      },
      { detail: expect.stringMatching(/1 request with 503/), remedy: expect.stringContaining('service-tasks') },
      { detail: expect.stringMatching(/2 requests with 504/), remedy: expect.stringContaining('platform logs web') },
    ]);
  });

  it('balancer-errors: healthy, and not F-73, where programs themselves answered with 5xx', async () => {
    const project = await start();
    counts(project, 'HTTPCode_Target_5XX_Count', 40);
    expect((await checked(project, 'balancer-errors')).checks).toMatchObject([{ status: 'ok' }]);
  });
});

describe('certificates of listeners', () => {
  /** The listener shows a certificate for these names, and no other. */
  async function shows({ aws }: Deployable, DomainName: string): Promise<string> {
    const acm = aws.client(ACMClient);
    const { CertificateArn } = await acm.send(new RequestCertificateCommand({ DomainName, ValidationMethod: 'DNS' }));
    const table = listeners.in(aws.scope);
    const https = table.values().find(({ Port }) => Port === 443)!;
    table.update(https.ListenerArn!, (draft) => {
      draft.certificates = [{ CertificateArn: CertificateArn! }];
    });
    return https.ListenerArn!;
  }

  it('listener-certificates: sick where clients are shown that of another host (F-72); --fix adds it without asking, and looks again', async () => {
    const project = await start();
    const listener = await shows(project, 'other.example.com');
    expect(await checked(project, 'listener-certificates')).toMatchObject({
      exitCode: 1,
      checks: [
        {
          subject: 'services.web',
          failure: 'F-72',
          handling: 'AUTO',
          detail: expect.stringContaining('shop.example.com are shown a certificate for other.example.com'),
          evidence: [{ call: 'elasticloadbalancing:DescribeListenerCertificates', read: listener }],
        },
      ],
    });
    const fixed = await checked(project, 'listener-certificates', '--env dev --sandbox --fix');
    expect(fixed).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'fixed' }] } });
    const shop = certificates
      .in(project.aws.scope)
      .values()
      .find(({ domain }) => domain === 'shop.example.com')!;
    expect(listeners.in(project.aws.scope).get(listener)!.certificates).toContainEqual({ CertificateArn: shop.arn });
  });

  it('listener-certificates: healthy, and not F-72, where a wildcard is for the host', async () => {
    const project = await start();
    await shows(project, '*.example.com');
    expect((await checked(project, 'listener-certificates')).checks).toMatchObject([{ status: 'ok' }]);
  });
});

it('ways-out: sick where production goes out through one zone (F-135), and not F-135 where somebody has waived it', async () => {
  const project = await startDeployed({ yaml: yaml(1) });
  expect(await checked(project, 'ways-out')).toMatchObject({
    exitCode: 0,
    checks: [
      {
        subject: 'network',
        severity: 'warning',
        failure: 'F-135',
        detail: expect.stringMatching(/^tasks in us-east-1b go out through us-east-1a/),
        evidence: [{ call: 'ec2:DescribeRouteTables', value: expect.stringMatching(/^nat-/) }],
        remedy: expect.stringContaining('network.nat: { gateways: 2 }'),
      },
    ],
  });
  project.configure(`${yaml(1)}waivers: [{ rule: prod-nat, reason: it is cheap }]\n`);
  expect((await checked(project, 'ways-out')).checks).toMatchObject([{ status: 'skipped' }]);
});
