/** Kinds of subnets, in the order of their addresses within a zone. */
export const SUBNET_KINDS = ['public', 'private', 'isolated'] as const;
export type SubnetKind = (typeof SUBNET_KINDS)[number];

/** Each zone has room for four, so that a kind that comes later moves nobody. */
const ROOM_PER_ZONE = 4;

/**
 * The block of one subnet within the VPC's, `zone` from 0. It depends on its own place alone: a zone or a kind that is
 * added later leaves every other subnet where it is (F-12). Throws when the VPC's block has no such place.
 */
export function subnetCidr(cidr: string, mask: number, { zone, kind }: { zone: number; kind: SubnetKind }): string {
  const [address = '', prefix = ''] = cidr.split('/');
  const start = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const place = zone * ROOM_PER_ZONE + SUBNET_KINDS.indexOf(kind);
  const places = 2 ** (mask - Number(prefix));
  if (place >= places) {
    throw new Error(`${cidr} has room for ${Math.floor(places)} subnets of /${mask}, and place ${place + 1} is needed`);
  }
  const first = start + place * 2 ** (32 - mask);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${mask}`;
}
