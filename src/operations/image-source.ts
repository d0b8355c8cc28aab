import type { Project } from '../config/project.ts';
import { projectPath } from '../config/project-path.ts';
import { commitTag, contentTag, imageTag, type TagSources } from '../domain/image-tags.ts';
import { type BuildContext, readBuildContext } from '../process/build-context.ts';
import { checkoutOf } from '../process/git.ts';
import type { ComponentImage } from '../release/component-images.ts';

/** The sources of an image as they lie here. */
export interface ImageSource {
  /** Absolute. */
  context: string;
  /** Absolute. */
  dockerfile: string;
  /** Where the sources are just as the commit has them. */
  commitTag?: string;
  /** Reads all of the context, once. */
  content(): Promise<{ tag: string; contentTag: string; read: BuildContext }>;
}

/** Throws `path-missing` and `path-leaves-repository`. */
export async function imageSource(
  project: Pick<Project, 'root' | 'gitRoot'>,
  { context: written, dockerfile: file, architecture, tagPrefix }: ComponentImage,
): Promise<ImageSource> {
  const context = projectPath(project, written);
  const dockerfile = projectPath(project, written, file);
  const checkout = await checkoutOf(context, [context, dockerfile]);
  const sources: TagSources = { prefix: tagPrefix, architecture, ...(checkout ? { checkout } : {}) };
  const clean = commitTag(sources);
  let reading: Promise<BuildContext> | undefined;
  return {
    context,
    dockerfile,
    ...(clean ? { commitTag: clean } : {}),
    content: async () => {
      reading ??= readBuildContext({ folder: context, dockerfile });
      const read = await reading;
      const content = contentTag(sources, read);
      return { tag: imageTag(sources, content), contentTag: content, read };
    },
  };
}
