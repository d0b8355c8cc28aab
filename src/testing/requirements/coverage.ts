import { provenIds } from './proofs.ts';
import { AREAS, ROWS, type Row } from './rows.ts';

/**
 * `npm run coverage:requirements`: which rows of the five systems have a test with their id in its title. That those
 * tests pass is what `npm test` says.
 */
const proven = provenIds();
const isProven = ({ id }: Row) => proven.has(id);
const rows = ROWS.filter(({ id }) => id.startsWith('S'));

for (const area of AREAS) {
  const all = ROWS.filter((row) => row.area === area);
  const open = all.filter((row) => !isProven(row));
  console.log(`${area.padEnd(10)} ${String(all.length - open.length).padStart(3)} of ${all.length}`);
  for (const { id, what } of open) console.log(`    ${id.padEnd(7)} ${what}`);
}
console.log(`\n${rows.filter(isProven).length} of ${rows.length} rows have a proof.`);
