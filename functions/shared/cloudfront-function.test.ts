import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOST_BYTES, renderCloudFrontFunction } from './cloudfront-function.ts';

const FUNCTIONS = join(import.meta.dirname, '..');

const written = (code: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'cloudfront-function-')), 'handler.ts');
  writeFileSync(file, code);
  return file;
};

describe('the code of a CloudFront function', () => {
  it.each([
    ['spa-fallback', { API_PATHS: ['/api/*'] }],
    ['forwarded-host', {}],
  ])('%s is small, has no modules, and leaves its handler global', async (name, define) => {
    const code = await renderCloudFrontFunction(join(FUNCTIONS, name, 'handler.ts'), define);

    expect(Buffer.byteLength(code)).toBeLessThan(MOST_BYTES / 2);
    expect(code).toMatch(/\bfunction handler\(/);
    expect(code).not.toMatch(/\b(import|export|require|class|eval|setTimeout|new Function|process)\b/);
    expect(await renderCloudFrontFunction(join(FUNCTIONS, name, 'handler.ts'), define)).toBe(code);
  });

  it.each([
    ['class', 'export class A {} export function handler(event: { x: A }) { return new A(); }'],
    ['destructuring', 'export function handler(e: { request: object }) { const { request } = e; return request; }'],
    ['for-of', 'export function handler(list: string[]) { for (const each of list) if (each) return each; }'],
    ['array spread', 'export function handler(list: string[]) { return [...list]; }'],
    ['default arguments', 'export function handler(event = {}) { return event; }'],
  ])('is refused where the runtime would not understand it: %s', async (name, source) => {
    await expect(renderCloudFrontFunction(written(source))).rejects.toThrow(new RegExp(`${name}.*not supported`));
  });

  it('is translated where ES 5.1 has other words for it', async () => {
    const source = 'export function handler(event: { a?: { b?: string } }) { return event.a?.b ?? "none"; }';
    expect(await renderCloudFrontFunction(written(source))).not.toMatch(/\?\.|\?\?/);
  });

  it('is refused when it is larger than CloudFront takes', async () => {
    const source = `const text = '${'a'.repeat(MOST_BYTES)}'; export function handler() { return text; }`;
    await expect(renderCloudFrontFunction(written(source))).rejects.toThrow('at most 10240 bytes');
  });
});
