import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BootstrapFindings, FoundPart } from './bootstrap-findings.ts';
import { bootstrapParts } from './bootstrap-parts.ts';
import { planRepair, type RepairStep } from './repair-plan.ts';

const NAMES = bootstrapParts({ qualifier: 'hnb659fds', account: '111111111111', region: 'us-east-1' });
const IDS = NAMES.map(({ id }) => id);

const parts = (states: Record<string, FoundPart['state']> = {}, owned = true): FoundPart[] =>
  NAMES.map(({ id, logicalId, type, name }) => ({ id, logicalId, type, name, owned, state: states[id] ?? 'ok' }));

const all = (state: FoundPart['state']) => Object.fromEntries(IDS.map((id) => [id, state]));

const found = (more: Partial<BootstrapFindings> = {}): BootstrapFindings => ({
  region: 'us-east-1',
  stackName: 'CDKToolkit',
  status: 'CREATE_COMPLETE',
  qualifier: 'hnb659fds',
  expectedQualifier: 'hnb659fds',
  version: 32,
  neededVersion: 30,
  parts: parts(),
  bucket: { versions: 3, uploads: 0, bytes: 2048 },
  failed: [],
  ...more,
});

const without = (
  { status: _, version: __, qualifier: ___, ...rest }: BootstrapFindings,
  more: Partial<BootstrapFindings> = {},
) => ({
  ...rest,
  ...more,
});

/** `kind: do CLASS, …` */
const plan = (given: BootstrapFindings, rebuild = false): string => {
  const { kind, steps } = planRepair(given, { rebuild });
  return `${kind}: ${steps.map(({ do: what, class: who }) => `${what} ${who}`).join(', ')}`;
};

