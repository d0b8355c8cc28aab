import { enableCompileCache, flushCompileCache } from 'node:module';
import { afterAll } from 'vitest';

// Every file of tests runs in a process of its own, and most of them load the CDK: it is compiled once for all of them.
enableCompileCache();
afterAll(() => flushCompileCache());
