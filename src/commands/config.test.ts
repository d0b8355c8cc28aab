import { describe, expect, it } from 'vitest';
import { startPlatform } from '../testing/start-platform.ts';

const YAML = `project: demo
services:
  web:
    image: { context: . }
    port: 8080
    health: { path: /up }
    env: { NAME: "\${project}-\${env.name}" }
environments:
  dev: { kind: dev }
  prod:
    kind: prod
    account: "222222222222"
    services: { web: { cpu: 1024, memory: 2048 } }
`;

describe('platform config show', () => {
  it('prints what is in effect, as YAML and as a document', async () => {
    const { platform, aws } = await startPlatform({ yaml: YAML });
    const { stdout } = await platform('config show --env prod');
    expect(stdout).toContain('cpu: 1024');
    expect(stdout).toContain('NAME: demo-prod');
    const document = (await platform('config show --env dev --json')).json();
    expect(document).toMatchObject({
      environment: 'dev',
      kind: 'dev',
      account: null,
      region: 'us-east-1',
      config: { services: { web: { cpu: 512, port: 8080, env: { NAME: 'demo-dev' } } } },
    });
    expect(aws.calls).toEqual([]);
  });

  it('says of each value where it comes from', async () => {
    const { platform } = await startPlatform({ yaml: YAML });
    const { stdout } = await platform('config show --env prod --origin');
    expect(stdout).toMatch(/cpu: 1024 # line 13, environments\.prod/);
    expect(stdout).toMatch(/port: 8080 # line 5\n/);
    expect(stdout).toMatch(/gateways: 2 # default of kind prod/);
    expect(stdout).toMatch(/azs: 2 # default\n/);
    const { origins } = (await platform('config show --env prod --origin --json')).json();
    expect(origins['services.web.cpu']).toMatchObject({ from: 'file', line: 13, environment: 'prod' });
  });

  it('knows an environment that is not there, and which are', async () => {
    const { platform } = await startPlatform({ yaml: YAML });
    const { exitCode, stderr } = await platform('config show --env prdo');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('prod');
  });

  it('shows a rehearsal as the sandbox would have it', async () => {
    const { platform } = await startPlatform({ yaml: YAML });
    const document = (await platform('config show --env dev --sandbox --json')).json();
    expect(document.account).toMatch(/^\d{12}$/);
  });
});
