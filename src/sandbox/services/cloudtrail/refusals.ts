import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { seenFrom, type TrailRow } from './state.ts';

/** A trail by its name in this region, or by its ARN. Throws `TrailNotFoundException`. */
export function findTrail(nameOrArn: string | undefined, scope: Scope): TrailRow {
  const found = seenFrom(scope).find(({ name, arn, homeRegion }) =>
    nameOrArn?.startsWith('arn:') ? arn === nameOrArn : name === nameOrArn && homeRegion === scope.region,
  );
  if (found) return found;
  const arn = nameOrArn?.startsWith('arn:')
    ? nameOrArn
    : `arn:aws:cloudtrail:${scope.region}:${scope.account}:trail/${nameOrArn}`;
  throw new AwsFault('TrailNotFoundException', `Unknown trail: ${arn} for the user: ${scope.account}`);
}

/** A trail is changed at home only. */
export function ownTrail(nameOrArn: string | undefined, scope: Scope): TrailRow {
  const trail = findTrail(nameOrArn, scope);
  if (trail.homeRegion === scope.region) return trail;
  throw new AwsFault('InvalidHomeRegionException', `The trail home region is ${trail.homeRegion}, not ${scope.region}`);
}
