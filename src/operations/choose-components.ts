import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { type ComponentImage, componentImages } from '../release/component-images.ts';
import { type ReleaseRecord, readRelease } from '../release/release-record.ts';
import { type ChosenSettings, chooseSettings } from './choose-settings.ts';

export interface ChosenComponents {
  components: ComponentImage[];
  chosen: ChosenSettings;
  /** The newest release that was proven. */
  released: ReleaseRecord | undefined;
}

/** The components of an environment that run images: those that are named, else all. */
export async function chooseComponents(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  names: readonly string[],
): Promise<ChosenComponents> {
  const chosen = await chooseSettings(session);
  const all = componentImages(session.environment.blocks, chosen.settings);
  const known = all.map(({ component }) => component);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger) throw noSuchImage(stranger, known);
  const { state, objects } = chosen.access;
  return {
    components: names.length === 0 ? all : all.filter(({ component }) => names.includes(component)),
    chosen,
    released: state.release ? await readRelease(objects, session.environment.name, state.release) : undefined,
  };
}

const noSuchImage = (name: string, known: readonly string[]) =>
  new PlatformError({
    id: 'image-of-nothing',
    kind: 'usage',
    message: `There is no service ${name} in this environment`,
    remedy: known.length > 0 ? `one of ${known.join(', ')}` : 'nothing in this environment runs an image',
  });
