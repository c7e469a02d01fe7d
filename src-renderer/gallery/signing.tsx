import { useRef, useState } from 'react';
import type { Batch, TokenCertificate, TokenInfo } from '../../src-shared/contract/signing.ts';
import { documentId } from '../../src-shared/domain/ids.ts';
import { BatchLines } from '../features/signing/batch-lines.tsx';
import { BeforeSigning } from '../features/signing/before-signing.tsx';
import { CertificateNote, PinFields } from '../features/signing/pin-dialog.tsx';
import type { Before, Inspection } from '../features/signing/use-before-signing.ts';
import type { CertificateStatus } from '../features/signing/use-certificate-check.ts';
import type { PinState } from '../features/signing/use-pin.ts';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords, type Words } from './words.ts';

/** What no practice token shows on demand: keypads, counted PINs, revoked certificates, files that were changed, runs that were cut short. */
export function Signing() {
  const w = useWords();
  return (
    <Chapter name={['Ký số', 'Signing']}>
      {pins.map(([name, pin]) => <Specimen key={name[1]} name={name}><div className="gallery-stack"><Pin pin={pin} /></div></Specimen>)}
      <Specimen name={['Chứng thư, hỏi trước khi ký', 'Certificate, asked before signing']}>
        <div className="gallery-stack">
          <CertificateNote check={{ asking: true, answer: null }} />
          {statuses.map((status) => <CertificateNote key={status} check={{ asking: false, answer: { status, checkedAt: status === 'good' ? '2026-11-22T02:14:00Z' : null } }} />)}
        </div>
      </Specimen>
      <Specimen name={['Trước khi ký', 'Before signing']}><div className="gallery-stack"><Changed /></div></Specimen>
      <Specimen name={['Đợt ký bị ngắt', 'A run that was cut short']}><div className="gallery-stack"><BatchLines batch={cutShort} onOpen={() => undefined} /></div></Specimen>
      <Specimen name={['Đợt ký, đang chờ một lời', 'A run that waits for a word']}><div className="gallery-stack"><BatchLines batch={{ ...cutShort, state: 'asking', mode: 'one-by-one', current: ids[2] ?? null }} /></div></Specimen>
      <p className="quiet">{w(['Dữ liệu ở đây là giả.', 'What stands here is made up.'])}</p>
    </Chapter>
  );
}

const certificate: TokenCertificate = {
  thumbprint: 'a'.repeat(64), label: '', commonName: 'Nguyễn Đức Thắng', organization: 'UBND xã Sơn Tịnh', issuer: 'CA phục vụ cơ quan nhà nước', notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z',
  holder: 'person', hasPrivateKey: true, usable: 'ok',
};
const calm: TokenInfo['pin'] = { countLow: false, finalTry: false, locked: false, pad: false };
const pins: readonly (readonly [Words, TokenInfo['pin']])[] = [
  [['PIN: đã có lần sai', 'PIN: a wrong one before'], { ...calm, countLow: true }],
  [['PIN: lần cuối', 'PIN: the last try'], { ...calm, finalTry: true }],
  [['PIN: đã khóa', 'PIN: locked'], { ...calm, locked: true }],
  [['PIN: bàn phím trên thiết bị', 'PIN: the token’s own keypad'], { ...calm, pad: true }],
];
const statuses: readonly CertificateStatus[] = ['good', 'unknown', 'revoked', 'expired'];

function Pin({ pin }: { readonly pin: TokenInfo['pin'] }) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const choice = { token: { driver: 'p11.dll', label: 'Token', serial: '1', pin, certificates: [certificate] }, certificate };
  const state: PinState = {
    tokens: { tokens: [choice.token], drivers: [] }, looking: false, listError: null, choices: [choice], choice, choose: () => undefined, check: { asking: false, answer: { status: 'good', checkedAt: null } },
    pin: typed, setPin: setTyped, field, busy: false, ready: false, error: null, confirm: () => undefined, search: () => undefined,
  };
  return <PinFields state={state} first={false} />;
}

const inspection: Inspection = {
  pages: 4, signatures: 1, prepared: false, tagged: true, pdfA: '2b', certified: { level: 2, by: 'Đặng Quốc Hùng' }, protection: 'restricted',
  changedSince: { field: 'Signature1', signer: 'Đặng Quốc Hùng', details: ['Trang 2: thêm một ghi chú.', 'Trang 3: đổi chữ trong một ô.'] },
};

function Changed() {
  const box = useRef<HTMLDivElement>(null);
  const [ticked, tick] = useState(false);
  const state: Before = { inspection, matters: true, accepted: null, ticked, tick, missing: !ticked, mayGoOn: () => ticked, box };
  return <BeforeSigning state={state} />;
}

const ids = [1, 2, 3, 4].map((number) => documentId.parse(`01900000-0000-7000-8000-00000000000${number}`));
const titles = ['Giấy mời họp triển khai ký số', 'Quyết định ban hành Quy chế quản lý văn bản điện tử', 'Báo cáo kết quả quý III', 'Thông báo nghỉ lễ'];
const outcomes = ['signed', 'failed', 'waiting', 'skipped'] as const;
const cutShort: Batch = {
  id: 'made-up', mode: 'all', state: 'interrupted', thumbprint: certificate.thumbprint, current: null, startedAt: '2026-11-22T02:00:00Z',
  error: { code: 'token.removed', message: 'Thiết bị ký bị rút ra khi đang ký.' },
  items: ids.map((id, index) => ({
    id, title: titles[index] ?? '', placement: null, status: outcomes[index] ?? 'waiting',
    error: outcomes[index] === 'failed' ? { code: 'workflow.wrong-stage', message: 'Văn bản đang ở bước “Bị trả lại” nên không làm được việc này. Chưa có gì thay đổi.' } : null,
  })),
};
