import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Cause, Diagnosis, Evidence, Unseen } from './cause.ts';
import { type NetworkPath, networkPath, type TaskPlace } from './collect/network-path.ts';
import type { Patient } from './judge/patient.ts';
import { type Look, look, seen, unseenOf } from './look.ts';
import type { LookPowers } from './sick-service.ts';

/** What is known around tasks that do not run as they should, and the looks that several judgements share. */
export class Scene {
  readonly powers: LookPowers;
  readonly patient: Patient;
  readonly service: Service | undefined;
  /** Where the tasks stand; undefined: nobody can tell. */
  readonly place: TaskPlace | undefined;
  /** Tasks of the image have run before, by what was read for it. */
  readonly ranBefore: Evidence | undefined;
  readonly #definitions = new Map<string, Promise<Look<TaskDefinition>>>();
  readonly #looks: Look<unknown>[] = [];
  #path: Promise<NetworkPath> | undefined;

  constructor({ powers, patient, service, place, ranBefore }: SceneParts) {
    this.powers = powers;
    this.patient = patient;
    this.service = service;
    this.place = place;
    this.ranBefore = ranBefore;
  }

  /** Remembers what could not be seen, and hands on what was. */
  seen<T>(one: Look<T>): T | undefined {
    this.#looks.push(one);
    return seen(one);
  }

  async definition(arn: string | undefined): Promise<TaskDefinition | undefined> {
    if (arn === undefined) return undefined;
    const before = this.#definitions.get(arn);
    const asked =
      before ??
      look(this.powers, { what: `task definition ${arn}`, call: 'ecs:DescribeTaskDefinition' }, () =>
        this.powers.aws.ecs.taskDefinition(arn),
      );
    this.#definitions.set(arn, asked);
    return before ? seen(await asked) : this.seen(await asked);
  }

  /** The way of the tasks to AWS, walked once. */
  async path(): Promise<NetworkPath | undefined> {
    if (!this.place) return undefined;
    const first = this.#path === undefined;
    this.#path ??= networkPath(this.powers, this.place);
    const path = await this.#path;
    if (first) this.#looks.push(path.subnet, path.tables, path.nats, path.endpoints, path.dns, path.rules);
    return path;
  }

  unseen(): Unseen[] {
    const all = unseenOf(this.#looks);
    return all.filter(({ what }, index) => all.findIndex((one) => one.what === what) === index);
  }
}

interface SceneParts {
  powers: LookPowers;
  patient: Patient;
  service?: Service | undefined;
  place: TaskPlace | undefined;
  ranBefore?: Evidence | undefined;
}

/** Each cause once, those that something was read for first. */
export function ordered(causes: readonly Cause[], unseen: readonly Unseen[]): Diagnosis {
  const known = causes.filter(
    ({ id, what, subject }, index) =>
      causes.findIndex((one) => one.id === id && one.what === what && one.subject === subject) === index,
  );
  const certain = known.filter(({ certainty }) => certainty === 'certain');
  // What is possible of a failure that is certain adds nothing.
  const further = known.filter((one) => one.certainty === 'possible' && !certain.some(({ id }) => id === one.id));
  return { causes: [...certain, ...further], unseen };
}
