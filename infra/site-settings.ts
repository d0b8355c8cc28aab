import type { OnDelete, Text, Use } from './setting-values.ts';

interface SiteCommon {
  /** Absent: CloudFront's own name. */
  domain?: string;
  /** In us-east-1. Absent with a domain: the CLI requested it and keeps its ARN in the environment's state. */
  certificateArn?: string;
  priceClass: '100' | '200' | 'all';
}

export interface SpaSettings extends SiteCommon {
  kind: 'spa';
  /** Service or API by path pattern, in the order in which CloudFront tries them. */
  apiPaths: Readonly<Record<string, { service: string } | { api: string }>>;
  onDelete: OnDelete;
}

export interface MediaSettings extends SiteCommon {
  kind: 'media';
  bucket: string;
  corsOrigins: readonly string[];
  /** Sizes are made at the edge, by the path that asks for them; absent: objects are shown as they are. */
  images?: { maxDimension: number };
}

/** A Next.js application: its functions stand in `functions`, its distribution in `sites`. */
export interface NextSettings extends SiteCommon {
  kind: 'next';
  /** From the folder of platform.yaml on; OpenNext's output lies below it. */
  dir: string;
  memoryMiB: number;
  /** Instances of each server that are kept warm; absent: none. */
  warm?: number;
  inVpc: boolean;
  uses: readonly Use[];
  environment: Readonly<Record<string, Text>>;
  onDelete: OnDelete;
}

export type SiteSettings = SpaSettings | MediaSettings | NextSettings;

export interface EdgeSettings {
  waf: false | { ratePer5Min: number };
  /**
   * Which secret CloudFront sends along; the load balancer takes this one and the one before, so that a rotation has an
   * overlap. False: it answers everybody.
   */
  originVerify: false | { generation: number };
}
