import { createHash } from 'node:crypto';

export interface TagSources {
  /** `<component>-`, or nothing. */
  prefix: string;
  architecture: string;
  /** Absent outside of git. */
  checkout?: { commit: string; dirty: boolean };
}

/**
 * Tag of an image whose sources are just as a commit has them; undefined where they are not, and a name must be made of
 * what they hold.
 */
export const commitTag = ({ prefix, checkout }: TagSources): string | undefined =>
  checkout && !checkout.dirty ? `${prefix}${checkout.commit}` : undefined;

/**
 * Names an image by what it is made of, so that the same sources are found again under another commit. Where `.git`
 * itself is sent along, a build may depend on the commit, and then it is a part of the name.
 */
export function contentTag(
  { prefix, architecture, checkout }: TagSources,
  { hash, holdsGit }: { hash: string; holdsGit: boolean },
): string {
  const commit = holdsGit && checkout ? checkout.commit : '';
  return `${prefix}content-${createHash('sha256').update(`${hash} ${architecture} ${commit}`).digest('hex').slice(0, 16)}`;
}

/** The tag that a person sees: the commit, the commit marked as changed since, or the content alone. */
export const imageTag = (sources: TagSources, content: string): string =>
  commitTag(sources) ??
  (sources.checkout ? `${sources.prefix}${sources.checkout.commit}-dirty-${content.slice(-16)}` : content);
