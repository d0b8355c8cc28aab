import { defineConfig } from 'vitest/config';

/** The template validator inside aws-cdk-lib costs a second per process; the tests that want it switch it on themselves. */
process.env.CDK_VALIDATION = 'false';
process.env.JSII_DEPRECATED = 'quiet';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'infra/**/*.test.ts', 'functions/**/*.test.ts'],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
