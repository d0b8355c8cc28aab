import { expect, it } from 'vitest';
import { sandboxAws } from '../testing/sandbox-aws.ts';
import { changeLeases, isBeingRearmed, type Lease, overdue, readLeases } from './leases.ts';
import { objectsIn } from './state-bucket.ts';

const lease = (over: Partial<Lease> = {}): Lease => ({
  id: 'a',
  thing: 'databases.main',
  resource: { type: 'AWS::RDS::DBCluster', id: 'main', region: 'us-east-1' },
  was: { deletionProtection: true },
  reason: 'cleanup',
  principal: 'arn:aws:iam::111111111111:user/anna',
  host: 'laptop',
  holder: { kind: 'time' },
  takenAt: 0,
  until: 1_000_000,
  ...over,
});
const held = (pid: number, beatAt: number): Lease['holder'] => ({ kind: 'process', pid, command: 'destroy', beatAt });
const at = (now: number, alive?: boolean) => ({ now, isAlive: () => alive });

it.each([
  ['by time, before its end', lease(), at(999_999), undefined],
  ['by time, at its end', lease(), at(1_000_000), 'expired'],
  ['by a process that runs here, silent or not', lease({ holder: held(7, 0) }), at(900_000, true), undefined],
  ['by a process that died here a moment ago', lease({ holder: held(7, 0) }), at(1, false), 'orphaned'],
  ['by a process elsewhere that beats', lease({ holder: held(7, 0) }), at(150_000), undefined],
  ['by a process elsewhere that is silent', lease({ holder: held(7, 0) }), at(150_001), 'orphaned'],
  ['by a process that runs past its end', lease({ holder: held(7, 0) }), at(1_000_000, true), 'expired'],
] as const)('a lease that is held %s', (_, one, look, why) => expect(overdue(one, look)).toBe(why));

it('who said that protection is being put back is believed for a minute', () => {
  const claimed = lease({ rearming: { by: 'anna', at: 0 } });
  expect([59_999, 60_000].map((now) => isBeingRearmed(claimed, now))).toEqual([true, false]);
  expect(isBeingRearmed(lease(), 0)).toBe(false);
});

it('loses none of those that are taken at once, and none of those that are ended meanwhile', async () => {
  const { aws } = await sandboxAws();
  await aws.s3.createPrivateBucket('state');
  const objects = objectsIn(aws.s3, 'state');
  const add = (id: string) => changeLeases(objects, 'dev', (current) => [...current, lease({ id })]);
  const drop = (id: string) => changeLeases(objects, 'dev', (current) => current.filter((one) => one.id !== id));
  await Promise.all(['a', 'b', 'c', 'd'].map(add));
  await Promise.all([add('e'), drop('a'), add('f'), drop('c')]);
  expect((await readLeases(objects, 'dev')).map(({ id }) => id).sort()).toEqual(['b', 'd', 'e', 'f']);
  expect(await changeLeases(objects, 'dev', () => undefined)).toBeUndefined();
});

it('says so when the list is no list of ours', async () => {
  const { aws } = await sandboxAws();
  await aws.s3.createPrivateBucket('state');
  const objects = objectsIn(aws.s3, 'state');
  await objects.put('environments/dev/leases.json', '{"leases":[{"id":1}]}');
  await expect(readLeases(objects, 'dev')).rejects.toMatchObject({ id: 'state-unreadable' });
});
