import type { OnDelete, Text, Use } from './setting-values.ts';

export interface FunctionSettings {
  /** What is bundled: a file or folder from the folder of platform.yaml on, or `builtin:<name>`. */
  source: string;
  /** Module and exported name: `index.handler`. */
  handler: string;
  /** As Lambda writes it: `nodejs22.x`. */
  runtime: string;
  architecture: 'arm64' | 'x86_64';
  memoryMiB: number;
  timeoutSeconds: number;
  /** Absent: as many at a time as the account has left. */
  reservedConcurrency?: number;
  uses: readonly Use[];
  /** Stands in the VPC also without a database. */
  inVpc?: boolean;
  environment: Readonly<Record<string, Text>>;
  trigger?: TriggerSettings;
  /** Absent: nothing of a password's rotation. */
  rotation?: RotationSettings;
  /** Where events go that nobody could handle; only where something invokes the function asynchronously. */
  deadLetters: false | { retentionDays: number; onDelete: OnDelete };
  rollout: RolloutSettings;
}

export type TriggerSettings =
  /** `rate(1 minute)` or `cron(…)`, in UTC where no zone is named. */
  | { on: 'schedule'; expression: string; timezone?: string }
  | {
      on: 'queue';
      queue: string;
      batchSize: number;
      windowSeconds: number;
      partialFailures: boolean;
      maxConcurrency?: number;
    }
  | { on: 'bus'; bus: string; detailTypes: readonly string[]; retries: number }
  /** CloudTrail tells of a database's rotation; the schedule finds what nobody told of. */
  | { on: 'rotation'; database: string; expression: string };

/** What a function is to the rotation of a database's password. */
export type RotationSettings =
  /** Gives the user another password, whenever Secrets Manager asks. */
  | { does: 'rotate'; database: string; afterDays: number }
  /** Brings it to the URL and to the services that hold it. */
  | { does: 'follow'; database: string };

export type RolloutSettings =
  | { type: 'all-at-once' }
  | {
      /** `canary`: a share first and then the rest; `linear`: the same share again and again. */
      type: 'canary' | 'linear';
      percent: number;
      minutes: number;
      alarms: readonly RolloutAlarm[];
    };

/** Sends the traffic back while it moves: counted on the new version alone. */
export interface RolloutAlarm {
  preset: string;
  measure: 'error-rate' | 'errors' | 'throttles' | 'duration-p99';
  /** Percent, a count, or milliseconds. */
  threshold: number;
  periods: number;
  periodSeconds: number;
}

/** What a function is made of, bundled before synthesis. */
export interface FunctionCode {
  /** Folder whose content is zipped. */
  directory: string;
  /** Of that content; names it in the bootstrap bucket. */
  hash: string;
}
