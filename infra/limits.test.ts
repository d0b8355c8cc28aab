import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkTemplate } from './checks/check-template.ts';
import { fitName } from './names.ts';
import { factsOf } from './testing/facts.ts';
import { sampleObservability, sampleService, sampleSettings } from './testing/sample-settings.ts';
import { type Json, propertiesOf, synthesize } from './testing/synthesize.ts';
import { wholeSettings } from './testing/whole-settings.ts';

/** Any name the configuration takes, the longest and oddest often. */
const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/),
  fc.stringMatching(/^[a-z][a-z0-9-]{30}$/),
  fc.constantFrom('a-', 'a--b', 'given', 'told', 'outputs', 'cluster', 'load-balancer', 'web-log'),
);

/** The whole application under other names. */
function renamed(project: string, env: string, blocks: readonly string[]) {
  const [one = 'a', two = 'b', three = 'c'] = blocks;
  const rename = (text: string) =>
    text.replaceAll('"main"', `"${one}"`).replaceAll('"jobs"', `"${two}"`).replaceAll('"web"', `"${three}"`);
  const settings = JSON.parse(rename(JSON.stringify(wholeSettings())));
  return { ...settings, project, environment: env };
}

it('every name fits what AWS takes, whatever project, environment and blocks are called (F-74)', () => {
  fc.assert(
    fc.property(name, name, fc.uniqueArray(name, { minLength: 3, maxLength: 3 }), (project, env, blocks) => {
      fc.pre(!blocks.some((block) => ['admin', 'migrations', 'reports'].includes(block)));
      const { stacks, templates } = synthesize(renamed(project, env, blocks));
      expect(new Set(stacks.map(({ stackName }) => stackName)).size).toBe(stacks.length);
      for (const { id, stackName } of stacks) {
        const template = templates[id];
        expect(stackName).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
        const ids = [template.Resources, template.Parameters ?? {}].flatMap((section) => Object.keys(section));
        expect(new Set(ids).size).toBe(ids.length);
        for (const logicalId of [...ids, ...Object.keys(template.Outputs)])
          expect(logicalId).toMatch(/^[A-Za-z0-9]{1,255}$/);
        expect(checkTemplate(template, factsOf('dev'))).toEqual([]);
        namesFit(template);
      }
    }),
    { numRuns: 30 },
  );
});

function namesFit(template: Json) {
  const all = (type: string, key: string) => propertiesOf(template, type).map((properties) => properties[key]);
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html
  for (const proxy of all('AWS::RDS::DBProxy', 'DBProxyName'))
    expect(proxy).toMatch(/^[A-Za-z](-?[A-Za-z0-9]+){0,62}$/);
  for (const family of all('AWS::ECS::TaskDefinition', 'Family')) expect(family).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
  for (const description of all('AWS::EC2::SecurityGroup', 'GroupDescription')) {
    expect(description).toMatch(/^[A-Za-z0-9 ._:/()#,@[\]+=&;{}!$*-]{1,255}$/);
  }
  for (const policies of all('AWS::IAM::Role', 'Policies')) {
    for (const { PolicyName } of policies ?? []) expect(PolicyName).toMatch(/^[\w+=,.@-]{1,128}$/);
  }
  expect(JSON.stringify(template).length).toBeLessThan(1_000_000);
}

/** So many web services, with every alarm that fits them. */
function large(count: number) {
  const services = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `service-${index}`,
      sampleService({ http: { domain: `s${index}.example.com`, listenerPort: 80, tls: false, redirectHttp: false } }),
    ]),
  );
  const rule = { threshold: 1, below: false, periods: 1, periodSeconds: 60 };
  const alarms = Object.fromEntries(
    ['error-rate', 'latency-p99', 'healthy-hosts', 'service-cpu', 'service-memory'].map((preset) => [preset, rule]),
  );
  const observability = sampleObservability({ alarms, dashboards: ['operations'] });
  const { templates } = synthesize(sampleSettings({ services, observability }));
  return Object.fromEntries(
    Object.entries(templates).map(([id, template]) => [
      id,
      checkTemplate(template, factsOf('dev')).map(({ rule: broken, message }) => `${broken}: ${message}`),
    ]),
  );
}

it('sixty-six web services fit into their stacks with every alarm, and one more would not (F-17)', () => {
  const most = large(66);
  expect(Object.values(most).flat()).toEqual([]);
  expect(Object.values(large(67)).flat()).toEqual([
    'template-limits: The stack would have 203 parameters, and CloudFormation allows 200',
  ]);
});

it('a default repository name is one that ECR takes', () => {
  fc.assert(
    fc.property(name, name, name, (project, env, service) => {
      // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
      expect(fitName(`${project}-${env}-${service}`, 256)).toMatch(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/);
    }),
  );
});
