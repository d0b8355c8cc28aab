import type { HttpRoute } from '../../kernel/http-route.ts';
import { layerVersions, versions } from './state.ts';

export const CODE_PATH = '/_lambda-code/';

/** Where `Code.Location` leads: the archive of a function or a layer, by its hash. */
export const codeRoute: HttpRoute = async (request, response, { world }) => {
  const address = (request.url ?? '').slice(CODE_PATH.length);
  const isKnown = [versions.name, layerVersions.name].some((name) =>
    world.store.partitions(name).some((partition) =>
      world.store
        .table<{ code: { blob?: string } }>(name, partition)
        .values()
        .some(({ code }) => code.blob === address),
    ),
  );
  if (!isKnown) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/zip' }).end(world.blobs.get(address));
};
