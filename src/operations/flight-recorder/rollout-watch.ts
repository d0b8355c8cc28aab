import type { Service, Task } from '@aws-sdk/client-ecs';
import type { Cause, Unseen } from '../../diagnosis/cause.ts';
import { type Look, look } from '../../diagnosis/look.ts';
import { taskIdOf } from '../tasks/run-one-off.ts';
import { notJudged } from './judge.ts';
import { Jury, ranked } from './jury.ts';
import { lastLines } from './last-lines.ts';
import type { Recorder } from './recorder.ts';
import { RolloutAlarms } from './rollout-alarms.ts';
import { RolloutRoles } from './rollout-roles.ts';
import { RolloutRow } from './rollout-row.ts';
import { ongoingShift, shiftSighting, shiftText, targetGroupsOf } from './shift-sighting.ts';
import { hasRun, hasTold, taskReason, taskSighting, wasUnwanted } from './task-evidence.ts';
import type { WatchedRollout, WatchPowers } from './watched-rollout.ts';

/** What is known of a rollout when the watch is over. */
export interface Findings {
  /** The likeliest first. */
  causes: Cause[];
  unseen: Unseen[];
  /** What made waiting hopeless. */
  convicted: Cause | undefined;
  /** Tasks of it that ended by themselves. */
  stopped: number;
  /** Why, as ECS says, the most frequent first. */
  reasons: string[];
  /** What the service runs in the end; undefined when it is gone, or could not be looked at. */
  now: { running: number; desired: number } | undefined;
}

/** Of those whose tasks all end alike, a few say all that there is to say. */
const MOST_JUDGED = 12;
const MOST_LOGS = 4;
const EVENTS_READ = 20;

/**
 * Watches the tasks of one rollout while somebody else waits for it: three calls a look, one more where a task has
 * stopped or the service has alarms. It ends when it is told to, and whatever it may not see or meets makes nothing fail.
 */
export class RolloutWatch {
  readonly #powers: WatchPowers;
  readonly #watched: WatchedRollout;
  readonly #roles: RolloutRoles;
  readonly #row: RolloutRow;
  readonly #alarms: RolloutAlarms;
  readonly #jury = new Jury();
  readonly #over = new AbortController();
  readonly #hopeless = new AbortController();
  readonly #running: Promise<void>;
  /** What was said last of a thing, so that only news are recorded. */
  readonly #said = new Map<string, string>();
  readonly #told = new Set<string>();
  readonly #stopped = new Map<string, string>();
  #toJudge: Task[] = [];
  readonly #found: (readonly Cause[])[] = [];
  #unseen: readonly Unseen[] = [];
  #convicted: Cause | undefined;
  #now: Findings['now'];
  #judged = 0;
  #logs = 0;
  #hasLooked = false;
  #targetGroups: readonly string[] = [];
  readonly #since: number;

  constructor(powers: WatchPowers, watched: WatchedRollout) {
    // What was begun is seen to its end, whoever presses Ctrl-C.
    this.#powers = { ...powers, aws: powers.aws.uninterrupted(), signal: new AbortController().signal };
    this.#watched = watched;
    this.#roles = new RolloutRoles(watched.before, watched.own);
    this.#row = new RolloutRow(watched.say);
    this.#since = powers.clock.now();
    this.#alarms = new RolloutAlarms(powers.environment, watched.name, this.#since);
    this.#running = this.#watch();
  }

  /** Aborted when waiting is hopeless. */
  get hopeless(): AbortSignal {
    return this.#hopeless.signal;
  }

  /** What made it so. */
  get convicted(): Cause | undefined {
    return this.#convicted;
  }

