import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { makers, type AttackClass, type Construction, type Maker } from '../../fixtures/attacks/attack.ts';
import { attackClasses } from '../../fixtures/attacks/index.ts';
import { openWorkshop } from '../../fixtures/attacks/makers.ts';
import type { Judged, Task } from './judged.ts';
import { askTools } from './tools.ts';

const task = workerData as Task;

/** What the maker signed and nobody touched. */
const originals: readonly Construction[] = [
  { name: 'signed', shows: 'The letter as it was signed.', make: ({ signed }) => signed },
  { name: 'compressed', shows: 'The decision as it was signed.', make: ({ compressed }) => compressed },
];

function constructions(one: AttackClass): readonly (Pick<Judged, 'kind' | 'expects' | 'wanted'> & { readonly construction: Construction })[] {
  return [
    ...one.attacks.map((construction) => ({ kind: 'attack' as const, expects: construction.expects, wanted: null, construction })),
    ...(one.controls ?? []).map((construction) => ({ kind: 'control' as const, expects: [], wanted: construction.verdict, construction })),
  ];
}

async function judge({ maker, dir, withTools }: Task): Promise<readonly Judged[]> {
  const work = join(dir, maker);
  const workshop = await openWorkshop(work, maker);
  const verifier = createVerifier();
  const { pki, original } = workshop;
  const found: { readonly one: Judged; readonly path: string; readonly isAsked: boolean }[] = [];
  const add = async (className: string, { construction, kind, expects, wanted }: ReturnType<typeof constructions>[number]): Promise<void> => {
    if (!(construction.makers ?? makers).includes(maker)) return;
    const bytes = await construction.make(original);
    const path = join(work, className, `${construction.name}.${maker}.pdf`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    const report = await verifier.verify(bytesSource(bytes), { anchors: [pki.root.der], intermediates: [pki.issuing.der], now: new Date() });
    const codes = [...new Set([...report.problems, ...report.signatures.flatMap((each) => each.problems)].map(({ code }) => code))];
    found.push({ path, isAsked: construction.isCiphertext !== true, one: { kind, class: className, name: construction.name, maker: maker as Maker, shows: construction.shows, expects, wanted, verdict: report.verdict, codes, tools: null } });
  };
  for (const construction of originals) await add('original', { construction, kind: 'original', expects: [], wanted: 'valid' });
  for (const one of attackClasses) for (const each of constructions(one)) await add(one.name, each);
  workshop.close();
  const opinions = withTools ? await askTools(found.flatMap(({ path, isAsked }) => (isAsked ? [path] : [])), work) : null;
  return found.map(({ one, path }) => ({ ...one, tools: opinions?.get(path) ?? null }));
}

parentPort?.postMessage(await judge(task));
