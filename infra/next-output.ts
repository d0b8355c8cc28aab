import type { FunctionCode } from './function-settings.ts';

/** A function of what OpenNext has built. */
export interface NextFunction {
  code: FunctionCode;
  /** Module in its bundle, and the name that it exports. */
  handler: string;
  architecture: 'arm64' | 'x86_64';
  /** Whether it answers piece by piece. */
  streaming: boolean;
}

/** What OpenNext has built of a Next.js application, as its output file says it. */
export interface NextOutput {
  /** By origin: `default`, and others where the application is split. */
  servers: Readonly<Record<string, NextFunction>>;
  /** The origin that resizes images; absent: there is none. */
  images?: NextFunction;
  /** Renders pages anew whose time is over; absent: nothing is kept. */
  revalidation?: NextFunction;
  /** Asks servers so that they stay warm; there where somebody wants that. */
  warmer?: NextFunction;
  /** Path patterns in the order in which CloudFront tries them; `s3` and `imageOptimizer` are origins beside the servers. */
  behaviors: readonly { pattern: string; origin: string }[];
  /** Who answers what no pattern fits. */
  fallback: string;
  /** Where in the bucket the files of browsers lie, and what servers keep there for themselves. */
  prefixes: { assets: string; cache?: string };
}

/** By site. */
export type NextOutputs = Readonly<Record<string, NextOutput>>;

/** What was made of the project's own code, and of ours, before templates are. */
export interface Built {
  /** Code by function, those at the edges by `edge/<name>`. */
  codes?: Readonly<Record<string, FunctionCode>>;
  next?: NextOutputs;
}

/** As long as a server may take: OpenNext's own number. */
export const SERVER_SECONDS = 30;

export const IMAGES = 'imageOptimizer';
export const FILES = 's3';

/** A function of a site under the name by which outputs, logs and proofs speak of it. */
export const siteFunction = (site: string, origin: string): string =>
  `site-${site}-${origin.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/[^a-z0-9]+/g, '-')}`;
