import type { SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import type { SignatureDeeds } from '../features/verification/deeds.ts';
import { ReportFoot } from '../features/verification/report-foot.tsx';
import { ReportView } from '../features/verification/report-view.tsx';
import type { ReportDeeds } from '../features/verification/use-report-deeds.ts';
import { Chapter, Specimen } from './specimen.tsx';
import { useWords, type Words } from './words.ts';

/** What no practice document shows on demand: clocks that are wrong, lines that are down, pages that look other than they did. */
export function Verification() {
  const w = useWords();
  return (
    <Chapter name={['Kết quả kiểm tra chữ ký', 'What was found about signatures']}>
      {cards.map(([name, signature]) => (
        <Specimen key={name[1]} name={name}><div className="gallery-stack"><ReportView report={{ signatures: [signature], problems: [] }} chosen={null} deeds={deeds} /></div></Specimen>
      ))}
      <Specimen name={['Tệp có lỗi', 'A faulty file']}>
        <div className="gallery-stack"><ReportView report={{ signatures: [], problems: [{ code: 'file.not-pdf', message: 'Tệp không đọc được như một tệp PDF đúng chuẩn nên không kiểm tra được chữ ký.' }] }} chosen={null} deeds={{}} /></div>
      </Specimen>
      <Specimen name={['Đang kiểm tra thêm', 'More on its way']}><div className="gallery-stack"><ReportFoot report={{ ...report, extent: 'quick' }} more kept={[]} deeds={still} /></div></Specimen>
      <Specimen name={['Không hỏi được', 'Nobody to ask']}><div className="gallery-stack"><ReportFoot report={{ ...report, extent: 'offline' }} more={false} kept={kept} deeds={still} /></div></Specimen>
      <Specimen name={['Đang kiểm tra lại', 'Checking again']}><div className="gallery-stack"><ReportFoot report={report} more={false} kept={[]} deeds={{ ...still, busy: 'check', error: 'print' }} /></div></Specimen>
      <p className="quiet">{w(['Chữ ký ở đây là giả.', 'These signatures are made up.'])}</p>
    </Chapter>
  );
}

const deeds: SignatureDeeds = { onChoose: () => undefined, onShow: () => undefined, onEarlier: () => undefined, onCompare: () => undefined };
const still: ReportDeeds = { check: () => undefined, save: () => undefined, print: () => undefined, busy: null, error: null };
const place = { page: 2, xMm: 120, yMm: 200, widthMm: 40, heightMm: 18 };
const issuer = { commonName: 'CA phục vụ cơ quan nhà nước G2', organization: 'Ban Cơ yếu Chính phủ', issuer: 'Root CA', serial: '01', notBefore: '2024-01-01T00:00:00Z', notAfter: '2034-01-01T00:00:00Z', thumbprint: 'b'.repeat(64) };

const good: SignatureReport = {
  field: 'Signature1', revision: { index: 1, of: 3 }, signedBytes: 90_000, subFilter: 'ETSI.CAdES.detached',
  signer: { commonName: 'Đặng Quốc Hùng', organization: 'Ủy ban nhân dân tỉnh Quảng Ngãi', issuer: issuer.commonName, serial: '0a', notBefore: '2026-01-01T00:00:00Z', notAfter: '2029-01-01T00:00:00Z', thumbprint: 'a'.repeat(64) },
  chain: [issuer], time: { at: '2026-11-22T02:14:00Z', proven: true }, integrity: 'intact', coverage: 'whole-revision', level: 'B-LT',
  trust: { status: 'trusted', revocation: 'good', detail: 'Chứng thư của người ký dẫn về chứng thư gốc tin cậy.' },
  revocations: [
    { commonName: 'Đặng Quốc Hùng', thumbprint: 'a'.repeat(64), status: 'good', revokedAt: null, kind: 'ocsp', source: 'dss', thisUpdate: '2026-11-22T02:14:00Z', nextUpdate: null, proof: null, unasked: null },
    { commonName: issuer.commonName, thumbprint: issuer.thumbprint, status: 'good', revokedAt: null, kind: 'crl', source: 'cache', thisUpdate: '2026-11-20T17:00:00Z', nextUpdate: null, proof: null, unasked: null },
  ],
  changesAfter: { status: 'allowed', changes: [{ kind: 'signature', revision: 2, message: 'Thêm chữ ký của Văn phòng UBND tỉnh.', page: 2, place }, { kind: 'dss', revision: 3, message: 'Thêm dữ liệu kiểm chứng lâu dài.', page: null, place: null }] },
  look: { status: 'same', reason: null, compared: 4, pages: [] }, place, verdict: 'valid-extended', problems: [],
};
const skewed: SignatureReport = {
  ...good, level: 'B-T', time: { at: '2026-11-22T02:14:00Z', proven: true, claimed: '2026-11-22T09:14:00Z' }, verdict: 'valid', changesAfter: { status: 'none', changes: [] }, look: { status: 'nothing-later', reason: null, compared: 0, pages: [] },
  place: null, problems: [{ code: 'time.zone-mistaken', message: 'Giờ ký do máy của người ký ghi lệch với giờ thật trong khoảng 7 giờ: có vẻ nhầm múi giờ. Chữ ký không bị ảnh hưởng.' }],
};
const added: SignatureReport = {
  ...good, verdict: 'changed', problems: [{ code: 'changes.content-added', message: 'Sau khi ký, có nội dung được thêm vào tệp.' }],
  changesAfter: { status: 'content-added', changes: [{ kind: 'content-added', revision: 3, message: 'Thêm ô chữ (trang 1).', page: 1, place: { ...place, page: 1 } }, ...good.changesAfter.changes] },
  look: { status: 'changed', reason: 'pages', compared: 50, pages: [{ page: 1, places: [{ ...place, page: 1 }] }, { page: 3, places: [{ ...place, page: 3 }] }] },
};
const broken: SignatureReport = {
  ...good, verdict: 'invalid', integrity: 'broken', level: 'unknown', trust: { status: 'unknown', revocation: 'not-checked', detail: '' }, revocations: [], chain: [], changesAfter: { status: 'not-examined', changes: [] },
  look: { status: 'not-compared', reason: 'unreadable', compared: 0, pages: [] }, problems: [{ code: 'cms.digest-mismatch', message: 'Nội dung được ký đã bị thay đổi sau khi ký.' }],
};
const unproven: SignatureReport = {
  ...good, verdict: 'indeterminate', signer: null, time: null, level: 'B-B', trust: { status: 'untrusted', revocation: 'not-checked', detail: '' }, chain: [],
  revocations: [{ ...(good.revocations[0] as SignatureReport['revocations'][number]), status: 'unproven', kind: null, source: null, thisUpdate: null, unasked: 'revocation.unreachable' }],
  problems: [{ code: 'chain.untrusted', message: 'Chứng thư số của người ký không dẫn về cơ quan chứng thực tin cậy nào.' }],
};
const cards: readonly (readonly [Words, SignatureReport])[] = [
  [['Chữ ký hợp lệ, có bổ sung', 'Valid, extended'], good],
  [['Đồng hồ người ký lệch bảy giờ', 'A clock seven hours off'], skewed],
  [['Thêm nội dung sau khi ký', 'Content added'], added],
  [['Nội dung đã bị sửa', 'Altered'], broken],
  [['Chưa xác minh được', 'Not verified'], unproven],
];

const report: VerificationReport = {
  schema: 2, checkedAt: '2026-11-22T02:20:00Z', program: '1.0.0', file: { sha256: null, sizeBytes: 120_000 }, trustList: { version: 3, dated: '2026-11-01' }, extent: 'full', verdict: 'indeterminate', signatures: [unproven], problems: [],
};
const kept = [
  { checkedAt: '2026-11-22T02:20:00Z', verdict: 'indeterminate', extent: 'offline' },
  { checkedAt: '2026-11-21T01:05:00Z', verdict: 'valid', extent: 'full' },
  { checkedAt: null, verdict: 'valid', extent: 'quick' },
] as const;