describe('the smallest repair', () => {
  it.each<[string, BootstrapFindings, string]>([
    ['is none for a sound bootstrap', found(), 'nothing: '],
    [
      'F-21 makes what was never there',
      without(found({ parts: parts(all('missing'), false) })),
      'create: bootstrap ASK',
    ],
    ['F-24 F-28 brings an old one up to date', found({ version: 20 }), 'upgrade: bootstrap ASK'],
    [
      'F-22 makes a lost bucket again, and nothing else',
      found({ parts: parts({ bucket: 'missing' }) }),
      'recreate: revert-drift ASK',
    ],
    [
      'F-26 makes a lost role again',
      found({ parts: parts({ 'deploy-role': 'missing' }) }),
      'recreate: revert-drift ASK',
    ],
    [
      'F-26 changes a trust policy back',
      found({ parts: parts({ 'lookup-role': 'wrong' }) }),
      'recreate: revert-drift ASK',
    ],
    [
      'makes a lost part of an old one again, and then brings it up to date',
      found({ version: 21, parts: parts({ repository: 'missing' }) }),
      'recreate: revert-drift ASK, bootstrap ASK',
    ],
    [
      'brings a lost version parameter back',
      found({ version: undefined as never, stackVersion: 32, parts: parts({ version: 'missing' }) }),
      'recreate: revert-drift ASK',
    ],
    [
      'F-23 takes in the bucket that an earlier one left',
      without(found({ parts: parts({ ...all('missing'), bucket: 'ok' }, false) })),
      'adopt: import ASK, bootstrap ASK',
    ],
    [
      'F-23 F-25 does so after the shell of the attempt that met it is gone',
      found({
        status: 'ROLLBACK_COMPLETE',
        version: undefined as never,
        parts: parts({ ...all('missing'), bucket: 'ok' }, false),
      }),
      'adopt: discard-shell TYPED, import ASK, bootstrap ASK',
    ],
    [
      'F-25 S3-75 discards an empty shell',
      found({ status: 'ROLLBACK_COMPLETE', parts: parts(all('missing'), false) }),
      'create: discard-shell TYPED, bootstrap ASK',
    ],
    [
      'F-25 S3-75 discards what was only reviewed',
      found({ status: 'REVIEW_IN_PROGRESS', parts: parts(all('missing'), false) }),
      'create: discard-shell TYPED, bootstrap ASK',
    ],
    [
      'goes on from a change set that an interrupted repair has left',
      found({ status: 'REVIEW_IN_PROGRESS', begun: true, parts: parts({ ...all('missing'), bucket: 'ok' }, false) }),
      'adopt: import ASK, bootstrap ASK',
    ],
    [
      'F-25 finishes a deletion, and takes in what has resisted it',
      found({
        status: 'DELETE_FAILED',
        failed: ['ContainerAssetsRepository'],
        parts: parts({ 'deploy-role': 'missing' }),
      }),
      'adopt: finish-deletion TYPED, import ASK, bootstrap ASK',
    ],
    [
      'F-25 continues a rollback that got stuck',
      found({ status: 'UPDATE_ROLLBACK_FAILED' }),
      'unstick: continue-rollback ASK',
    ],
    [
      'F-25 skips in it only what is gone, typed, and makes that again',
      found({
        status: 'UPDATE_ROLLBACK_FAILED',
        failed: ['StagingBucket', 'LookupRole'],
        parts: parts({ bucket: 'missing' }),
      }),
      'unstick: continue-rollback TYPED, revert-drift ASK',
    ],
    ['rolls back what was told not to', found({ status: 'UPDATE_FAILED' }), 'unstick: roll-back ASK'],
    ['waits for what is under way', found({ status: 'UPDATE_IN_PROGRESS' }), 'wait: wait AUTO'],
    ['F-27 takes back the deletion of the key', found({ key: 'pending-deletion' }), 'recreate: rescue-key ASK'],
    [
      'F-27 empties a bucket whose key is gone, typed',
      found({ key: 'gone' }),
      'recreate: empty-bucket TYPED, revert-drift ASK',
    ],
    [
      'leaves a bootstrap of another stack name alone',
      without(found({ version: 32 }), { version: 32, elsewhere: 'MyToolkit' }),
      'nothing: ',
    ],
    ['F-26 tells what only rights can mend', found({ parts: parts({ 'deploy-role': 'denied' }) }), 'nothing: '],
  ])('%s', (_, given, expected) => {
    expect(plan(given)).toBe(expected);
  });

  it('goes on from an import that nobody went on from, and stops at a part that no stack has', () => {
    const imported = parts({ bucket: 'ok' }).map(
      (part): FoundPart => (part.id === 'bucket' ? part : { ...part, owned: false, state: 'missing' }),
    );
    expect(plan(without(found({ parts: imported }), { status: 'IMPORT_COMPLETE' }))).toBe('upgrade: bootstrap ASK');
    const stray = parts().map((part) => (part.id === 'lookup-role' ? { ...part, owned: false } : part));
    expect(planRepair(found({ parts: stray }))).toMatchObject({
      kind: 'stop',
      stop: { remedy: expect.stringContaining('--rebuild') },
    });
  });

  it('S3-76 S3-77 S3-78 empties and rebuilds when that was asked for, with the counts in what is typed', () => {
    expect(plan(found(), true)).toBe(
      'rebuild: empty-bucket TYPED, delete-stack TYPED, delete-bucket TYPED, bootstrap ASK',
    );
    const { steps } = planRepair(found({ bucket: { versions: 2_300, uploads: 2, bytes: 4_096 } }), { rebuild: true });
    expect(steps[0]!.text).toContain('2300 object versions (4 KiB) and 2 unfinished uploads');
  });

  it.each<[string, Partial<BootstrapFindings>, RegExp]>([
    ['F-28 a bucket of somebody else’s', { parts: parts({ bucket: 'foreign' }) }, /qualifier/],
    ['another qualifier', { qualifier: 'acme' }, /qualifier: acme/],
    [
      'an old bootstrap of another stack name',
      { elsewhere: 'MyToolkit', version: 20 },
      /--toolkit-stack-name MyToolkit/,
    ],
  ])('stops at %s', (_, more, remedy) => {
    const { kind, steps, stop } = planRepair(found(more));
    expect({ kind, steps }).toEqual({ kind: 'stop', steps: [] });
    expect(stop?.remedy).toMatch(remedy);
  });
});

/** What a step does to what is found, as CloudFormation and the CDK do it; throws where they would refuse. */
function after(
  given: BootstrapFindings,
  { do: what, about = [] }: RepairStep,
  imported: Set<string>,
): BootstrapFindings {
  const each = (change: (part: FoundPart) => FoundPart) => ({ ...given, parts: given.parts.map(change) });
  const { status: _, version: __, stackVersion: ____, qualifier: ___, ...rest } = given;
  const gone = ({ id, logicalId, owned }: FoundPart) => owned && id !== 'bucket' && !about.includes(logicalId);
  switch (what) {
    case 'discard-shell':
      return { ...rest, failed: [] };
    case 'finish-deletion':
    case 'delete-stack':
      return {
        ...rest,
        failed: [],
        parts: given.parts.map((part) => ({ ...part, owned: false, state: gone(part) ? 'missing' : part.state })),
      };
    case 'continue-rollback':
    case 'roll-back':
      return { ...given, status: 'UPDATE_ROLLBACK_COMPLETE', failed: [] };
    case 'rescue-key':
      return { ...given, key: 'ok' };
    case 'empty-bucket':
      return { ...given, bucket: { versions: 0, uploads: 0, bytes: 0 } };
    case 'delete-bucket':
      if (given.bucket.versions > 0) throw new Error('BucketNotEmpty');
      return { ...each((part) => (part.id === 'bucket' ? { ...part, state: 'missing' } : part)), key: 'ok' };
    case 'import':
      if (given.status !== undefined) throw new Error('the stack is there');
      for (const id of about) imported.add(id);
      return {
        ...each((part) => (about.includes(part.id) ? { ...part, owned: true } : part)),
        status: 'IMPORT_COMPLETE',
      };
    case 'revert-drift':
      if (!/_COMPLETE$/.test(given.status ?? '')) throw new Error('it can not be updated');
      return {
        ...each((part) => (about.includes(part.id) && part.owned ? { ...part, state: 'ok' } : part)),
        key: 'ok',
        version: given.stackVersion!,
      };
    case 'bootstrap': {
      const taken = given.parts.filter(({ owned, state }) => !owned && state !== 'missing');
      if (taken.length > 0) throw new Error(`${taken[0]!.name} already exists`);
      if (given.status !== undefined && !/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(given.status))
        throw new Error('it can not be updated');
      // It makes what the stack has not, and sets what it has taken in; what was deleted behind its back it does not see.
      const made = (part: FoundPart): FoundPart => ({
        ...part,
        owned: true,
        state: !part.owned || imported.has(part.id) ? 'ok' : part.state,
      });
      return {
        ...given,
        parts: given.parts.map(made),
        status: 'UPDATE_COMPLETE',
        version: 32,
        stackVersion: 32,
        qualifier: 'hnb659fds',
        key: 'ok',
      };
    }
    case 'wait':
      return { ...given, status: 'UPDATE_COMPLETE' };
  }
}