  /** Ends the watch. `failed`: the rollout has; what its tasks left behind is looked at once more. */
  async finish({ failed }: { failed: boolean }): Promise<Findings> {
    this.#over.abort();
    await this.#running;
    if (failed) await this.#quietly(() => this.#lookOnce());
    const counted = Map.groupBy(this.#stopped.values(), (reason) => reason);
    return {
      causes: this.#convicted ? ranked([[this.#convicted], ...this.#found]) : ranked(this.#found),
      unseen: [...this.#unseen],
      convicted: this.#convicted,
      stopped: this.#stopped.size,
      reasons: [...counted].toSorted(([, a], [, b]) => b.length - a.length).map(([reason]) => reason),
      now: this.#now,
    };
  }

  async #watch(): Promise<void> {
    const { clock, target } = this.#powers;
    while (!this.#over.signal.aborted) {
      if (!(await this.#quietly(() => this.#lookOnce()))) return;
      await clock.sleep(target.pollMs, this.#over.signal).catch(() => undefined);
    }
  }

  /** False when there is no use in looking on: nobody answers us any more. */
  async #quietly(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#powers.recorder.saw({ kind: 'blind', what: `the rollout of ${this.#watched.name}`, reason });
      return false;
    }
  }

  async #lookOnce(): Promise<void> {
    const { aws } = this.#powers;
    const { cluster, serviceName, name } = this.#watched;
    const service = await this.#look({ what: `service ${name}`, call: 'ecs:DescribeServices' }, () =>
      aws.ecs.service(cluster, serviceName),
    );
    this.#now = service && { running: service.runningCount ?? 0, desired: service.desiredCount ?? 0 };
    if (service) this.#seeService(service);
    const [ended] = await Promise.all([
      this.#endedTasks(service !== undefined),
      this.#seeTargets(),
      this.#seeAlarms(),
      this.#seeShift(service),
    ]);
    if (this.#watched.onlyNew && !this.#hasLooked) for (const { taskArn } of ended) this.#told.add(taskArn!);
    else for (const task of ended) await this.#seeTask(task);
    this.#hasLooked = true;
    await this.#judge();
  }

  #seeService(service: Service): void {
    const { name } = this.#watched;
    const { deployments = [], events = [] } = service;
    this.#roles.see(deployments);
    this.#targetGroups = targetGroupsOf(service);
    for (const { id = '', rolloutState = '', rolloutStateReason, ...counts } of deployments) {
      const role = this.#roles.ofDeployment(id);
      if (!role) continue;
      const { runningCount: running = 0, desiredCount: desired = 0, failedTasks: failed = 0 } = counts;
      if (counts.status === 'PRIMARY' || role === 'new') this.#row.counts(role, { running, desired });
      const reason = rolloutStateReason ? { reason: rolloutStateReason } : {};
      const seen = { service: name, deployment: id, role, state: rolloutState, running, desired, failed };
      this.#note(id, { kind: 'rollout', ...seen, ...reason });
    }
    // Newest first; what was said before this rollout is of others.
    for (const { id = '', message = '', createdAt } of events.slice(0, EVENTS_READ).toReversed()) {
      if ((createdAt?.getTime() ?? 0) < this.#since) continue;
      this.#note(`event ${id}`, { kind: 'event', service: name, text: message });
    }
  }

  /** Stopped tasks that were not told of yet; of a service that is gone they are among all of the cluster. */
  async #endedTasks(exists: boolean): Promise<Task[]> {
    const { aws } = this.#powers;
    const { cluster, serviceName, name } = this.#watched;
    const tasks = await this.#look({ what: `the stopped tasks of ${name}`, call: 'ecs:ListTasks' }, async () => {
      const all = { desiredStatus: 'STOPPED' as const, ...(exists ? { service: serviceName } : {}) };
      const fresh = (await aws.ecs.taskArns(cluster, all)).filter((arn) => !this.#told.has(arn));
      return fresh.length === 0 ? [] : aws.ecs.describeTasks(cluster, fresh);
    });
    return (tasks ?? [])
      .filter(({ group }) => group === `service:${serviceName}`)
      .toSorted((a, b) => (a.stoppingAt?.getTime() ?? 0) - (b.stoppingAt?.getTime() ?? 0));
  }

  async #seeTargets(): Promise<void> {
    if (this.#roles.own === undefined) return;
    const { name } = this.#watched;
    const call = 'elasticloadbalancing:DescribeTargetHealth';
    const { elb } = this.#powers.aws;
    const targets = await this.#look({ what: `the targets of ${name}`, call }, async () =>
      (await Promise.all(this.#targetGroups.map((arn) => elb.targetHealth(arn)))).flat(),
    );
    const unhealthy = new Map<string, string>();
    for (const { Target, TargetHealth } of targets ?? []) {
      const { State: state = '', Reason: reason, Description: description } = TargetHealth ?? {};
      const target = `${Target?.Id}:${Target?.Port}`;
      const why = { ...(reason ? { reason } : {}), ...(description ? { description } : {}) };
      if (state !== 'draining')
        this.#note(`target ${target}`, { kind: 'target', service: name, target, state, ...why });
      if (state === 'unhealthy') unhealthy.set(target, [reason, description].filter(Boolean).join(', '));
    }
    this.#row.unhealthy([...unhealthy.values()]);
  }

  async #seeAlarms(): Promise<void> {
    const { name: service } = this.#watched;
    const at = { what: `the alarms of ${service}`, call: 'cloudwatch:DescribeAlarms' };
    const found = await this.#look(at, () => this.#alarms.look(this.#powers.aws));
    for (const change of found?.changes ?? [])
      this.#note(`alarm ${change.alarm}`, { kind: 'alarm', service, ...change });
    this.#row.ringing(found?.ringing ?? []);
  }

  /** How far ECS is that moves requests. */
  async #seeShift(service: Service | undefined): Promise<void> {
    const { name, cluster } = this.#watched;
    const arn = ongoingShift(service);
    if (arn === undefined) return;
    const at = { what: `how far ${name} of ${cluster} is`, call: 'ecs:DescribeServiceDeployments' };
    const sighting = shiftSighting(name, await this.#look(at, () => this.#powers.aws.ecs.deployment(arn)));
    if (!sighting) return;
    this.#note(`shift ${name}`, sighting);
    this.#row.shift(shiftText(sighting));
  }

  async #seeTask(task: Task): Promise<void> {
    const { recorder } = this.#powers;
    const { name } = this.#watched;
    const role = this.#roles.ofTask(task);
    const over = task.lastStatus === 'STOPPED';
    if (!role || wasUnwanted(task)) {
      this.#told.add(task.taskArn!);
      return;
    }
    if (!hasTold(task)) return;
    const sighting = taskSighting(name, role, task);
    const isNews = !this.#said.has(`task ${sighting.task}`);
    this.#note(`task ${sighting.task}`, sighting);
    if (role === 'new') {
      this.#stopped.set(sighting.task, taskReason(sighting));
      this.#row.stopped([...this.#stopped.values()]);
      if (isNews) this.#toJudge.push(task);
    }
    if (hasRun(task) && !this.#told.has(`log ${sighting.task}`) && this.#logs < MOST_LOGS)
      for (const log of await lastLines(this.#powers, task)) {
        // Lines come some seconds after they were written: until there are any they are asked for again.
        this.#told.add(`log ${sighting.task}`);
        this.#logs += 1;
        recorder.saw({ kind: 'log', service: name, task: sighting.task, ...log });
      }
    if (over) this.#told.add(task.taskArn!);
  }

  /** One task after the other: the same cause in two of them weighs more than twice in one. */
  async #judge(): Promise<void> {
    const { recorder } = this.#powers;
    const { name, cluster, serviceName, judge, waitAnyway, again } = this.#watched;
    // Who has to tell of a rollout that is over looks at all of it at once.
    for (; judge && !this.#convicted && this.#judged < MOST_JUDGED; this.#judged += 1) {
      if (this.#over.signal.aborted) return;
      const task = this.#toJudge.shift();
      if (!task) return;
      const id = taskIdOf(task);
      const [targetGroupArn] = this.#targetGroups;
      const known = { ...(targetGroupArn === undefined ? {} : { targetGroupArn }), ...(again ? { again } : {}) };
      const suspect = { name, cluster, serviceName, ...known, deployment: task.startedBy!, tasks: [id] };
      const { causes, unseen } = await judge(this.#powers, suspect).catch((error: unknown) => notJudged(name, error));
      recorder.saw({ kind: 'diagnosis', service: name, task: id, causes, unseen });
      this.#found.push(causes);
      this.#unseen = unseen;
      this.#row.because(ranked(this.#found)[0]);
      const convicted = this.#jury.hear(id, causes);
      if (!convicted) continue;
      this.#convicted = convicted;
      if (!waitAnyway && !this.#over.signal.aborted) this.#hopeless.abort();
    }
  }

  async #look<T>(at: { what: string; call: string }, work: () => Promise<T | undefined>): Promise<T | undefined> {
    const seen: Look<T> = await look(this.#powers, at, work);
    if (seen.state === 'unseen') this.#note(`blind ${seen.unseen.what}`, { kind: 'blind', ...seen.unseen });
    return seen.state === 'found' ? seen.value : undefined;
  }

  /** Only what is new. */
  #note(key: string, sighting: Parameters<Recorder['saw']>[0]): void {
    const text = JSON.stringify(sighting);
    if (this.#said.get(key) === text) return;
    this.#said.set(key, text);
    this.#powers.recorder.saw(sighting);
  }
}
