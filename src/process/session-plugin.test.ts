import { expect, it } from 'vitest';
import { hidesTokens, pluginArgs } from './session-plugin.ts';

const start = {
  session: { sessionId: 's-1', streamUrl: 'wss://x', tokenValue: 'canary' },
  region: 'eu-west-1',
  request: { Target: 'ecs:c_t_r' },
  endpoint: 'https://ecs.eu-west-1.amazonaws.com',
};
const rest = ['eu-west-1', 'StartSession', '', '{"Target":"ecs:c_t_r"}', 'https://ecs.eu-west-1.amazonaws.com'];

it('hands the token over in a variable, not in an argument', () => {
  const { args, variables } = pluginArgs(start);
  expect(args).toEqual(['AWS_SSM_START_SESSION_RESPONSE', ...rest]);
  expect(args.join(' ')).not.toContain('canary');
  expect(JSON.parse(variables.AWS_SSM_START_SESSION_RESPONSE!)).toEqual(start.session);
});

it.each([
  ['1.2.553.0', true],
  ['1.2.497.1', true],
  ['1.3.0.0', true],
  ['2.0.0', true],
  ['1.2.497.0', false],
  ['1.2.30.0', false],
  ['1.1.61.0', false],
  ['unknown', false],
])('plugin %s knows the variable: %s', (version, knows) => {
  expect(hidesTokens(version)).toBe(knows);
});
