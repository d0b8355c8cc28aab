import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { caBundle } from './shared-config.ts';

function configured(text: string) {
  const home = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(join(home, 'config'), text);
  return { HOME: home, AWS_CONFIG_FILE: join(home, 'config') };
}

it('takes the bundle of AWS_CA_BUNDLE, else that of the profile in use, else none', () => {
  const variables = configured(
    '[default]\nca_bundle = /etc/ssl/default.pem\n[profile work]\nregion = eu-west-1\nca_bundle=/etc/ssl/work bundle.pem\n[profile bare]\n',
  );
  expect(caBundle(undefined, variables)).toBe('/etc/ssl/default.pem');
  expect(caBundle('work', variables)).toBe('/etc/ssl/work bundle.pem');
  expect(caBundle(undefined, { ...variables, AWS_PROFILE: 'work' })).toBe('/etc/ssl/work bundle.pem');
  expect(caBundle('bare', { ...variables, AWS_PROFILE: 'work' })).toBeUndefined();
  expect(caBundle('work', { ...variables, AWS_CA_BUNDLE: '/tmp/a.pem' })).toBe('/tmp/a.pem');
  expect(caBundle('work', { HOME: variables.HOME })).toBeUndefined();
});
