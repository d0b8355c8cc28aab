import { EDGE_REGION } from '../../../infra/edge-region.ts';
import type { AppSettings } from '../../../infra/settings.ts';
import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';

/** Below what a person would choose for a rule by hand, above 1 so that one can still be put in front. */
const FIRST_PRIORITY = 100;
/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html */
const NAT_IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/**
 * Values of `state` parameters, by the wiring's key: rule priorities that no other rule has, the image of a NAT
 * instance, certificates. What was chosen before stays. A certificate that is not there yet is left out.
 */
export async function decideForServices(
  { aws }: Pick<Session, 'aws'>,
  settings: AppSettings,
  { stacks }: Synthesis,
  state: EnvironmentState,
): Promise<Record<string, string>> {
  const keys = new Set(
    stacks
      .flatMap(({ parameters }) => Object.values(parameters))
      .flatMap((source) => (source.from === 'state' ? [source.key] : [])),
  );
  const decided: Record<string, string> = {};
  const taken = new Set(Object.values(state.rulePriorities));
  for (const key of [...keys].sort()) {
    const [kind, ...rest] = key.split('/');
    const name = rest.join('/');
    if (kind === 'rule-priority') {
      const priority = state.rulePriorities[name] ?? firstFree(taken);
      taken.add(priority);
      decided[key] = String(priority);
    } else if (kind === 'certificate') {
      const place = certificatePlace(settings, name);
      const arn = place && state.certificates[place];
      if (arn) decided[key] = arn;
    } else if (key === 'nat-image') {
      const image = state.parameters[key] ?? (await aws.ssm.parameter(NAT_IMAGE));
      if (image) decided[key] = image;
    } else if (state.parameters[key] !== undefined) decided[key] = state.parameters[key];
  }
  return decided;
}

/** Of `services/<name>`, `apis/<name>` or `sites/<name>`: CloudFront takes certificates from us-east-1 alone. */
function certificatePlace({ services, apis, sites, region }: AppSettings, key: string): string | undefined {
  const [kind, name = ''] = key.split('/');
  if (kind === 'sites') return sites[name]?.domain && `${EDGE_REGION}/${sites[name].domain}`;
  const domain = kind === 'apis' ? apis[name]?.domain?.name : services[name]?.http?.domain;
  return domain && `${region}/${domain}`;
}

function firstFree(taken: ReadonlySet<number>): number {
  let priority = FIRST_PRIORITY;
  while (taken.has(priority)) priority += 1;
  return priority;
}
