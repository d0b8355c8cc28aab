import type { Construct } from 'constructs';
import { Repository } from '../constructs/repository.ts';
import { pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** Where the images of all components lie. */
export class ImagesStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings) {
    super(scope, 'images', settings, { description: 'Image repositories', stateful: true });

    for (const [name, repository] of Object.entries(settings.repositories)) {
      // The id is the address of images: renaming it would replace the repository.
      const { uri } = new Repository(this, pascal(name), { name, ...repository });
      this.links.tell(outputs.images.repositoryUri(name), uri);
    }
  }
}
