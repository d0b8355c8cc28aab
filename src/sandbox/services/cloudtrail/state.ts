import { defineTable, type Scope } from '../../kernel/scope.ts';

export interface TrailRow {
  name: string;
  arn: string;
  homeRegion: string;
  bucket: string;
  multiRegion: boolean;
  globalEvents: boolean;
  validated: boolean;
  logging: boolean;
  /** Real milliseconds since 1970. */
  startedAt?: number;
  stoppedAt?: number;
}

const table = defineTable<TrailRow>('cloudtrail.trails');

/** All of an account, whatever their home: one of every region is seen from each of them. */
export const trails = (scope: Scope) => table.in({ ...scope, region: 'us-east-1' });

/** What a region sees: its own trails, and those of others that cover it, which AWS calls shadow trails. */
export const seenFrom = (scope: Scope, { shadows = true } = {}): TrailRow[] =>
  trails(scope)
    .values()
    .filter(({ homeRegion, multiRegion }) => homeRegion === scope.region || (shadows && multiRegion));
