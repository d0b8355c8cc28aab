import { templateError } from '../faults.ts';
import type { Json } from '../template/template.ts';
import { text } from './evaluate.ts';

/** `Fn::Cidr`: `count` consecutive blocks with `bits` host bits each, cut from an IPv4 or IPv6 block. */
export function cidr(argument: Json): Json {
  const [block, count, bits] = Array.isArray(argument) ? argument : [];
  const [address = '', prefix = ''] = text(block ?? '').split('/');
  const version = address.includes(':') ? 6 : 4;
  const width = version === 6 ? 128 : 32;
  const hostBits = bits === undefined ? (version === 6 ? 64 : 8) : Number(text(bits));
  const wanted = Number(text(count ?? ''));
  const start = version === 6 ? parseIpv6(address) : parseIpv4(address);
  if (start === undefined || !/^\d+$/.test(prefix) || !Number.isInteger(wanted) || wanted < 1 || wanted > 256)
    throw templateError(`Fn::Cidr could not cut blocks from ${JSON.stringify(argument)}`);
  const available = 2n ** BigInt(Math.max(0, width - Number(prefix) - hostBits));
  if (width - Number(prefix) < hostBits || BigInt(wanted) > available)
    throw templateError(`${text(block!)} does not have enough addresses for ${wanted} blocks of ${hostBits} bits`);
  const size = 2n ** BigInt(hostBits);
  const first = (start / 2n ** BigInt(width - Number(prefix))) * 2n ** BigInt(width - Number(prefix));
  return Array.from({ length: wanted }, (_, index) => {
    const at = first + size * BigInt(index);
    return `${version === 6 ? formatIpv6(at) : formatIpv4(at)}/${width - hostBits}`;
  });
}

function parseIpv4(address: string): bigint | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

const formatIpv4 = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');

function parseIpv6(address: string): bigint | undefined {
  const [head = '', tail] = address.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const filler = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: Math.max(0, filler) }, () => '0'), ...after];
  if (all.length !== 8 || all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65_536n + BigInt(Number.parseInt(group, 16)), 0n);
}

/** The longest run of zero groups is shortened, as RFC 5952 wants it. */
function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 65_535n).toString(16));
  const runs = [...groups.join(':').matchAll(/(?:^|:)(?:0(?::|$)){2,}/g)].map(([run]) => run);
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  return longest ? groups.join(':').replace(longest, '::') : groups.join(':');
}
