import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../config/project.ts';
import { type WorkflowTrouble, workflowTroubles } from '../../domain/workflow-troubles.ts';
import { writeFileAtomically } from '../../process/write-file.ts';

export interface WorkflowFile {
  /** From the root of the repository. */
  path: string;
  file: string;
  text: string;
}

const FOLDER = join('.github', 'workflows');

/** The workflows of the repository that a project lies in; none without one. */
export async function readWorkflows({ root, gitRoot }: Pick<Project, 'root' | 'gitRoot'>): Promise<WorkflowFile[]> {
  const folder = join(gitRoot ?? root, FOLDER);
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ya?ml$/.test(name)).sort();
  const found = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ path: join(FOLDER, name), file, text }];
    }),
  );
  return found.flat();
}

/** Takes one trouble out of a file. It is read again: a repair before this one may have changed it. */
export async function mendWorkflow(file: string, trouble: Pick<WorkflowTrouble, 'job' | 'kind'>): Promise<void> {
  const found = workflowTroubles(await readFile(file, 'utf8'));
  const { fixed } = found.find(({ job, kind }) => job === trouble.job && kind === trouble.kind) ?? {};
  if (fixed !== undefined) await writeFileAtomically(file, fixed);
}
