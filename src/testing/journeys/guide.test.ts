import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtProject, REPOSITORY } from './built-program.ts';

const systems = join(REPOSITORY, 'src', 'testing', 'systems');

/** What a person fills in by hand: everything that is neither generated nor has a default. */
const GIVEN: Record<string, string> = {
  STYTCH_PROJECT_ID: 'project-live-1',
  STYTCH_SECRET: 'secret-live-1',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_PRICE_ID: 'price_1',
  RESEND_API_KEY: 're_1',
};

it('S3-15 … S3-82: the twelve steps of the guide are each one command, rehearsed for production', async () => {
  const standIn = (path: string) => readFileSync(join(REPOSITORY, 'systems', 'pikaia', path), 'utf8');
  const frontend = ['build.mjs', 'index.html', 'main.js', 'package.json'].map((name) => `frontend/${name}`);
  const { directory, platform, succeed } = builtProject(
    {
      // Without pnpm on the machine its script is started as it is.
      'platform.yaml': readFileSync(join(systems, 'pikaia.yaml'), 'utf8').replace('pnpm build', 'node build.mjs'),
      'backend/Dockerfile': 'FROM scratch\n',
      'infra/functions/audit-consumer/handler.py': '',
      ...Object.fromEntries(frontend.map((path) => [path, standIn(path)])),
    },
    { env: { VITE_STYTCH_PUBLIC_TOKEN: 'public-token-1' } },
  );
  const prod = ['--env', 'prod', '--sandbox'];

  // Steps 1 to 3: whose account it is, and the bootstrap.
  expect((await succeed('status', ...prod, '--json')).json()).toMatchObject({
    account: '111111111111',
    deployed: false,
  });
  await succeed('bootstrap', ...prod, '--yes');

  // Step 4: secrets.
  await succeed('secrets', 'init', ...prod);
  const file = join(directory, '.env.prod');
  const filled = Object.entries(GIVEN).reduce(
    (text, [key, value]) => text.replace(new RegExp(`^${key}=.*$`, 'm'), `${key}=${value}`),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, filled);
  const [pushed] = (await succeed('secrets', 'push', ...prod, '--yes', '--json')).json().secrets;
  expect(pushed.added).toEqual(expect.arrayContaining(Object.keys(GIVEN)));

  // Steps 5 to 7: images, certificates, deployment. Without an engine the image is a placeholder, and that is said.
  const deployed = (await succeed('deploy', ...prod, '--yes', '--json')).json();
  expect(deployed).toMatchObject({ simulated: true, migration: { exitCode: 0, simulated: true } });
  expect(deployed.services).toMatchObject([{ name: 'web', running: 2, healthy: 2 }]);

  // Step 8: the webhook's secret is known once the address is.
  expect((await succeed('outputs', 'services.web.url', ...prod)).stdout).toBe('https://api.example.com\n');
  writeFileSync(
    file,
    `${filled.replace(/^(STRIPE|STYTCH)_WEBHOOK_SECRET=.*\n/gm, '')}\nSTRIPE_WEBHOOK_SECRET=whsec_1\nSTYTCH_WEBHOOK_SECRET=x\n`,
  );
  const redeployed = (await succeed('secrets', 'push', ...prod, '--yes', '--redeploy', '--json')).json();
  expect(redeployed.secrets[0].changed).toEqual(expect.arrayContaining(['STRIPE_WEBHOOK_SECRET']));

  // Steps 9 to 11: migrations, a one-off command, fresh tasks, and how it stands.
  expect((await succeed('migrate', ...prod, '--json')).json()).toMatchObject({ exitCode: 0, simulated: true });
  await succeed('run', 'web', ...prod, '--', 'python', 'manage.py', 'check');
  await succeed('redeploy', 'web', ...prod, '--yes');
  expect((await succeed('status', ...prod, '--json')).json().services).toMatchObject([{ desired: 2, running: 2 }]);

  // Step 12: nothing is stuck, and each of the ways out says so.
  expect((await succeed('logs', 'web', '--stopped', ...prod, '--json')).json()).toBeDefined();
  expect((await succeed('bootstrap', 'repair', ...prod, '--json')).json().regions).toMatchObject([{ plan: 'nothing' }]);
  await succeed('recover', ...prod);
  const refused = await platform('db', 'unprotect', 'main', '--for', '30m', '--reason', 'trying', ...prod, '--yes');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('--confirm prod/databases.main');
});
