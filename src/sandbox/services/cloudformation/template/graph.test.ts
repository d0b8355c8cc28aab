import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dependencyGraph, rejectCircles } from './graph.ts';
import type { ResourceDeclaration } from './template.ts';

const node = (...needs: string[]): ResourceDeclaration => ({ Type: 'AWS::SNS::Topic', DependsOn: needs });
const graphOf = (resources: Record<string, ResourceDeclaration>) =>
  dependencyGraph(new Map(Object.entries(resources)), undefined);

it('F-11 names the resources of a circle, and not those that only wait for it', () => {
  expect(() => rejectCircles(graphOf({ A: node('B'), B: node('C'), C: node('B'), D: node('A'), E: node() }))).toThrow(
    /^Circular dependency between resources: \[B, C\]$/,
  );
});

it('finds dependencies in every function', () => {
  const Properties = {
    One: { Ref: 'A' },
    Two: { 'Fn::GetAtt': ['B', 'Arn'] },
    Three: { 'Fn::Sub': ['${C.Arn}-${Own}-${D}', { Own: { Ref: 'E' } }] },
    Four: [{ 'Fn::Join': ['', [{ 'Fn::If': ['Yes', { Ref: 'F' }, { Ref: 'G' }] }]] }],
  };
  const others = Object.fromEntries([...'ABCDEFG'].map((id) => [id, node()]));
  const resources = new Map(Object.entries({ ...others, X: { Type: 'T', Properties } }));
  expect([...dependencyGraph(resources, () => true).get('X')!].sort().join('')).toBe('ABCDEF');
  expect([...dependencyGraph(resources, undefined).get('X')!].sort().join('')).toBe('ABCDEFG');
});

it('accepts every graph whose arrows all point back', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 30 }), (arrows) => {
      const resources = Object.fromEntries(
        arrows.map((to, index) => [`R${index}`, node(...(index === 0 ? [] : to.map((each) => `R${each % index}`)))]),
      );
      expect(() => rejectCircles(graphOf(resources))).not.toThrow();
    }),
  );
});
