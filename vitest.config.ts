import { defineConfig } from 'vitest/config';

/** The template validator inside aws-cdk-lib costs a second per process; the tests that want it switch it on themselves. */
const env = { CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' };

/** Node itself loads the sources, as it does for users of the program: half the time of a file goes into loading. */
const loading = { experimental: { viteModuleRunner: false }, setupFiles: ['src/testing/compile-cache.ts'] };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'infra/**/*.test.ts', 'functions/**/*.test.ts'],
          exclude: ['src/testing/journeys/**'],
          testTimeout: 120_000,
          env,
          ...loading,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['src/testing/journeys/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          env,
          ...loading,
        },
      },
    ],
  },
});
