import type { BootstrapFindings, FoundPart } from './bootstrap-findings.ts';

export interface RepairStep {
  do:
    | 'wait'
    | 'discard-shell'
    | 'finish-deletion'
    | 'continue-rollback'
    | 'roll-back'
    | 'rescue-key'
    | 'revert-drift'
    | 'empty-bucket'
    | 'delete-stack'
    | 'delete-bucket'
    | 'import'
    | 'bootstrap';
  class: 'AUTO' | 'ASK' | 'TYPED';
  text: string;
  /** Parts or logical ids that it is about. */
  about?: string[];
}

export interface RepairPlan {
  /** In one word, the smallest thing that mends all of it. */
  kind: 'nothing' | 'wait' | 'create' | 'upgrade' | 'adopt' | 'recreate' | 'unstick' | 'rebuild' | 'stop';
  steps: RepairStep[];
  /** Why nothing may be begun, and what a person has to do. */
  stop?: { message: string; remedy: string };
  /** What is not mended by us, and does not stand in the way of the rest. */
  notes: string[];
}

/** The smallest repair. With `rebuild` everything is emptied, deleted and made again. */
export function planRepair(found: BootstrapFindings, { rebuild = false } = {}): RepairPlan {
  const stop = reasonToStop(found, rebuild);
  const notes = notesOn(found);
  if (stop) return { kind: 'stop', steps: [], stop, notes };
  const { status = '', stackName } = found;
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
    return {
      kind: 'wait',
      steps: [step('wait', 'AUTO', `wait until ${stackName}, which is ${status}, has come to rest`)],
      notes,
    };
  if (rebuild) return { kind: 'rebuild', steps: rebuilt(found), notes };
  const { kind, steps } = smallest(found);
  return { kind, steps, notes };
}

function smallest(found: BootstrapFindings): Pick<RepairPlan, 'kind' | 'steps'> {
  const { status, elsewhere, stackName } = found;
  // Whoever bootstrapped under another stack name keeps it: its parts were looked at like ours.
  if (elsewhere !== undefined) return { kind: 'nothing', steps: [] };
  switch (status) {
    case undefined:
      return anew(found, []);
    case 'REVIEW_IN_PROGRESS':
      // Both go on from there by themselves.
      if (found.begun) return anew(found, []);
      return anew(found, [
        step('discard-shell', 'TYPED', `delete ${stackName}: a change set that nobody executed, and nothing else`),
      ]);
    case 'ROLLBACK_COMPLETE':
      return anew(found, [
        step('discard-shell', 'TYPED', `delete ${stackName}: what a failed creation left, an empty shell`),
      ]);
    case 'CREATE_FAILED':
    case 'ROLLBACK_FAILED':
    case 'DELETE_FAILED':
      return anew(found, [finishedDeletion(found)]);
    case 'UPDATE_ROLLBACK_FAILED': {
      const skip = found.failed.filter((id) =>
        found.parts.some((part) => part.logicalId === id && part.state === 'missing'),
      );
      return { kind: 'unstick', steps: [continued(found, skip), ...mended(found)] };
    }
    case 'UPDATE_FAILED':
      return {
        kind: 'unstick',
        steps: [
          step('roll-back', 'ASK', `roll ${stackName} back to what it was before the update that failed`),
          ...mended(found),
        ],
      };
    default: {
      const steps = mended(found);
      if (steps.length === 0) return { kind: 'nothing', steps };
      return { kind: steps.every(({ do: what }) => what === 'bootstrap') ? 'upgrade' : 'recreate', steps };
    }
  }
}

/** Nothing stands, or nothing that can be built on: what is left over is taken in, the rest is made. */
function anew(found: BootstrapFindings, first: RepairStep[]): Pick<RepairPlan, 'kind' | 'steps'> {
  const left = found.parts.filter((part) => part.state !== 'missing' && outlives(part, found));
  if (left.length === 0) return { kind: 'create', steps: [...first, bootstrapped(found)] };
  return { kind: 'adopt', steps: [...first, ...readable(found), taken(found, left), bootstrapped(found)] };
}

function taken({ stackName }: BootstrapFindings, left: readonly FoundPart[]): RepairStep {
  const [they, them] = left.length === 1 ? ['it is', 'it holds'] : ['they are', 'they hold'];
  return {
    ...step('import', 'ASK', `take ${names(left)} into ${stackName} as ${they}, with all ${them}`),
    about: left.map(({ id }) => id),
  };
}

/** What is not the stack's, what it keeps (the bucket), and what has resisted its deletion. */
const outlives = ({ id, logicalId, owned }: FoundPart, { failed }: BootstrapFindings): boolean =>
  !owned || id === 'bucket' || failed.includes(logicalId);

/** What the bucket holds must be readable, or go: assets that are there are not published again. */
function readable({ bucket, key }: BootstrapFindings): RepairStep[] {
  if (key === 'disabled') return [step('rescue-key', 'ASK', 'enable the key of the bucket again')];
  if (key === 'pending-deletion')
    return [step('rescue-key', 'ASK', 'take back the deletion of the key of the bucket, and enable it')];
  if (key !== 'gone' || bucket.versions === 0) return [];
  return [
    step(
      'empty-bucket',
      'TYPED',
      `delete ${contents(bucket)} of the bucket: the key that they were encrypted with is gone, so nobody can read them; assets are published again by the next deployment`,
    ),
  ];
}

