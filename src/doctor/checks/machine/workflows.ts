import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { FailureId } from '../../../domain/failure-id.ts';
import { type WorkflowTrouble, workflowTroubles } from '../../../domain/workflow-troubles.ts';
import { mendWorkflow, readWorkflows, type WorkflowFile } from '../../../operations/ci/read-workflows.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import type { Scene } from '../../scene.ts';

interface Words {
  failure: FailureId;
  detail: string;
  read: string;
  value: string;
  remedy: string;
  does: string;
}

const TOKEN: Words = {
  failure: 'F-129',
  detail: 'it takes a role of AWS and may not ask for the token that this needs',
  read: 'permissions.id-token',
  value: 'not write',
  remedy: 'write permissions: { contents: read, id-token: write } for the job',
  does: 'let the job ask for a token',
};

const CANCELS: Words = {
  failure: 'F-133',
  detail: 'a newer push ends it in the middle of what it changes, and the next one meets what was left',
  read: 'concurrency.cancel-in-progress',
  value: 'true',
  remedy:
    'write cancel-in-progress: false, so that deployments wait for each other; platform deploy --attach goes on with what was cut off',
  does: 'have the next deployment wait for the one that runs',
};

async function judged(scene: Scene, kind: WorkflowTrouble['kind'], words: Words): Promise<Finding | Finding[]> {
  const workflows = await scene.fact('workflows', async () => readWorkflows(await scene.context.project()));
  if (workflows.length === 0) return skipped('the repository has no workflows of GitHub Actions');
  const found = workflows.flatMap((workflow) =>
    workflowTroubles(workflow.text)
      .filter((trouble) => trouble.kind === kind)
      .map((trouble) => finding(workflow, trouble, words)),
  );
  return found.length > 0 ? found : ok(workflows.map(({ path }) => path).join(', '));
}

function finding(
  { path, file }: WorkflowFile,
  { job, kind, fixed }: WorkflowTrouble,
  { failure, detail, read, value, remedy, does }: Words,
): Finding {
  return sick({
    severity: 'error',
    subject: `${path} ${job}`,
    detail,
    evidence: [evidenceOf(path, `jobs.${job}.${read}`, value)],
    remedy,
    failure,
    ...(fixed === undefined
      ? {}
      : { fix: { handling: 'AUTO', does: `${does} in ${path}`, apply: () => mendWorkflow(file, { job, kind }) } }),
  });
}

export const workflowToken: Check = {
  id: 'workflow-token',
  title: 'Workflows that sign in to AWS may ask for a token',
  group: 'this machine',
  needs: ['configuration'],
  run: (scene) => judged(scene, 'no-token', TOKEN),
};

export const workflowCancels: Check = {
  id: 'workflow-cancels',
  title: 'No push ends a deployment that runs',
  group: 'this machine',
  needs: ['configuration'],
  run: (scene) => judged(scene, 'cancels', CANCELS),
};
