import { counted } from '../../domain/counted.ts';
import type { Asked } from '../smoke/smoke.ts';
import type { DeployOutcome } from './deploy.ts';
import type { ProvenFunction } from './prove-functions.ts';
import type { ProvenService } from './service-proof.ts';

/** What a deployment says when it is done. */
export function deployText({
  environment,
  dryRun,
  stacks,
  services,
  functions,
  outputs,
  simulated,
  confirmations,
  time,
  release,
  migration,
  smoke,
}: DeployOutcome): string {
  const changed = stacks.filter(({ action }) => action !== 'none').length;
  if (dryRun) {
    const needs =
      confirmations.length > 0 ? `\nIt needs ${confirmations.map((name) => `--confirm ${name}`).join(' ')}` : '';
    return `A deployment of ${environment} would change ${changed} of ${stacks.length} stacks; nothing was changed${needs}`;
  }
  const urls = Object.entries(outputs).filter(([key]) => key.endsWith('.url') && !key.startsWith('queues.'));
  return [
    changed === 0 && !migration
      ? `${environment} is as configured: nothing changed`
      : `${environment} runs release ${release?.id}: ${changed} of ${stacks.length} stacks changed in ${Math.round(time.aws + time.ours)} s`,
    ...(migration
      ? [`  migrated: ${migration.why}, ${migration.seconds} s${migration.simulated ? '  (simulated)' : ''}`]
      : []),
    ...services.map((service) => provenText(service)),
    ...functions.map((fn) => provenFunctionText(fn)),
    ...urls.map(([key, url]) => `  ${key}  ${url}`),
    ...(smoke ? [askedText(smoke)] : []),
    ...(simulated ? [SIMULATED] : []),
  ].join('\n');
}

const askedText = ({ checks, summary: { passed, skipped } }: Asked): string =>
  `  asked: ${passed} of ${counted(checks.length, 'request')} answered as expected${skipped > 0 ? `, ${skipped} could not be asked` : ''}`;

export const SIMULATED = 'simulated: no container ran, the sandbox found no container engine';

/** A function that was proven, in a line. */
export const provenFunctionText = ({ name, version, trigger, paused }: ProvenFunction): string =>
  `  ${name}  version ${version}${trigger ? `, its ${trigger.on} ${trigger.enabled ? 'on' : 'off'}` : ''}${paused ? ', paused' : ''}`;

/** A service that was proven, in a line. */
export const provenText = ({ name, running, desired, healthy, digest, simulated }: ProvenService): string =>
  `  ${name}  ${running}/${desired} tasks${healthy === undefined ? '' : `, ${healthy} healthy`}  ${digest.slice(0, 19)}${simulated ? '  (simulated)' : ''}`;
