import { fillName } from '../../domain/fill-name.ts';
import type { EffectiveEnvironment } from '../project.ts';
import type { ValuePath } from '../value-path.ts';
import { domainsOf } from './domains.ts';
import type { Severity } from './rule.ts';

export interface Collision {
  rule: 'name-collision' | 'domain-collision' | 'access-apart';
  severity: Severity;
  /** The later of the two, which would not find its name free. */
  environment: EffectiveEnvironment;
  path: ValuePath;
  message: string;
  remedy: string;
}

interface FixedName {
  path: ValuePath;
  /** What kind of thing it is, for AWS: names of different kinds never collide. */
  of: string;
  name: string;
  /** Both may have it, and what is measured of them is then one. */
  measured?: boolean;
}

/** Names that do not change from one environment to the next by themselves. */
function* fixedNames(environment: EffectiveEnvironment): Iterable<FixedName> {
  const { name: env, project, blocks, naming } = environment;
  const filled = (template: string, name: string) => fillName(template, { project, env, name, block: name });
  for (const [key, { name }] of Object.entries(blocks.buses))
    if (name) yield { path: ['buses', key, 'name'], of: 'event bus', name };
  for (const [key, { image }] of Object.entries(blocks.services))
    if (image.repository)
      yield { path: ['services', key, 'image', 'repository'], of: 'repository', name: image.repository };
  for (const [key, { path, source }] of Object.entries(blocks.secrets))
    if (source !== 'existing')
      yield {
        path: ['secrets', key, ...(path ? ['path'] : [])],
        of: 'secret',
        name: filled(path ?? naming.secret, key),
      };
  for (const [key, { identifier, engine }] of Object.entries(blocks.databases))
    if (identifier && engine !== 'shared')
      yield { path: ['databases', key, 'identifier'], of: 'database', name: filled(identifier, key) };
  // REST APIs have no other dimension: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
  for (const [key, { name, kind, stage }] of Object.entries(blocks.apis))
    if (name && kind === 'rest')
      yield { path: ['apis', key, 'name'], of: `stage ${stage} of REST API`, name, measured: true };
  yield { path: ['naming', 'stack'], of: 'stack', name: filled(naming.stack, '{block}') };
}

/** What two environments would both want to own. The later of the two is said to collide, once for each name. */
export function* collisions(environments: readonly EffectiveEnvironment[]): Iterable<Collision> {
  const real = environments.filter(({ kind }) => kind !== 'sandbox' && kind !== 'local');
  const owned = real.map((one) => new Set([...fixedNames(one)].map(({ of, name }) => `${of} ${name}`)));
  const answered = real.map((one) => new Set([...domainsOf(one)].map(({ domain }) => domain)));

  for (const [index, later] of real.entries()) {
    const before = real
      .slice(0, index)
      .map((earlier, at) => ({ earlier, at, together: sameAccount(earlier, later, real) }));
    for (const fixed of fixedNames(later)) {
      const { of, name } = fixed;
      const owner = before.find(
        ({ earlier, at, together }) =>
          together !== 'no' && earlier.region === later.region && owned[at]!.has(`${of} ${name}`),
      );
      if (owner) yield nameCollision(owner.earlier, later, owner.together === 'yes', fixed);
    }
    for (const { path, domain } of domainsOf(later)) {
      const other = before.find(({ at }) => answered[at]!.has(domain));
      if (other) yield domainCollision(other.earlier, later, path, domain);
    }
  }
}

function nameCollision(
  earlier: EffectiveEnvironment,
  later: EffectiveEnvironment,
  certain: boolean,
  { path, of, name, measured = false }: FixedName,
): Collision {
  const together = `${earlier.name} and ${later.name} ${certain ? 'are' : 'seem to be'} in the same account and region`;
  return {
    rule: 'name-collision',
    severity: certain && !measured ? 'error' : 'warning',
    environment: later,
    path,
    message: measured
      ? `${together}, and CloudWatch counts ${of} ${name} of both as one: alarms of one ring for the other`
      : `${together}, and both own the ${of} ${name}`,
    remedy: of === 'stack' || of === 'secret' ? 'put {env} into the name' : `give ${later.name} another name`,
  };
}

/** A host name leads to one place in the world, whatever the account; in one account and region the second is refused. */
function domainCollision(
  earlier: EffectiveEnvironment,
  later: EffectiveEnvironment,
  path: ValuePath,
  domain: string,
): Collision {
  const together =
    earlier.account !== undefined && earlier.account === later.account && earlier.region === later.region;
  return {
    rule: 'domain-collision',
    severity: together ? 'error' : 'warning',
    environment: later,
    path,
    message: `${earlier.name} and ${later.name} both answer to ${domain}`,
    remedy: `give ${later.name} another domain under environments.${later.name}`,
  };
}

/** Without a named account the credentials at hand decide, which for the same profile is the same account. */
function sameAccount(
  a: EffectiveEnvironment,
  b: EffectiveEnvironment,
  all: readonly EffectiveEnvironment[],
): 'yes' | 'probably' | 'no' {
  if (a.account !== undefined && b.account !== undefined) return a.account === b.account ? 'yes' : 'no';
  if (a.account === undefined && b.account === undefined) return a.profile === b.profile ? 'yes' : 'no';
  const [first, second] = [a, b].map((one) => one.account ?? providerOf(one, all)?.account);
  return first !== undefined && first === second ? 'probably' : 'no';
}

/** A consumer of shared infrastructure is in its provider's account. */
function providerOf(
  { blocks }: EffectiveEnvironment,
  all: readonly EffectiveEnvironment[],
): EffectiveEnvironment | undefined {
  const { shared } = blocks;
  if (shared.mode !== 'consume') return undefined;
  return all.find(({ blocks: other }) => other.shared.mode === 'export' && other.shared.prefix === shared.prefix);
}
