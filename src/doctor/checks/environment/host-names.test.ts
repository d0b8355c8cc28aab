import { expect, it } from 'vitest';
import { smallYaml } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startNameServer } from '../../../testing/name-server.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const yaml = smallYaml(
  'services: { web: { image: { context: . }, port: 8080, http: { domain: shop.example.com, certificate: none, insecure: true }, health: { path: / } } }',
).replace(/^network: .*$/m, 'network: { nat: none }');

it('host-names: healthy where a name leads here; host-names: sick where it leads elsewhere, or a proxy answers for it', async () => {
  const project = await startDeployed({ yaml });
  const ask = async (address: string) => {
    const env = { PLATFORM_NAME_SERVERS: await startNameServer({ 'shop.example.com': address, demo: '192.0.2.7' }) };
    return checked({ platform: (words) => project.platform(words, { env }) }, 'host-names', '--env dev');
  };
  expect(await ask('192.0.2.7')).toMatchObject({ exitCode: 0, checks: [{ status: 'ok', detail: 'shop.example.com' }] });
  expect((await ask('104.21.3.7')).checks).toMatchObject([
    {
      status: 'problem',
      severity: 'warning',
      subject: 'services.web',
      detail: expect.stringContaining("answered by Cloudflare's proxy"),
      remedy: expect.stringContaining('DNS only'),
    },
  ]);
  expect((await ask('198.51.100.1')).checks).toMatchObject([
    { status: 'problem', detail: expect.stringContaining('leads to 198.51.100.1') },
  ]);
});
