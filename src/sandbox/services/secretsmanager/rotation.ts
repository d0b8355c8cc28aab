import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import type { World } from '../../kernel/world.ts';
import { admit, leave } from '../lambda/admit.ts';
import type { Reference } from '../lambda/names.ts';
import { type Planned, runFunction } from '../lambda/run-function.ts';
import { tellRotation } from './rotation-event.ts';
import { planRotation, ROTATION_DUE } from './rotation-schedule.ts';
import { isEmpty } from './secret-value.ts';
import { putStages, removeStage } from './stages.ts';
import { CURRENT, PENDING, type SecretRow, secrets, type VersionRow } from './state.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
type Step = (typeof STEPS)[number];

/** AWS tries the whole rotation "multiple times" and says neither how often nor when. */
const TRIES = 5;
const AGAIN_MS = 10 * 60_000;

const STEP_DUE = 'secretsmanager.rotation-step';
const AGAIN_DUE = 'secretsmanager.rotation-again';

/**
 * Begins a rotation: a version without a value gets AWSPENDING, and the function is asked for one step after the other.
 * A test of the configuration (`RotateImmediately: false`) asks for `testSecret` alone, and the version goes again.
 */
export function beginRotation(arn: string, token: string, scope: Scope, isTest = false): void {
  secrets.in(scope).update(arn, (draft) => {
    if (!draft.versions.some(({ id }) => id === token))
      draft.versions.push({ id: token, stages: [], created: scope.world.clock.stamp() });
    putStages(draft, token, [PENDING]);
    draft.rotating = { token, tries: 1, isTest };
  });
  if (!isTest) tellRotation('RotationStarted', arn, scope);
  ask(arn, isTest ? 'testSecret' : 'createSecret', scope);
}

/** A rotation that was not finished: its version has AWSPENDING, and is not the current one. */
export const pendingOf = ({ versions }: SecretRow): VersionRow | undefined =>
  versions.find(({ stages }) => stages.includes(PENDING) && !stages.includes(CURRENT));

const ask = (arn: string, step: Step, scope: Scope): void => {
  scope.world.schedule(scope, { afterMs: 0, kind: STEP_DUE, payload: { arn, step } });
};

export const rotationTimers: Readonly<Record<string, TimerHandler>> = {
  [STEP_DUE]: ({ arn, step }: { arn: string; step: Step }, scope) => {
    const row = secrets.in(scope).get(arn);
    if (!row?.rotating || row.deletion) return;
    const plan = letIn(row, step, scope);
    if (plan) run(arn, step, plan);
    else fail(arn, scope);
  },
  [AGAIN_DUE]: ({ arn, token }: { arn: string; token: string }, scope) => {
    const row = secrets.in(scope).get(arn);
    if (row?.rotating?.token === token && row.rotation?.enabled) ask(arn, 'createSecret', scope);
  },
  [ROTATION_DUE]: ({ arn }: { arn: string }, scope) => {
    const row = secrets.in(scope).get(arn);
    if (!row?.rotation?.enabled || row.deletion) return;
    planRotation(arn, scope);
    // What was not finished is tried again, with its version.
    if (!row.rotating) beginRotation(arn, pendingOf(row)?.id ?? randomUUID(), scope);
  },
};

/** Undefined when Lambda refuses the call: the function is gone, or has no room. */
function letIn(row: SecretRow, Step: Step, scope: Scope): Planned | undefined {
  const event = JSON.stringify({ Step, SecretId: row.arn, ClientRequestToken: row.rotating!.token });
  try {
    return admit(functionAt(row.rotation?.lambdaArn ?? ''), event, scope);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    return undefined;
  }
}

export function functionAt(arn: string): Reference {
  const [name = '', qualifier] = arn.split(':').slice(6);
  return { name, arn, ...(qualifier !== undefined && { qualifier }) };
}

/** Beside the world's own work: the function asks this sandbox while it runs. */
function run(arn: string, step: Step, plan: Planned): void {
  const { scope } = plan;
  const release = scope.world.hold();
  scope.world.beside(async () => {
    try {
      const { failed } = await runFunction(plan).finally(() => leave(plan));
      await scope.world.transaction(() => (failed ? fail(arn, scope) : stepDone(arn, step, scope)));
    } finally {
      release();
    }
  });
}

function stepDone(arn: string, step: Step, scope: Scope): void {
  const row = secrets.in(scope).get(arn);
  if (!row?.rotating) return;
  const { token, isTest } = row.rotating;
  const next = STEPS[STEPS.indexOf(step) + 1];
  if (isTest) endTest(row, scope);
  else if (next) ask(arn, next, scope);
  // The function alone moves the label; what it has not moved was not rotated.
  else if (row.versions.find(({ id }) => id === token)?.stages.includes(CURRENT)) succeed(arn, scope);
  else fail(arn, scope);
}

function succeed(arn: string, scope: Scope): void {
  secrets.in(scope).update(arn, (draft) => {
    delete draft.rotating;
    draft.lastRotated = scope.world.clock.stamp();
  });
  tellRotation('RotationSucceeded', arn, scope);
}

/** The version of the rotation keeps its label: it says that something was begun and not finished. */
function fail(arn: string, scope: Scope): void {
  const row = secrets.in(scope).get(arn);
  if (!row?.rotating) return;
  if (row.rotating.isTest) {
    endTest(row, scope);
    return;
  }
  tellRotation('RotationFailed', arn, scope);
  const { token, tries } = row.rotating;
  secrets.in(scope).update(arn, (draft) => {
    if (tries < TRIES) draft.rotating!.tries += 1;
    else delete draft.rotating;
  });
  if (tries < TRIES)
    scope.world.schedule(scope, {
      afterMs: AGAIN_MS,
      kind: AGAIN_DUE,
      payload: { arn, token },
      // An outage does not end by itself, so waiting for it would only make time fly.
      background: true,
    });
}

function endTest({ arn, rotating }: SecretRow, scope: Scope): void {
  secrets.in(scope).update(arn, (draft) => {
    const tested = draft.versions.find(({ id }) => id === rotating!.token);
    if (tested) removeStage(tested, PENDING);
    draft.versions = draft.versions.filter((version) => version !== tested || !isEmpty(version));
    delete draft.rotating;
  });
}

/** Rotations that a server was working on when it was killed begin anew: each step bears being asked twice. */
export async function resumeRotations(world: World): Promise<void> {
  const partitions = world.store.partitions(secrets.name);
  if (partitions.length === 0) return;
  await world.transaction(() => {
    for (const partition of partitions) {
      const [account = '', region = ''] = partition.split('/');
      const scope = { world, account, region };
      for (const { arn, rotating } of secrets.in(scope).values())
        if (rotating) ask(arn, rotating.isTest ? 'testSecret' : 'createSecret', scope);
    }
  });
}
