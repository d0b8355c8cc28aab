import { describe, expect, it } from 'vitest';
import { readSettings } from '../../functions/jwt-authorizer/settings.ts';
import { loadText, systemText } from '../testing/write-project.ts';

const SYSTEM = systemText('event-scheduling');
const kindsOf = (text: string, name: string, rehearsal = false) =>
  Object.values(loadText(text).environment(name, { rehearsal }).blocks.apis).map(({ authorizer }) => authorizer.kind);

describe('local.authorizerBypass', () => {
  it('S4-37 opens the APIs of an environment of kind local', () => {
    expect(kindsOf(SYSTEM, 'local')).toEqual(['none']);
    expect(kindsOf(SYSTEM.replace('authorizerBypass: true', 'authorizerBypass: false'), 'local')).toEqual([
      'jwt-lambda',
    ]);
  });

  it('S4-37 asks nothing of tokens where nobody looks at them', () => {
    const asked = (text: string) =>
      loadText(text)
        .environment('local')
        .blocks.apis.public!.smoke.map((one) => (typeof one === 'string' ? one : (one.method ?? 'GET')));
    expect(asked(SYSTEM)).toEqual(['OPTIONS']);
    expect(asked(SYSTEM.replace('authorizerBypass: true', 'authorizerBypass: false'))).toHaveLength(3);
  });

  it.each(['dev', 'staging', 'production', 'sandbox'])('S4-37 opens nothing in %s, rehearsed or not', (name) => {
    expect(kindsOf(SYSTEM, name)).toEqual(['jwt-lambda']);
    expect(kindsOf(SYSTEM, name, true)).toEqual(['jwt-lambda']);
  });

  it('S4-37 is no key of an environment, and no variable of the function that looks at tokens', () => {
    const inDev = SYSTEM.replace('dev: { kind: dev,', 'dev: { kind: dev, local: { authorizerBypass: true },');
    expect(() => loadText(inDev)).toThrow(/platform\.yaml/);
    const variables = { JWT_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:jwt' };
    const tempted = {
      ...variables,
      AUTHORIZER_BYPASS: 'true',
      BYPASS_AUTH: '1',
      IS_LOCAL: 'true',
      NODE_ENV: 'development',
    };
    expect(readSettings(tempted)).toEqual(readSettings(variables));
  });
});
