import { expect, it } from 'vitest';
import { loadText } from '../testing/write-project.ts';
import { componentImages } from './component-images.ts';
import { offlineSettings } from './offline-settings.ts';

const imagesOf = (blocks: string) => {
  const environment = loadText(`project: demo\n${blocks}\nenvironments: { dev: { kind: dev } }\n`).environment('dev');
  return componentImages(environment.blocks, offlineSettings(environment));
};

it('are those of services and of migrations with an image of their own', () => {
  const found = imagesOf(`services:
  web: { image: { context: app, dockerfile: web.Dockerfile }, architecture: arm64, port: 8000, http: { certificate: none, insecure: true }, health: { path: / } }
databases: { main: { databaseName: demo } }
migrations: { image: { context: db }, uses: [db.main], up: [migrate] }`);
  expect(found).toEqual([
    {
      component: 'web',
      path: 'services.web.image',
      context: 'app',
      dockerfile: 'web.Dockerfile',
      repository: 'demo-dev-web',
      architecture: 'arm64',
      port: 8000,
      tagPrefix: '',
    },
    {
      component: 'migrations',
      path: 'migrations.image',
      context: 'db',
      dockerfile: 'Dockerfile',
      repository: 'demo-dev-migrations',
      architecture: 'amd64',
      command: ['migrate'],
      tagPrefix: '',
    },
  ]);
});

it('begin their tags with the component only where one repository holds what is built of different sources', () => {
  const prefixes = (second: string) =>
    imagesOf(`services:
  a: { image: { context: ., repository: shared } }
  b: { image: { context: ${second}, repository: shared } }`).map(({ tagPrefix }) => tagPrefix);
  expect(prefixes('.')).toEqual(['', '']);
  expect(prefixes('other')).toEqual(['a-', 'b-']);
});
