import type { AppSettings } from '../../infra/settings.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { appSettings } from './settings.ts';

/** Stands for an account that the configuration does not name and nobody was asked about. */
const NO_ACCOUNT = '000000000000';
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * Settings without asking AWS: zones are assumed to be the first letters of the region, database versions are as
 * written. For `synth` and `validate`; a deployment asks.
 */
export function offlineSettings(environment: EffectiveEnvironment): AppSettings {
  const { azs } = environment.blocks.network;
  const availabilityZones = Array.isArray(azs)
    ? azs
    : LETTERS.slice(0, azs).map((letter) => `${environment.region}${letter}`);
  return appSettings({
    project: environment.project,
    environment,
    account: environment.account ?? NO_ACCOUNT,
    frozen: { availabilityZones },
  });
}
