import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitName, pascal, stackName } from './names.ts';

const blockName = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);

describe('fitName', () => {
  it('leaves a name alone that AWS accepts', () => {
    expect(fitName('shop-dev-web', 32)).toBe('shop-dev-web');
  });

  it('shortens a long name to the limit and tells it apart by a hash (F-74)', () => {
    const name = fitName(`${'a'.repeat(40)}-one`, 32);
    expect(name).toMatch(/^a{23}-[0-9a-f]{8}$/);
    expect(fitName(`${'a'.repeat(40)}-two`, 32)).not.toBe(name);
  });

  it('gives a name AWS accepts for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 12, max: 128 }), (text, max) => {
        const name = fitName(text, max);
        expect(name).toMatch(/^[A-Za-z]([A-Za-z0-9]|-(?!-))*$/);
        expect(name).not.toMatch(/-$/);
        expect(name.length).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('pascal', () => {
  it.each([
    ['web', 'Web'],
    ['audit-log', 'AuditLog'],
    ['a1', 'A1'],
  ])('writes %s as %s', (name, expected) => expect(pascal(name)).toBe(expected));

  it('never writes two names alike', () => {
    fc.assert(
      fc.property(blockName, blockName, (a, b) => {
        expect(pascal(a)).toMatch(/^[A-Z][A-Za-z0-9]*$/);
        if (a !== b) expect(pascal(a)).not.toBe(pascal(b));
      }),
    );
    expect(pascal('a-1')).not.toBe(pascal('a1'));
    expect(pascal('a--b')).not.toBe(pascal('a-b'));
  });
});

describe('stackName', () => {
  const values = { project: 'shop', env: 'dev', block: 'data' };

  it('fills the template (S1-84)', () => {
    expect(stackName('{project}-{env}-{block}', values)).toBe('shop-dev-data');
    expect(stackName('Acme-{block}-{env}', values)).toBe('Acme-data-dev');
  });

  it('keeps the stacks apart where the template does not', () => {
    expect(stackName('StreamSales-{env}', values)).toBe('StreamSales-dev-data');
  });

  it('stays within what CloudFormation takes', () => {
    fc.assert(
      fc.property(blockName, blockName, blockName, (project, env, service) => {
        const name = stackName('{project}-{env}-{block}', { project, env, block: `service-${service}` });
        expect(name).toMatch(/^[A-Za-z][-A-Za-z0-9]{0,127}$/);
      }),
    );
  });
});
