import type { Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { type PostRow, posts } from './state.ts';

export interface ShownPost extends PostRow {
  account: string;
  region: string;
}

/** What all accounts wrote to mailboxes and servers, oldest first. */
export function allPosts(world: World): ShownPost[] {
  return world.store
    .partitions(posts.name)
    .flatMap((partition) => {
      const [account = '', region = ''] = partition.split('/');
      const scope: Scope = { world, account, region };
      return posts
        .in(scope)
        .values()
        .map((post) => ({ ...post, account, region }));
    })
    .sort((one, other) => one.at - other.at);
}
