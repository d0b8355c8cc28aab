import type { StackScene } from '../stack-scene.ts';

/** One recorded case: how it is held against the sandbox, or why it is not equal, or not there. */
export type ConformanceCase =
  | { run: (scene: StackScene) => Promise<void> }
  | { different: string }
  | { notSimulated: string };

export type Cases = Readonly<Record<string, ConformanceCase>>;
