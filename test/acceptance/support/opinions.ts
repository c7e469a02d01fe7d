import { readFileSync } from 'node:fs';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { all, askMutool, askPdfsig, askQpdf, createOpensslJudge, type Meant, type Opinion } from '../../support/judges-batch.ts';
import { askItext, type ItextOpinion, type ItextSignature } from '../../support/judges-itext.ts';
import type { TestPki } from '../../support/pki.ts';

export const judges = ['pdfsig', 'OpenSSL', 'qpdf', 'mutool', 'iText 5', 'Văn Thư'] as const;
export type Judge = (typeof judges)[number];
export type Opinions = Readonly<Record<Judge, Opinion>>;

export type Judged<T extends Meant> = { readonly file: T; readonly opinions: Opinions };

/** All judges over all files. `level`: what ours must find in every signature; null where it differs. `withItext` false: it is not on this machine. */
export async function judgeAll<T extends Meant & { readonly level: string | null }>(files: readonly T[], pki: TestPki, work: string, withItext: boolean): Promise<readonly Judged<T>[]> {
  const itext: Promise<ReadonlyMap<string, ItextOpinion>> = withItext ? askItext(files, work) : Promise.resolve(new Map());
  const openssl = createOpensslJudge(pki.chainPem);
  try {
    const opinions = await itext;
    return await all(files.map((file) => async () => ({
      file,
      opinions: {
        pdfsig: await askPdfsig(file), OpenSSL: await openssl.ask(file), qpdf: await askQpdf(file), mutool: await askMutool(file),
        'iText 5': readItext(file, opinions.get(file.path)), 'Văn Thư': await askOurs(file, pki),
      },
    })));
  } finally {
    openssl.close();
  }
}

/** Integrity of all; each closes a revision of its own, later ones later; the last covers the whole file unless a DSS follows. */
function readItext(meant: Meant, opinion: ItextOpinion | undefined): Opinion {
  if (opinion === undefined) return { ok: false, says: 'not asked', detail: 'iText was not asked' };
  // iText 5 came before revision 6 of the standard security handler
  if ('error' in opinion) return { ok: opinion.error.includes('Unknown encryption type R = 6'), says: opinion.error.includes('R = 6') ? 'cannot read AES-256' : 'cannot read', detail: opinion.error };
  const own = opinion.signatures.filter(({ subFilter }) => subFilter !== 'ETSI.RFC3161');
  const stamps = opinion.signatures.filter(({ subFilter }) => subFilter === 'ETSI.RFC3161');
  const intact = (list: readonly ItextSignature[]): number => list.filter(({ integrity }) => integrity === 'ok').length;
  const inOrder = [...opinion.signatures].sort((a, b) => a.revision - b.revision);
  const grows = inOrder.every(({ revision }, i) => i === 0 || revision > inOrder[i - 1]!.revision);
  const covers = inOrder.map(({ coversWhole }) => coversWhole);
  const coverage = covers.slice(0, -1).every((whole) => !whole) && covers.at(-1) === meant.endsSigned;
  const ok = own.length === meant.signatures && stamps.length === meant.stamps && intact(opinion.signatures) === opinion.signatures.length && grows && coverage;
  const revisions = own.map(({ revision }) => revision).sort((a, b) => a - b).join(', ');
  return {
    ok, detail: JSON.stringify(opinion),
    says: `${intact(own)}/${meant.signatures}${stamps.length === 0 ? '' : ` + ${intact(stamps)}/${meant.stamps} ⏱`}, revision ${revisions} of ${opinion.revisions}`,
  };
}

/** Intact, trusted, lawful to the end, at the level that was asked for. The intermediate comes from the trust store, as in the program: the tool in use embeds the leaf alone. */
async function askOurs(meant: Meant & { readonly level: string | null }, pki: TestPki): Promise<Opinion> {
  const source = { ...bytesSource(readFileSync(meant.path)), ...(meant.password === undefined ? {} : { password: meant.password }) };
  const report = await createVerifier().verify(source, { anchors: [pki.root.der], intermediates: [pki.issuing.der], now: new Date() });
  const own = report.signatures.filter(({ subFilter }) => subFilter !== 'ETSI.RFC3161');
  const good = report.signatures.filter(({ verdict, integrity }) => integrity === 'intact' && (verdict === 'valid' || verdict === 'valid-extended'));
  const levels = [...new Set(own.map(({ level }) => level))].join(', ');
  const ok = own.length === meant.signatures && report.signatures.length === meant.signatures + meant.stamps && good.length === report.signatures.length && (meant.level === null || levels === meant.level);
  return { ok, says: `${good.filter((each) => own.includes(each)).length}/${meant.signatures} ${levels}`, detail: JSON.stringify(report.signatures.map(({ field, verdict, integrity, level, changesAfter, problems, trust }) => ({ field, verdict, integrity, level, changesAfter, trust, problems: problems.map(({ code }) => code) }))) };
}
