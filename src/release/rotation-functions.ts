import type { FunctionSettings } from '../../infra/function-settings.ts';
import type { OnDelete } from '../../infra/setting-values.ts';
import type { Blocks } from '../config/blocks.ts';
import { lambdaRuntime, NEWEST_NODE } from '../domain/lambda-runtimes.ts';

/** Long enough that it costs next to nothing, short enough that refused logins do not pile up. */
const LOOK_AGAIN = 'rate(5 minutes)';
const DEAD_LETTER_DAYS = 14;

/**
 * Functions that the rotation of passwords needs: one that Secrets Manager asks for another password, and one that brings
 * it to the URL and gives the services that hold it fresh tasks (C28).
 */
export function rotationFunctions(blocks: Blocks, deadLetters: OnDelete): Record<string, FunctionSettings> {
  return Object.fromEntries(
    Object.entries(blocks.databases).flatMap(([name, { engine, rotationDays }]) => {
      if (rotationDays === undefined || engine === 'shared') return [];
      return [
        [rotationName(name, blocks), rotating(name, rotationDays)],
        [followerName(name, blocks), following(name, deadLetters)],
      ];
    }),
  );
}

/** The function that rotates the password of a database, as `logs` and `status` call it. */
export const rotationName = (database: string, blocks: Pick<Blocks, 'functions'>): string =>
  free(`${database}-rotation`, blocks);

/** The function that brings a rotated password to who holds it. */
export const followerName = (database: string, blocks: Pick<Blocks, 'functions'>): string =>
  free(`${database}-rotated`, blocks);

/** A function of the configuration keeps its name. */
const free = (name: string, { functions }: Pick<Blocks, 'functions'>): string =>
  Object.hasOwn(functions, name) ? `${name}-of-platform` : name;

const COMMON = {
  handler: 'index.handler',
  runtime: lambdaRuntime(NEWEST_NODE),
  architecture: 'arm64',
  memoryMiB: 256,
  uses: [],
  rollout: { type: 'all-at-once' },
} as const;

const rotating = (database: string, afterDays: number): FunctionSettings => ({
  ...COMMON,
  source: 'builtin:rotate-database',
  // A database that pauses is awake within some fifteen seconds.
  timeoutSeconds: 60,
  environment: {},
  rotation: { does: 'rotate', database, afterDays },
  deadLetters: false,
});

const following = (database: string, onDelete: OnDelete): FunctionSettings => ({
  ...COMMON,
  source: 'builtin:url-secret',
  timeoutSeconds: 60,
  environment: {
    DATABASE_SECRET_ARN: [{ of: 'database-secret-arn', name: database }],
    DATABASE_HOST: [{ of: 'database-host', name: database }],
  },
  rotation: { does: 'follow', database },
  trigger: { on: 'rotation', database, expression: LOOK_AGAIN },
  deadLetters: { retentionDays: DEAD_LETTER_DAYS, onDelete },
});
