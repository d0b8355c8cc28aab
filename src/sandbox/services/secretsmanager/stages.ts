import { CURRENT, PENDING, PREVIOUS, type SecretRow, type VersionRow } from './state.ts';

/**
 * Puts staging labels on a version. A label is on one version at a time; when AWSCURRENT moves, the version that had
 * it becomes AWSPREVIOUS and loses AWSPENDING (recording test_update_secret_version_stages_current_pending).
 */
export function putStages(secret: SecretRow, versionId: string, stages: readonly string[]): void {
  const target = secret.versions.find(({ id }) => id === versionId)!;
  for (const stage of stages) {
    const holder = secret.versions.find((version) => version.stages.includes(stage));
    if (holder === target) continue;
    if (holder) removeStage(holder, stage);
    addStage(target, stage);
    if (stage === CURRENT && holder) {
      for (const version of secret.versions) removeStage(version, PREVIOUS);
      removeStage(holder, PENDING);
      addStage(holder, PREVIOUS);
    }
  }
}

const addStage = (version: VersionRow, stage: string): void => {
  version.stages = [...version.stages, stage].sort();
};

export const removeStage = (version: VersionRow, stage: string): void => {
  version.stages = version.stages.filter((other) => other !== stage);
};

/** Version ids with their labels; deprecated versions are left out. Undefined when there is none. */
export function versionsToStages({ versions }: SecretRow): Record<string, string[]> | undefined {
  const labelled = versions.filter(({ stages }) => stages.length > 0);
  return labelled.length === 0 ? undefined : Object.fromEntries(labelled.map(({ id, stages }) => [id, [...stages]]));
}
