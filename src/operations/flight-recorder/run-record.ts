import type { Cause, Unseen } from '../../diagnosis/cause.ts';
import type { ToldDiagnosis } from '../../diagnosis/diagnosis-text.ts';
import type { Problem } from '../../errors/problem.ts';

/** `new`: of the rollout that this command began; `back`: of one that takes it back. */
export type Role = 'new' | 'back';

/** Something that was seen while a command ran, or that it did. */
export type Sighting =
  | { kind: 'act'; text: string }
  | { kind: 'blind'; what: string; permission?: string; reason: string }
  | { kind: 'resource'; stack: string; resource: string; type: string; status: string; reason?: string }
  | {
      kind: 'rollout';
      service: string;
      deployment: string;
      role: Role;
      state: string;
      running: number;
      desired: number;
      failed: number;
      reason?: string;
    }
  | {
      kind: 'task';
      service: string;
      task: string;
      deployment: string;
      role: Role;
      stopCode?: string;
      reason: string;
      containers: { name: string; exitCode: number | null; reason?: string }[];
    }
  | { kind: 'log'; service: string; task: string; container: string; lines: string[] }
  | { kind: 'target'; service: string; target: string; state: string; reason?: string; description?: string }
  | { kind: 'alarm'; service: string; alarm: string; state: string; reason: string }
  /** ECS moves requests: its lifecycle stage, and what the new tasks are given. */
  | { kind: 'shift'; service: string; stage: string; percent?: number }
  | { kind: 'event'; service: string; text: string }
  | { kind: 'diagnosis'; service: string; task?: string; causes: readonly Cause[]; unseen: readonly Unseen[] }
  | {
      kind: 'one-off';
      component: string;
      command: string;
      task: string;
      end: string;
      exitCode: number | null;
      reason: string | null;
      lines: string[];
    };

export type Recorded = Sighting & {
  /** ISO 8601. */
  at: string;
};

/** How a command ended, with what is wrong as far as it is known. */
export interface RecordedFailure {
  id: string;
  kind: string;
  message: string;
  remedy: string;
  problems: Pick<Problem, 'rule' | 'path' | 'message' | 'remedy' | 'evidence'>[];
  causes: ToldDiagnosis['causes'];
  unseen: readonly Unseen[];
}

/** `.platform/runs/<id>/run.json`: one command, and what it saw. A contract of `explain --json`. */
export interface RunRecord {
  format: 1;
  /** That of the release where the command made one: sorts by time. */
  id: string;
  command: string;
  environment: string;
  sandbox: boolean;
  account: string;
  region: string;
  /** Of platform. */
  version: string;
  startedAt: string;
  /** Null: it runs, or was cut off. */
  endedAt: string | null;
  outcome: 'running' | 'done' | 'failed';
  /** How many of the oldest sightings were left out for want of room. */
  dropped: number;
  seen: Recorded[];
  failure: RecordedFailure | null;
}

export const RUN_FILE = 'run.json';
