import type { SecretKey, Text } from './setting-values.ts';

export interface RollbackAlarm {
  /** Percent of requests answered 5xx, or seconds for 99 of 100. */
  preset: 'error-rate' | 'latency-p99';
  threshold: number;
  /** Of a minute each. */
  periods: number;
}

/** How requests move from the tasks before to the new ones, which run beside them until then. */
export interface ShiftSettings {
  strategy: 'BLUE_GREEN' | 'CANARY' | 'LINEAR';
  /** Of the requests, at first or in each step; absent for all at once. */
  percent?: number;
  /** Until the rest follows, or the next step. */
  minutes?: number;
  /** How long both run after that. */
  bakeMinutes: number;
}

export interface SidecarSettings {
  /** As the registry names it, with a tag or a digest. */
  image: string;
  /** The task ends when it ends. */
  essential: boolean;
  command?: readonly string[];
  port?: number;
  /** The most that it may take. */
  memoryMiB?: number;
  /** Run by the container's shell; the service's container waits until it first passes. */
  healthCommand?: string;
  environment: Readonly<Record<string, Text>>;
  secrets: Readonly<Record<string, SecretKey>>;
}

export interface CollectorSettings {
  /** With a version or a digest. */
  image: string;
  memoryMiB: number;
  /** Of requests, from 0 to 1. */
  share: number;
}
