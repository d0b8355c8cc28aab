import { oneOffLogPrefix, scheduledLogPrefix } from '../../../infra/names.ts';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { migrationComponent } from '../../release/one-off-settings.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { deployedFunctions } from '../functions/deployed-functions.ts';
import { serviceUnknown } from '../services/service-unknown.ts';
import type { Deployed } from '../tasks/one-off-place.ts';

/** Where the lines of one component stand. */
export interface LogSource {
  component: string;
  group: string;
  /** Where the group stands; absent: in the environment's own region. */
  region?: string;
  /** Of streams; absent: all of the group. */
  prefix?: string;
  /** Streams that a task of it may have, without the task's id: of its service and of its one-off tasks. */
  streams: string[];
}

/** What `logs migrations` means where no component has that name. */
const MIGRATIONS = 'migrations';

/**
 * The sources of a service, a function, `migrations`, or of everything. Throws `service-unknown` for a
 * name that nobody configured; what is not deployed has none.
 */
export function logSources(
  session: Pick<Session, 'environment'>,
  { settings, outputsOf }: Pick<Deployed, 'settings' | 'outputsOf'>,
  name?: string,
): LogSource[] {
  const components = { ...settings.services, ...settings.oneOffs };
  const runner = migrationComponent(session.environment.blocks);
  if (name === MIGRATIONS && runner !== undefined && !Object.hasOwn(components, MIGRATIONS))
    return sourceOf(outputsOf, runner, components[runner]!.container, oneOffLogPrefix(runner));
  const running = deployedFunctions(outputsOf, Object.keys(settings.functions));
  const ofFunctions = running
    .filter((fn) => name === undefined || fn.name === name)
    .flatMap(({ name: component, logGroup: group }) =>
      group === undefined ? [] : [{ component, group, streams: [] }],
    );
  const isFunction = Object.hasOwn(settings.functions, name ?? '') || running.some((fn) => fn.name === name);
  if (name !== undefined && !isFunction && !Object.hasOwn(components, name)) {
    const known = [...Object.keys(components), ...Object.keys(settings.functions), ...(runner ? [MIGRATIONS] : [])];
    throw serviceUnknown(name, known, session.environment.name, 'service or function');
  }
  const ofContainers = Object.entries(components)
    .filter(([component]) => name === undefined || component === name)
    .flatMap(([component, { container }]) => {
      const scheduled = Object.keys(settings.services[component]?.scheduledTasks ?? {});
      return sourceOf(outputsOf, component, container).map((source) => ({
        ...source,
        streams: [
          ...source.streams,
          ...scheduled.map((task) => `${scheduledLogPrefix(component, task)}/${container}/`),
        ],
      }));
    });
  return [...ofContainers, ...ofFunctions];
}

function sourceOf(outputsOf: OutputsOf, component: string, container: string, prefix?: string): LogSource[] {
  const group = outputsOf('tasks')[outputs.tasks.logGroup(component)];
  if (group === undefined) return [];
  const streams = [component, oneOffLogPrefix(component)].map((one) => `${one}/${container}/`);
  return [{ component, group, streams, ...(prefix === undefined ? {} : { prefix: `${prefix}/` }) }];
}
