import { expect, it } from 'vitest';
import { callPoints, pointText } from './call-points.ts';

const call = (operation: string) => ({ service: 's3', operation });

it('cuts around every write, and at the two ends of every kind of read', () => {
  const calls = ['GetObject', 'PutObject', 'GetObject', 'GetObject', 'PutObject'].map(call);
  expect(callPoints(calls).map(pointText)).toEqual([
    'before s3:GetObject #1',
    'before s3:PutObject #1',
    'after s3:PutObject #1',
    'after s3:GetObject #3',
    'before s3:PutObject #2',
    'after s3:PutObject #2',
  ]);
});

it('cuts around a single read twice', () => {
  expect(callPoints([call('GetObject')]).map(pointText)).toEqual(['before s3:GetObject #1', 'after s3:GetObject #1']);
});
