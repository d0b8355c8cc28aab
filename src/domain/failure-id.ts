/** An entry of the catalogue of failures (`diagnosis/failures.ts`): `F-01` … `F-150`. */
export type FailureId = `F-${number}`;
