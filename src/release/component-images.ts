import type { AppSettings } from '../../infra/settings.ts';
import type { Blocks } from '../config/blocks.ts';

/** What a component's image is made of, and where it goes. */
export interface ComponentImage {
  component: string;
  /** Path in platform.yaml. */
  path: string;
  /** Relative to platform.yaml. */
  context: string;
  /** Relative to the context. */
  dockerfile: string;
  repository: string;
  architecture: 'amd64' | 'arm64';
  port?: number;
  command?: readonly string[];
  /** Begins its tags: only where components of one repository are built from different sources. */
  tagPrefix: string;
}

/** Every component that runs an image: services, and migrations with an image of their own. */
export function componentImages(
  { services, migrations }: Pick<Blocks, 'services' | 'migrations'>,
  settings: Pick<AppSettings, 'services' | 'oneOffs'>,
): ComponentImage[] {
  const all = [
    ...Object.entries(settings.services).map(([component, { repository, architecture, port, command }]) => ({
      component,
      path: `services.${component}.image`,
      ...sourceOf(services[component]!.image),
      repository,
      architecture,
      ...(port === undefined ? {} : { port }),
      ...(command ? { command } : {}),
    })),
    ...Object.entries(settings.oneOffs).map(([component, { repository, architecture }]) => ({
      component,
      path: 'migrations.image',
      ...sourceOf(migrations!.image!),
      repository,
      architecture,
      command: migrations!.up,
    })),
  ];
  return all.map((one) => ({
    ...one,
    tagPrefix: all.every((other) => other.repository !== one.repository || isSameBuild(other, one))
      ? ''
      : `${one.component}-`,
  }));
}

const sourceOf = ({ context, dockerfile }: { context: string; dockerfile: string }) => ({ context, dockerfile });

type Source = Pick<ComponentImage, 'context' | 'dockerfile' | 'architecture'>;

/** One build serves them all. */
export const isSameBuild = (a: Source, b: Source): boolean =>
  a.context === b.context && a.dockerfile === b.dockerfile && a.architecture === b.architecture;
