import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isProxied } from './dns-proxy.ts';

it('S3-46: knows the addresses of Cloudflare’s proxy, and takes nobody else for it', () => {
  expect(isProxied(['104.21.3.7', '172.67.130.1'])).toBe(true);
  expect(isProxied(['2606:4700:3033::ac43:8201'])).toBe(true);
  // CloudFront, a load balancer, one of both, and what is no address.
  for (const others of [['13.224.0.1'], ['3.5.140.2'], ['104.21.3.7', '13.224.0.1'], [], ['cloudflare.com']])
    expect(isProxied(others)).toBe(false);
});

it('never takes the edge of a range for part of it', () => {
  for (const [inside, outside] of [
    ['173.245.48.0', '173.245.47.255'],
    ['173.245.63.255', '173.245.64.0'],
    ['172.64.0.0', '172.63.255.255'],
    ['172.71.255.255', '172.72.0.0'],
  ] as const)
    expect([isProxied([inside]), isProxied([outside])]).toEqual([true, false]);
});

it('takes any text without an error', () => {
  fc.assert(fc.property(fc.array(fc.string()), (texts) => typeof isProxied(texts) === 'boolean'));
});
