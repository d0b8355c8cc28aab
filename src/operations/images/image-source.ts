import type { Project } from '../../config/project.ts';
import { projectPath } from '../../config/project-path.ts';
import { commitTag, contentTag, imageTag, type TagSources } from '../../domain/image-tags.ts';
import { type BuildContext, readBuildContext } from '../../process/build-context.ts';
import { type Checkout, checkoutOf } from '../../process/git.ts';
import type { ComponentImage } from '../../release/component-images.ts';

/** The sources of an image as they lie here. */
export interface ImageSource {
  /** Absolute. */
  context: string;
  /** Absolute. */
  dockerfile: string;
  /** Where the sources are just as the commit has them. */
  commitTag?: string;
  /** Reads all of the context. */
  content(): Promise<{ tag: string; contentTag: string; read: BuildContext }>;
}

export type ImageSources = (image: ComponentImage) => Promise<ImageSource>;

interface Folder {
  context: string;
  dockerfile: string;
  checkout: Checkout | undefined;
  read(): Promise<BuildContext>;
}

/**
 * Looks at the sources of images: git is asked, and a context is read, once for all that are built of the same. What it
 * answers with throws `path-missing` and `path-leaves-repository`.
 */
export function imageSources(project: Pick<Project, 'root' | 'gitRoot'>): ImageSources {
  const folders = new Map<string, Promise<Folder>>();
  return async ({ context, dockerfile, architecture, tagPrefix }) => {
    const key = JSON.stringify([context, dockerfile]);
    const looking = folders.get(key) ?? folderOf(project, { context, dockerfile });
    folders.set(key, looking);
    const folder = await looking;
    const { checkout } = folder;
    const sources: TagSources = { prefix: tagPrefix, architecture, ...(checkout ? { checkout } : {}) };
    const clean = commitTag(sources);
    return {
      context: folder.context,
      dockerfile: folder.dockerfile,
      ...(clean ? { commitTag: clean } : {}),
      content: async () => {
        const read = await folder.read();
        const content = contentTag(sources, read);
        return { tag: imageTag(sources, content), contentTag: content, read };
      },
    };
  };
}

async function folderOf(
  project: Pick<Project, 'root' | 'gitRoot'>,
  written: { context: string; dockerfile: string },
): Promise<Folder> {
  const context = projectPath(project, written.context);
  const dockerfile = projectPath(project, written.context, written.dockerfile);
  let reading: Promise<BuildContext> | undefined;
  return {
    context,
    dockerfile,
    checkout: await checkoutOf(context, [context, dockerfile]),
    read: () => {
      reading ??= readBuildContext({ folder: context, dockerfile });
      return reading;
    },
  };
}
