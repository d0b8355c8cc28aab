import { BlockList, isIP } from 'node:net';

/** Addresses of Cloudflare, as of 2023-09-28, the newest change: https://www.cloudflare.com/ips/ */
const CLOUDFLARE = [
  '173.245.48.0/20',
  '103.21.244.0/22',
  '103.22.200.0/22',
  '103.31.4.0/22',
  '141.101.64.0/18',
  '108.162.192.0/18',
  '190.93.240.0/20',
  '188.114.96.0/20',
  '197.234.240.0/22',
  '198.41.128.0/17',
  '162.158.0.0/15',
  '104.16.0.0/13',
  '104.24.0.0/14',
  '172.64.0.0/13',
  '131.0.72.0/22',
  '2400:cb00::/32',
  '2606:4700::/32',
  '2803:f800::/32',
  '2405:b500::/32',
  '2405:8100::/32',
  '2a06:98c0::/29',
  '2c0f:f248::/32',
];

const cloudflare = new BlockList();
for (const range of CLOUDFLARE) {
  const [address = '', bits] = range.split('/');
  cloudflare.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
}

const isCloudflare = (address: string): boolean => {
  const version = isIP(address);
  return version !== 0 && cloudflare.check(address, version === 6 ? 'ipv6' : 'ipv4');
};

/**
 * Whether a name is answered by a proxy that stands before where it leads (S3-46): Cloudflare's orange cloud shows its own
 * addresses, and hides every record behind them, those of ACM too.
 */
export const isProxied = (addresses: readonly string[]): boolean =>
  addresses.length > 0 && addresses.every(isCloudflare);

export const UNPROXY = 'set the record to "DNS only" (the grey cloud) at Cloudflare';
