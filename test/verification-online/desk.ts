import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { createDeskEvidence } from '../../src-main/features/verification/evidence.ts';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import type { EvidencePort, Examination, VerifyOptions } from '../../src-main/ports/verification.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createVerifier } from '../../src-main/verification/verifier.ts';
import type { SignatureReport } from '../../src-shared/contract/verification.ts';
import type { Office } from '../augmentation/office.ts';

export type Looking = {
  readonly mode?: 'cache' | 'ask' | 'ask-again';
  readonly online?: boolean;
  readonly now?: Date;
  readonly options?: Partial<VerifyOptions>;
  /** The services are on loopback, where no stranger's certificate leads a desk. */
  readonly more?: Partial<Parameters<typeof createDeskEvidence>[0]>;
};

/** A desk's store and the evidence that it finds, at the services of an office on loopback. */
export type LookingDesk = {
  readonly examine: (pdf: Uint8Array, looking?: Looking) => Promise<Examination & { readonly first: SignatureReport; readonly asked: readonly string[] }>;
  /** The program is closed and started again. */
  readonly restart: () => void;
  readonly close: () => void;
};

export function openLookingDesk(office: Office, name: string): LookingDesk {
  const dir = join(office.folder, name);
  mkdirSync(dir, { recursive: true });
  const open = (): ProfileStore => {
    const opened = openProfileStore({ dir, key: new Uint8Array(32).fill(7) });
    assert.ok(opened.ok);
    return opened.value;
  };
  let store = open();
  return {
    examine: async (pdf, { mode = 'ask', online = true, now = new Date(), options = {}, more = { mayFetchFrom: () => true } } = {}) => {
      const revocation = office.revocation();
      const { port } = createDeskEvidence({ store: store.desk, now: () => now, mode, revocation: () => (online ? revocation : null), deadlineMs: 60_000, signal: new AbortController().signal, ...more });
      const asked: string[] = [];
      const evidence: EvidencePort = {
        find: (question) => {
          asked.push(Buffer.from(question.certificate).toString('base64'));
          return port.find(question);
        },
        ...(port.findIssuer === undefined ? {} : { findIssuer: port.findIssuer }),
      };
      const examination = await createVerifier().examine(bytesSource(pdf), { anchors: [office.pki.root.der], intermediates: [], now, evidence, ...options });
      const [first] = examination.report.signatures;
      assert.ok(first !== undefined, 'a signature was found');
      return { ...examination, first, asked };
    },
    restart: () => {
      store.close();
      store = open();
    },
    close: () => store.close(),
  };
}

export function codesOf(signature: SignatureReport): readonly string[] {
  return signature.problems.map(({ code }) => code);
}
