import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import type { FailureId } from '../../../domain/failure-id.ts';
import { protectDatabase } from '../../../operations/databases/protect-database.ts';
import {
  sickDatabases,
  unprotectedDatabases,
  withdrawnVersions,
} from '../../../operations/databases/sick-databases.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';

const NONE = 'no database is deployed';

export const databases: Check = {
  id: 'databases',
  title: 'Every database is available, and the tasks that use it reach it',
  group: 'its data',
  needs: ['stacks'],
  async run(scene, say) {
    const session = await scene.open();
    say('rds:DescribeDBClusters');
    const { functions, services } = session.environment.blocks;
    const one = scene.service === undefined ? undefined : (services[scene.service] ?? functions[scene.service]);
    const all = (await scene.databases()).filter(({ name }) => !one || one.uses.includes(`db.${name}`));
    if (all.length === 0) return skipped(one ? `${scene.service} uses none that is deployed` : NONE);
    const found = await sickDatabases(session, await scene.stacks(), all);
    if (found.length === 0) return ok(all.map(({ thing }) => thing).join(', '));
    const fixes = await Promise.all(
      found.map(({ recovers }) => (recovers === undefined ? {} : recoverFix(scene, recovers))),
    );
    return found.map(({ database, detail, evidence, failure, remedy }, index) =>
      sick({
        severity: 'error',
        subject: database.thing,
        detail,
        evidence: [evidence],
        remedy,
        ...(failure ? { failure: failure as FailureId } : {}),
        ...fixes[index],
      }),
    );
  },
};

export const databaseVersions: Check = {
  id: 'database-versions',
  title: 'Every database runs a version that RDS still offers',
  group: 'its data',
  needs: ['stacks'],
  async run(scene) {
    const all = await scene.databases();
    if (all.length === 0) return skipped(NONE);
    const found = await withdrawnVersions(await scene.open(), all);
    if (found.length === 0) return ok('offered');
    return found.map(({ database, live, newest }) =>
      sick({
        severity: 'warning',
        subject: database.thing,
        detail: `it runs ${live}, which RDS no longer offers: it could be neither made nor restored again`,
        evidence: [evidenceOf('rds:DescribeDBEngineVersions', `newest of ${live.split('.')[0]}`, newest)],
        remedy: newest
          ? `set ${database.thing}.version to ${newest}, then platform deploy`
          : `set ${database.thing}.version to a newer major version, then platform deploy`,
        failure: 'F-75',
      }),
    );
  },
};

export const databaseProtection: Check = {
  id: 'database-protection',
  title: 'Every database is protected as its template says',
  group: 'its data',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const all = await scene.databases();
    if (all.length === 0) return skipped(NONE);
    const found = await unprotectedDatabases(session, all);
    if (found.length === 0) return ok('as the template says');
    return found.map((database) =>
      sick({
        severity: 'error',
        subject: database.thing,
        detail: 'its template protects it against deletion, somebody has lifted that, and no deployment puts it back',
        evidence: [
          evidenceOf(
            database.live.cluster ? 'rds:DescribeDBClusters' : 'rds:DescribeDBInstances',
            `${database.id} DeletionProtection`,
            false,
          ),
        ],
        remedy: `platform db protect ${database.name} ${environmentFlags(session.environment)}`,
        failure: 'F-85',
        fix: {
          handling: 'ASK',
          does: `protect ${database.thing} against deletion again`,
          apply: () => protectDatabase(session, database.name),
        },
      }),
    );
  },
};
