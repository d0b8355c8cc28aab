import type { AppSettings } from '../../../infra/settings.ts';
import type { EffectiveEnvironment } from '../../config/project.ts';
import type { Session } from '../../context.ts';
import { type ComponentImage, componentImages } from '../../release/component-images.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { type ReleaseRecord, readRelease } from '../../release/release-record.ts';
import { serviceUnknown } from '../services/service-unknown.ts';
import { stateOf } from '../state-of.ts';

/** The components of an environment that run images: those that are named, else all. Asks AWS nothing. */
export function chooseComponents(
  environment: EffectiveEnvironment,
  names: readonly string[],
): { components: ComponentImage[]; settings: AppSettings } {
  // Names of repositories do not depend on what only AWS can tell.
  const settings = offlineSettings(environment);
  const all = componentImages(environment.blocks, settings);
  const known = all.map(({ component }) => component);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger) throw serviceUnknown(stranger, known, environment.name);
  return { components: names.length === 0 ? all : all.filter(({ component }) => names.includes(component)), settings };
}

/** The newest release that was proven. */
export async function newestRelease(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
): Promise<ReleaseRecord | undefined> {
  const { state, objects } = await stateOf(session);
  return state.release ? readRelease(objects, session.environment.name, state.release) : undefined;
}
