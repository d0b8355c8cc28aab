import { GetWebACLForResourceCommand, ListResourcesForWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const yaml = (first: string, kind = 'rest') =>
  smallYaml(`functions: { api: { source: src/api.ts } }
edge: { ratePer5Min: 300 }
apis:
  public: { kind: ${kind}, handler: fn.api, waf: ${first} }
  partners: { handler: fn.api, waf: ${first} }
  inside: { handler: fn.api }`);
const FILES = { 'src/api.ts': 'export const handler = async () => ({ statusCode: 200, body: "" });\n' };

it('one firewall stands before the stages of the APIs that ask for it, and goes with them', async () => {
  const project = await startDeployable({ yaml: yaml('true'), files: FILES });
  const { succeed } = project;
  const at = '--env dev --sandbox --yes';
  const { outputs } = (await succeed(`deploy ${at} --json`)).json();
  const waf = project.aws.client(WAFV2Client, { account: '111111111111' });
  const stageOf = (name: string) => {
    const [id] = new URL(outputs[`apis.${name}.url`]).host.split('.');
    return `arn:aws:apigateway:us-east-1::/restapis/${id}/stages/v1`;
  };
  const guardOf = async (name: string) =>
    (await waf.send(new GetWebACLForResourceCommand({ ResourceArn: stageOf(name) }))).WebACL;
  const [first, second] = [await guardOf('public'), await guardOf('partners')];
  expect(first!.ARN).toBe(second!.ARN);
  expect(JSON.stringify(first!.Rules)).toContain('"Limit":300');
  expect(await guardOf('inside')).toBeUndefined();
  const listed = await waf.send(
    new ListResourcesForWebACLCommand({ WebACLArn: first!.ARN!, ResourceType: 'API_GATEWAY' }),
  );
  expect(listed.ResourceArns!.toSorted()).toEqual([stageOf('public'), stageOf('partners')].toSorted());
  project.forget();
  await succeed(`deploy ${at}`);
  expect(project.writes()).toEqual([]);

  project.configure(yaml('false'));
  await succeed(`deploy ${at}`);
  expect(await guardOf('public')).toBeUndefined();
  project.configure(yaml('true'));
  await succeed(`deploy ${at}`);
  expect(await guardOf('public')).toBeDefined();

  project.configure(yaml('true', 'http'));
  const refused = await project.platform(`deploy ${at} --json`);
  expect([refused.exitCode, JSON.stringify(refused.json().error)]).toEqual([
    2,
    expect.stringContaining('waf needs kind rest'),
  ]);
});