/** The stack stands: what is gone is made again, what is old is brought up to date. */
function mended(found: BootstrapFindings): RepairStep[] {
  const { key, parts, stackName, version, stackVersion, neededVersion } = found;
  const damaged = parts.filter((part) => part.owned && isDamaged(part)).map(({ id }) => id);
  const remade = key === 'gone' ? [...damaged, 'key'] : damaged;
  // What the stack has never had comes with the template, as after an import that nobody went on from.
  const unfinished = parts.some(({ owned, state }) => !owned && state === 'missing');
  const outdated = unfinished || (stackVersion ?? version ?? 0) < neededVersion;
  return [
    ...readable(found),
    ...(remade.length > 0
      ? [
          {
            ...step(
              'revert-drift',
              'ASK',
              `make ${remade.join(', ')} again as the template of ${stackName} says (a drift-aware change set)`,
            ),
            about: remade,
          },
        ]
      : []),
    ...(outdated ? [bootstrapped(found)] : []),
  ];
}

/** Everything goes, and is made again: the last resort, and only when somebody asked for it. */
function rebuilt(found: BootstrapFindings): RepairStep[] {
  const { bucket, parts, stackName, status } = found;
  const held = parts.some(({ id, state }) => id === 'bucket' && state !== 'missing');
  const left = parts.filter((part) => part.id !== 'bucket' && part.state !== 'missing' && outlives(part, found));
  return [
    ...(held ? [step('empty-bucket', 'TYPED', `delete ${contents(bucket)} of the bucket`)] : []),
    ...(status === undefined
      ? []
      : [
          {
            ...step(
              'delete-stack',
              'TYPED',
              `delete ${stackName} with its roles; nothing can be deployed until they are there again`,
            ),
            about: left.map(({ logicalId }) => logicalId),
          },
        ]),
    ...(held ? [step('delete-bucket', 'TYPED', 'delete the bucket')] : []),
    ...(left.length > 0 ? [taken(found, left)] : []),
    bootstrapped(found),
  ];
}

function finishedDeletion({ parts, stackName, status, failed }: BootstrapFindings): RepairStep {
  const kept = parts.filter(({ logicalId, state }) => failed.includes(logicalId) && state !== 'missing');
  return {
    ...step(
      'finish-deletion',
      'TYPED',
      [
        `finish the deletion of ${stackName}, which is ${status}`,
        ...(kept.length > 0 ? [`${names(kept)} ${kept.length === 1 ? 'is' : 'are'} kept`] : []),
      ].join('; '),
    ),
    about: kept.map(({ logicalId }) => logicalId),
  };
}

const continued = ({ stackName }: BootstrapFindings, skip: readonly string[]): RepairStep => ({
  ...step(
    'continue-rollback',
    skip.length > 0 ? 'TYPED' : 'ASK',
    `continue the rollback of ${stackName}${skip.length > 0 ? `, with ${skip.join(', ')} skipped: ${skip.length === 1 ? 'it is' : 'they are'} gone, and made again right after` : ''}`,
  ),
  about: [...skip],
});

const bootstrapped = ({ version, status }: BootstrapFindings): RepairStep =>
  step(
    'bootstrap',
    'ASK',
    version !== undefined && status !== undefined
      ? `bring the bootstrap from version ${version} to the newest`
      : 'bootstrap: make what is not there',
  );

function reasonToStop(
  {
    elsewhere,
    expectedQualifier,
    neededVersion,
    parts,
    qualifier,
    region,
    stackName,
    status,
    version,
  }: BootstrapFindings,
  rebuild: boolean,
): RepairPlan['stop'] {
  const foreign = parts.find(({ state }) => state === 'foreign');
  if (foreign)
    return {
      message: `${foreign.name} belongs to another account: whatever were published there would be theirs (F-28)`,
      remedy: 'write bootstrap: { qualifier: <another> } into platform.yaml, and bootstrap with that',
    };
  if (qualifier !== undefined && qualifier !== expectedQualifier)
    return {
      message: `${stackName} in ${region} was bootstrapped with the qualifier ${qualifier}, and the configuration says ${expectedQualifier}`,
      remedy: `write bootstrap: { qualifier: ${qualifier} } into platform.yaml, or delete ${stackName} if nobody uses it`,
    };
  const stray = parts.find(({ owned, state }) => !owned && state !== 'missing');
  if (stray && isStanding(status) && !rebuild)
    return {
      message: `${stray.name} is there already and belongs to no stack, so ${stackName} could not make its own`,
      remedy: 'delete it, or platform bootstrap repair --rebuild, which takes it over',
    };
  if (elsewhere !== undefined && (parts.some(isDamaged) || (version ?? 0) < neededVersion))
    return {
      message: `The bootstrap of ${region} belongs to the stack ${elsewhere}, and not to ${stackName}`,
      remedy: `cdk bootstrap --toolkit-stack-name ${elsewhere} --qualifier ${expectedQualifier} brings it up to date`,
    };
  return undefined;
}

function notesOn({ parts }: BootstrapFindings): string[] {
  return parts.flatMap(({ name, state, detail }) =>
    state === 'denied'
      ? [`${name} is as it should be, and you may not use it: ask for sts:AssumeRole on it (F-26)`]
      : state === 'unknown'
        ? [`${name} could not be looked at: ${detail ?? 'access was denied'}`]
        : [],
  );
}

const isStanding = (status = ''): boolean => /_COMPLETE$/.test(status) && !/^(ROLLBACK|DELETE)_/.test(status);

const isDamaged = ({ state }: FoundPart): boolean => state === 'missing' || state === 'wrong';

const contents = ({ versions, uploads, bytes }: BootstrapFindings['bucket']): string =>
  `${versions} object versions (${Math.ceil(bytes / 1024)} KiB)${uploads > 0 ? ` and ${uploads} unfinished uploads` : ''}`;

const names = (parts: readonly FoundPart[]): string => parts.map(({ id }) => id).join(', ');

const step = (what: RepairStep['do'], who: RepairStep['class'], text: string): RepairStep => ({
  do: what,
  class: who,
  text,
});
