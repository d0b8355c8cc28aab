import type { Context, Session } from '../context.ts';
import { fewAtATime } from '../domain/few-at-a-time.ts';
import type { Problem } from '../errors/problem.ts';
import { type FoundDatabase, findDatabases } from '../operations/databases/find-databases.ts';
import { type DeployedFunction, deployedFunctions } from '../operations/functions/deployed-functions.ts';
import { type DeployedService, deployedServices } from '../operations/services/deployed-services.ts';
import { type Startable, startProblems } from '../operations/services/start-problems.ts';
import { type FoundStack, findStacks } from '../operations/stacks/named-stacks.ts';
import { stackOutputs } from '../operations/stacks/stack-outputs.ts';
import { type StateAccess, stateOf } from '../operations/state-of.ts';

/** What is looked at, once: checks that ask for the same thing share the answer. A second look takes a new scene. */
export class Scene {
  readonly context: Context;
  /** The services that were asked about; absent: all. */
  readonly service: string | undefined;
  readonly #facts = new Map<string, Promise<unknown>>();

  constructor(context: Context, service?: string) {
    this.context = context;
    this.service = service;
  }

  /** Behind the account fence; rejects with what the check of credentials is there to explain. */
  open(): Promise<Session> {
    return this.context.open();
  }

  fact<T>(name: string, look: () => Promise<T>): Promise<T> {
    const known = this.#facts.get(name) ?? look();
    this.#facts.set(name, known);
    return known as Promise<T>;
  }

  state(): Promise<StateAccess> {
    return this.fact('state', async () => stateOf(await this.open()));
  }

  /** The stacks that are there. */
  stacks(): Promise<FoundStack[]> {
    return this.fact('stacks', async () => findStacks(await this.open(), (await this.state()).state));
  }

  /** The databases that the data stack has, those that are no longer configured too. */
  databases(): Promise<FoundDatabase[]> {
    return this.fact('databases', async () => {
      const isThere = (await this.stacks()).some(({ id }) => id === 'data');
      return isThere ? findDatabases(await this.open(), (await this.state()).state) : [];
    });
  }

  /** The functions that stand, of those that were asked about. */
  async functions(): Promise<DeployedFunction[]> {
    const all = await this.fact('functions', async () => {
      const { environment } = await this.open();
      const stack = (await this.stacks()).find(({ id }) => id === 'functions');
      const outputsOf = () => (stack ? stackOutputs(stack.stack) : {});
      return deployedFunctions(outputsOf, Object.keys(environment.blocks.functions));
    });
    return all.filter(({ name }) => this.service === undefined || name === this.service);
  }

  /** What the services start tasks from; undefined where ECS no longer has it. */
  async definitions(): Promise<(DeployedService & Startable)[]> {
    const { aws } = await this.open();
    const services = await this.services();
    return fewAtATime(services, async (one) => {
      const arn = one.service.taskDefinition!;
      const definition = await this.fact(`definition ${arn}`, () => aws.ecs.taskDefinition(arn));
      return { ...one, definition };
    });
  }

  /** What would keep fresh tasks of these services from starting. */
  startProblems(): Promise<Problem[]> {
    return this.fact('start problems', async () => startProblems(await this.open(), await this.definitions()));
  }

  /** Of a whole cluster at once: ECS keeps stopped tasks for about an hour. */
  async stoppedTasks(cluster: string) {
    const { aws } = await this.open();
    return this.fact(`stopped ${cluster}`, () => aws.ecs.tasks(cluster, { desiredStatus: 'STOPPED' }));
  }

  /** The services that run, of those that were asked about. */
  async services(): Promise<DeployedService[]> {
    const all = await this.fact('services', async () =>
      deployedServices(await this.open(), (await this.state()).state, await this.stacks()),
    );
    return all.filter(({ name }) => this.service === undefined || name === this.service);
  }
}
