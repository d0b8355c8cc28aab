import type { ContainerRuntime } from './container-runtime.ts';
import { simulatedRuntime } from './simulated-runtime.ts';

/** The runtime of this sandbox: the one place that decides whether containers really run. */
export const runtime = (): ContainerRuntime => simulatedRuntime;