const state = fc.constantFrom<FoundPart['state']>('ok', 'ok', 'missing', 'wrong');
const standing = fc.constantFrom(
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
  'UPDATE_FAILED',
);
const damages = fc
  .record({
    states: fc.tuple(...NAMES.map(() => state)),
    status: fc.oneof(
      standing,
      fc.constantFrom(
        undefined,
        'REVIEW_IN_PROGRESS',
        'ROLLBACK_COMPLETE',
        'ROLLBACK_FAILED',
        'CREATE_FAILED',
        'DELETE_FAILED',
      ),
    ),
    version: fc.constantFrom(undefined, 5, 20, 29, 30, 32),
    stackVersion: fc.constantFrom(20, 29, 30, 32),
    key: fc.constantFrom(undefined, 'ok', 'disabled', 'pending-deletion', 'gone') as fc.Arbitrary<
      BootstrapFindings['key']
    >,
    failed: fc.subarray(NAMES.map(({ logicalId }) => logicalId)),
    versions: fc.nat(5_000),
  })
  .map(({ states, status, version, stackVersion, key, failed, versions }) => {
    const byId = Object.fromEntries(IDS.map((id, index) => [id, states[index]!]));
    const shell = status === undefined || status === 'REVIEW_IN_PROGRESS' || status === 'ROLLBACK_COMPLETE';
    // Where the parameter is missing there is no version, and the other way round.
    byId.version = version === undefined ? 'missing' : version === stackVersion || shell ? 'ok' : 'wrong';
    if (shell) for (const id of IDS) if (byId[id] === 'wrong') byId[id] = 'ok';
    return {
      ...without(found(), status === undefined ? {} : { status }),
      ...(version === undefined ? {} : { version }),
      ...(shell ? {} : { stackVersion }),
      ...(key === undefined || byId.bucket === 'missing' ? {} : { key }),
      parts: parts(byId, !shell),
      bucket: { versions: byId.bucket === 'missing' ? 0 : versions, uploads: 0, bytes: versions },
      failed: shell ? [] : failed,
    };
  });

describe('over all combinations of damage', () => {
  it.each([false, true])('the plan can be carried out, and the second time there is none (rebuild %s)', (rebuild) => {
    fc.assert(
      fc.property(damages, (damage) => {
        const imported = new Set<string>();
        let now: BootstrapFindings = damage;
        for (const step of planRepair(damage, { rebuild }).steps) now = after(now, step, imported);
        expect(plan(now)).toBe('nothing: ');
      }),
      { numRuns: 5_000 },
    );
  });

  it('nothing is deleted from a bucket that can be read, unless that was asked for', () => {
    fc.assert(
      fc.property(damages, (damage) => {
        const { steps } = planRepair(damage);
        const empties = steps.filter(({ do: what }) => what === 'empty-bucket' || what === 'delete-bucket');
        if (damage.key !== 'gone') expect(empties).toEqual([]);
        for (const step of empties) expect(step.class).toBe('TYPED');
      }),
      { numRuns: 5_000 },
    );
  });

  it('whatever takes something away is typed', () => {
    const taking = /^(discard-shell|finish-deletion|empty-bucket|delete-stack|delete-bucket)$/;
    fc.assert(
      fc.property(damages, fc.boolean(), (damage, rebuild) => {
        for (const { do: what, class: who } of planRepair(damage, { rebuild }).steps)
          if (taking.test(what)) expect(who).toBe('TYPED');
      }),
    );
  });
});
