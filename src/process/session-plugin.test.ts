import { expect, it } from 'vitest';
import { pluginArgs } from './session-plugin.ts';

const start = {
  session: { sessionId: 's-1', streamUrl: 'wss://x', tokenValue: 'canary' },
  region: 'eu-west-1',
  request: { Target: 'ecs:c_t_r' },
  endpoint: 'https://ecs.eu-west-1.amazonaws.com',
};
const rest = ['eu-west-1', 'StartSession', '', '{"Target":"ecs:c_t_r"}', 'https://ecs.eu-west-1.amazonaws.com'];

it.each(['1.2.553.0', '1.2.497.1', '1.3.0.0', '2.0.0'])(
  'plugin %s is handed the token in a variable, not in its arguments',
  (version) => {
    const { args, variables } = pluginArgs({ ...start, version });
    expect(args).toEqual(['AWS_SSM_START_SESSION_RESPONSE', ...rest]);
    expect(args.join(' ')).not.toContain('canary');
    expect(JSON.parse(variables.AWS_SSM_START_SESSION_RESPONSE!)).toEqual(start.session);
  },
);

it.each(['1.2.497.0', '1.2.30.0', '1.1.61.0', 'unknown'])(
  'plugin %s knows no variable, and is given arguments as the AWS CLI does',
  (version) => {
    const { args, variables } = pluginArgs({ ...start, version });
    expect(args).toEqual([JSON.stringify(start.session), ...rest]);
    expect(variables).toEqual({});
  },
);
