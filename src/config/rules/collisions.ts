import { fillName } from '../../domain/fill-name.ts';
import type { EffectiveEnvironment } from '../project.ts';
import type { ValuePath } from '../value-path.ts';
import { domainsOf } from './domains.ts';
import type { Severity } from './rule.ts';

export interface Collision {
  rule: 'name-collision' | 'domain-collision';
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
  yield { path: ['naming', 'stack'], of: 'stack', name: filled(naming.stack, '{block}') };
}

/** What two environments would both want to own. */
export function* collisions(environments: readonly EffectiveEnvironment[]): Iterable<Collision> {
  const real = environments.filter(({ kind }) => kind !== 'sandbox' && kind !== 'local');
  for (const [index, later] of real.entries())
    for (const earlier of real.slice(0, index)) {
      const together = sameAccount(earlier, later, real);
      if (together !== 'no' && earlier.region === later.region) yield* nameCollisions(earlier, later, together);
      yield* domainCollisions(earlier, later);
    }
}

function* nameCollisions(
  earlier: EffectiveEnvironment,
  later: EffectiveEnvironment,
  together: 'yes' | 'probably',
): Iterable<Collision> {
  const taken = new Map([...fixedNames(earlier)].map(({ of, name }) => [`${of} ${name}`, name]));
  for (const { path, of, name } of fixedNames(later)) {
    if (!taken.has(`${of} ${name}`)) continue;
    yield {
      rule: 'name-collision',
      severity: together === 'yes' ? 'error' : 'warning',
      environment: later,
      path,
      message: `${earlier.name} and ${later.name} ${together === 'yes' ? 'are' : 'seem to be'} in the same account and region, and both own the ${of} ${name}`,
      remedy: of === 'stack' || of === 'secret' ? 'put {env} into the name' : `give ${later.name} another name`,
    };
  }
}

/** A host name leads to one place in the world, whatever the account. */
function* domainCollisions(earlier: EffectiveEnvironment, later: EffectiveEnvironment): Iterable<Collision> {
  const taken = new Set([...domainsOf(earlier)].map(({ domain }) => domain));
  for (const { path, domain } of domainsOf(later))
    if (taken.has(domain))
      yield {
        rule: 'domain-collision',
        severity:
          earlier.account !== undefined && earlier.account === later.account && earlier.region === later.region
            ? 'error'
            : 'warning',
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
