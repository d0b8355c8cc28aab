import type { BuildContext } from '../../process/build-context.ts';
import type { ComponentImage } from '../../release/component-images.ts';
import type { ImageSource } from './image-source.ts';

/** An image that is not there yet and can be built of the sources that lie here. */
export interface PlannedBuild extends ComponentImage {
  tag: string;
  /** `--tag`: a person's word, which says nothing of the sources. */
  chosenTag?: boolean;
  /** Names the same image by what it is made of. */
  contentTag: string;
  /** Absolute paths. */
  source: { context: string; dockerfile: string };
  warnings: string[];
}

/** What a build of the sources that lie here would be. Reads all of them. */
export async function plannedBuild(
  image: ComponentImage,
  { context, dockerfile, content }: ImageSource,
): Promise<PlannedBuild> {
  const { tag, contentTag, read } = await content();
  return { ...image, tag, contentTag, source: { context, dockerfile }, warnings: warningsOf(image, read) };
}

function warningsOf(
  { path }: ComponentImage,
  { secretFiles, windowsScripts, exact, files, bytes }: BuildContext,
): string[] {
  return [
    ...windowsScripts.map(
      (script) =>
        `${path}: ${script} has the line ends of Windows, so a container cannot start it (F-36): git config core.autocrlf false, or *.sh text eol=lf in .gitattributes`,
    ),
    ...(secretFiles.length === 0
      ? []
      : [
          `${path}: ${secretFiles.slice(0, 3).join(', ')} would be sent to the build, and what it copies lies in the image: add them to .dockerignore`,
        ]),
    ...(exact
      ? []
      : [
          `${path}: the context has ${files} files and ${Math.round(bytes / 1024 ** 2)} MiB: leave out what the image does not need by .dockerignore`,
        ]),
  ];
}
