import { packageFolder } from './package-folder.ts';

export const templatesFolder = (): string => packageFolder('templates');
