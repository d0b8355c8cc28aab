import type { Scope } from '../../kernel/scope.ts';
import { accountSettings } from './state.ts';

/** What an account has that never touched its settings. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html */
export const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  awsvpcTrunking: 'disabled',
  containerInsights: 'disabled',
  containerInstanceLongArnFormat: 'enabled',
  defaultLogDriverMode: 'non-blocking',
  dualStackIPv6: 'enabled',
  fargateFIPSMode: 'disabled',
  fargateTaskRetirementWaitPeriod: '7',
  guardDutyActivate: 'off',
  serviceLongArnFormat: 'enabled',
  tagResourceAuthorization: 'off',
  taskLongArnFormat: 'enabled',
};

export const accountSetting = (scope: Scope, name: string): string =>
  accountSettings.in(scope).get(name)?.value ?? DEFAULT_SETTINGS[name] ?? 'disabled';
