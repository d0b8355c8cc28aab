import { describe, expect, it } from 'vitest';
import { detectApplication } from './detected-application.ts';

const nothing = { context: '.', sources: [] };

describe('detecting an application', () => {
  it('sees Django by manage.py, its module, the exposed port and the health route', () => {
    expect(
      detectApplication({
        context: 'backend',
        pythonDependencies: 'Django==5.1\n',
        managePy: "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')",
        dockerfile: 'FROM python:3.13 AS build\nEXPOSE 9999\nFROM python:3.13\nEXPOSE 8000\n',
        sources: [{ path: 'config/urls.py', text: "path('api/v1/health/detailed'), path('api/v1/health', health)" }],
      }),
    ).toEqual({
      context: 'backend',
      framework: 'django',
      dockerfile: true,
      port: 8000,
      healthPath: '/api/v1/health',
      djangoModule: 'config',
    });
  });

  it.each([
    ['express', { express: '5' }],
    ['fastify', { fastify: '5', express: '5' }],
    ['next', { next: '16', express: '5' }],
  ])('sees %s in package.json', (framework, dependencies) => {
    expect(detectApplication({ ...nothing, packageJson: JSON.stringify({ dependencies }) }).framework).toBe(framework);
  });

  it('reads a hundred thousand empty lines as it reads any', () => {
    const lines = '\n'.repeat(100_000);
    const found = detectApplication({
      ...nothing,
      dockerfile: `${lines}EXPOSE 80\r\n`,
      pythonDependencies: `${lines}Django`,
    });
    expect(found).toMatchObject({ framework: 'django', port: 80 });
  });

  it('sees the health route of a Next.js file', () => {
    const sources = [{ path: 'src/app/api/health/route.ts', text: 'export const GET = () => new Response()' }];
    expect(detectApplication({ ...nothing, sources }).healthPath).toBe('/api/health');
  });

  it('takes the health path of the image’s own check before those of the source', () => {
    const dockerfile = 'FROM x\nHEALTHCHECK --interval=5s \\\n  CMD curl -f http://localhost:5000/up || exit 1\n';
    const sources = [{ path: 'index.js', text: "app.get('/health')" }];
    expect(detectApplication({ ...nothing, dockerfile, sources }).healthPath).toBe('/up');
  });

  it('sees what npm start runs, which scripts there are, and whether versions are locked', () => {
    const packageJson = JSON.stringify({
      dependencies: { express: '5' },
      scripts: { start: 'node x.js', build: 'tsc' },
    });
    expect(detectApplication({ ...nothing, packageJson, locked: true }).node).toEqual({
      scripts: ['start', 'build'],
      start: 'node x.js',
      locked: true,
    });
  });

  it('guesses nothing', () => {
    expect(
      detectApplication({ ...nothing, packageJson: '{ broken', pythonDependencies: 'django-extensions\n' }),
    ).toEqual({ context: '.', dockerfile: false });
  });
});
