import { many, repeated, type HostileFile, type Materials } from '../support/hostile-file.ts';
import { coverAll, createWriter, putSignature, putSignedPage } from '../support/writer.ts';
import { store } from './compression.ts';

const megabyte = 1024 * 1024;

/** Definite length, as long as it has to be. */
export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 0x80 ? Buffer.from([content.length]) : content.length < 0x10000 ? Buffer.from([0x82, content.length >> 8, content.length & 0xff]) : Buffer.from([0x83, content.length >> 16, (content.length >> 8) & 0xff, content.length & 0xff]);
  const minimal = content.length >= 0x80 && content.length < 0x100 ? Buffer.from([0x81, content.length]) : length;
  return Buffer.concat([Buffer.from([tag]), minimal, content]);
}

/** The same value inside itself again and again; built from the inside, each level a copy of two bytes more. */
function nested(tag: number, depth: number): Buffer {
  const head: Buffer[] = [];
  let length = 0;
  for (let i = 0; i < depth; i += 1) {
    const size = length < 0x80 ? Buffer.from([tag, length]) : length < 0x100 ? Buffer.from([tag, 0x81, length]) : length < 0x10000 ? Buffer.from([tag, 0x82, length >> 8, length & 0xff]) : Buffer.from([tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]);
    head.push(size);
    length += size.length;
  }
  return Buffer.concat(head.reverse());
}

/** A signature over the whole file with these contents. */
function signedWith(contents: (materials: Materials) => Buffer): (materials: Materials) => Buffer {
  return (materials) => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { contents: contents(materials).toString('hex') });
    pdf.table();
    return coverAll(pdf.bytes(), place);
  };
}

const signedData = Buffer.from('06092a864886f70d010702', 'hex');

/** A true CMS whose certificates are replaced by `certificates`, its outer lengths told anew. */
function withCertificates(cms: Buffer, certificates: Buffer): Buffer {
  const version = der(0x02, Buffer.from([1]));
  const sha256 = der(0x31, der(0x30, Buffer.from('0609608648016503040201', 'hex')));
  const data = der(0x30, Buffer.from('06092a864886f70d010701', 'hex'));
  // the SignerInfos are the last SET of the true one
  const signers = cms.subarray(lastSet(cms));
  return der(0x30, signedData, der(0xa0, der(0x30, version, sha256, data, der(0xa0, certificates), signers)));
}

function lastSet(cms: Buffer): number {
  for (let at = 0; at < cms.length; at += 1) {
    if (cms[at] !== 0x31) continue;
    const size = cms[at + 1] === 0x82 ? 4 + cms.readUInt16BE(at + 2) : cms[at + 1] === 0x81 ? 3 + (cms[at + 2] ?? 0) : -1;
    if (at + size === cms.length) return at;
  }
  throw new Error('no SignerInfos found');
}

/** A certificate whose key is an RSA modulus of so many bytes. */
function certificateWithKey(certificate: Buffer, bytes: number): Buffer {
  const key = der(0x30, der(0x02, Buffer.concat([Buffer.from([0]), Buffer.alloc(bytes, 0xd3)])), der(0x02, Buffer.concat([Buffer.from([0]), Buffer.alloc(bytes, 0xd1)])));
  const info = der(0x30, Buffer.from('300d06092a864886f70d0101010500', 'hex'), der(0x03, Buffer.from([0]), key));
  const name = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('Xã')))));
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('400101000000Z')));
  const algorithm = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
  const tbs = der(0x30, der(0xa0, Buffer.from('020102', 'hex')), der(0x02, Buffer.from([certificate.length & 0x7f])), algorithm, name, validity, name, info);
  return der(0x30, tbs, algorithm, der(0x03, Buffer.alloc(257)));
}

/** An OCSP response with many answers, signed by nobody. */
function ocsp(singles: number): Buffer {
  const single = der(0x30, der(0x30, Buffer.from('300906052b0e03021a0500', 'hex'), der(0x04, Buffer.alloc(20, 1)), der(0x04, Buffer.alloc(20, 2)), der(0x02, Buffer.from([1, 2, 3]))), Buffer.from([0x80, 0]), der(0x18, Buffer.from('20260101000000Z')));
  const data = der(0x30, der(0xa2, der(0x04, Buffer.alloc(20))), der(0x18, Buffer.from('20260101000000Z')), der(0x30, ...Array.from({ length: singles }, () => single)));
  const basic = der(0x30, data, Buffer.from('300d06092a864886f70d01010b0500', 'hex'), der(0x03, Buffer.alloc(257)));
  return der(0x30, Buffer.from('0a0100', 'hex'), der(0xa0, der(0x30, Buffer.from('06092b0601050507300101', 'hex'), der(0x04, basic))));
}

/** The signed page with a DSS of these streams added. */
function withStore(kind: 'Certs' | 'OCSPs' | 'CRLs', count: number, data: (materials: Materials, i: number) => Buffer): (materials: Materials) => Buffer {
  return (materials) => {
    const pdf = createWriter(materials.signed);
    const text = materials.signed.toString('latin1');
    const catalog = /\n1 0 obj\n?<<([\s\S]*?)>>\n?endobj/.exec(text.slice(text.lastIndexOf('\n1 0 obj')))?.[1] ?? '';
    for (let i = 0; i < count; i += 1) pdf.stream(1000 + i, '', data(materials, i));
    pdf.object(999, `<</${kind} [${repeated(count, (i) => `${1000 + i} 0 R `).toString('latin1')}]>>`);
    pdf.object(1, `<<${catalog} /DSS 999 0 R>>`);
    pdf.table();
    return pdf.bytes();
  };
}

export const evidenceFiles: readonly HostileFile[] = [
  { name: 'DER two million deep', build: signedWith(() => nested(0x30, 2 * many)) },
  { name: 'DER 100,000 deep where certificates are', build: signedWith(({ cms }) => withCertificates(cms, nested(0x30, 100_000))) },
  { name: 'DER of indefinite lengths', build: signedWith(() => Buffer.alloc(many, Buffer.from([0x30, 0x80]))) },
  { name: 'DER with a length of 127 bytes', build: signedWith(() => Buffer.concat([Buffer.from([0x30, 0xff]), Buffer.alloc(many, 0xff)])) },
  { name: 'DER that claims 4 GB', build: signedWith(() => Buffer.from('3084ffffffff0000', 'hex')) },
  { name: 'a SEQUENCE of three million NULLs', build: signedWith(() => der(0x30, Buffer.alloc(6 * many, Buffer.from([5, 0])))) },
  { name: 'an object identifier of a megabyte', build: signedWith(() => der(0x30, der(0x06, Buffer.alloc(megabyte, 0x81)), der(0xa0, Buffer.from([5, 0])))) },
  { name: 'a CMS with 6,000 certificates', build: signedWith(({ cms, certificate }) => withCertificates(cms, Buffer.concat(Array.from({ length: 6000 }, () => certificate)))) },
  { name: 'a certificate of 7 MB', build: signedWith(({ cms, certificate }) => withCertificates(cms, Buffer.concat([certificate, certificateWithKey(certificate, 3 * megabyte)]))) },
  { name: 'certificates with keys of 16,384 bits and exponents as long', build: signedWith(({ cms, certificate }) => withCertificates(cms, Buffer.concat([certificate, ...Array.from({ length: 60 }, () => certificateWithKey(certificate, 2048))]))) },
  { name: 'a DSS of 100,000 streams', build: store((pdf, num, i) => void pdf.stream(num, '', Buffer.from(`${i}`)), 100_000) },
  { mayBeGood: true, name: 'a DSS of 2,000 certificates with one key of 3,072 bits and its exponent as long', build: withStore('Certs', 2000, ({ certificate }, i) => certificateWithKey(certificate.subarray(i & 0x7f), 384)) },
  { mayBeGood: true, name: 'a DSS of 60 OCSP responses with 9,900 answers each', build: withStore('OCSPs', 60, (_, i) => ocsp(9900 - i)) },
  { mayBeGood: true, name: 'a DSS of 2,000 OCSP responses', build: withStore('OCSPs', 2000, (_, i) => ocsp(100 + (i % 100))) },
  { name: 'a VRI of 100,000 signatures', build: () => {
    const pdf = createWriter();
    const place = putSignedPage(pdf, { catalog: '/DSS 7 0 R' });
    pdf.object(7, Buffer.concat([Buffer.from('<</VRI <<'), repeated(100_000, (i) => `/A${i} <</Cert [8 0 R] /OCSP [8 0 R] /CRL [8 0 R]>> `), Buffer.from('>>>>')]));
    pdf.stream(8, '', Buffer.from('x'));
    pdf.table();
    return coverAll(pdf.bytes(), place);
  } },
  { name: 'sixty signatures over 60 MB each', build: ({ cms }) => {
    const pdf = createWriter();
    putSignedPage(pdf);
    pdf.stream(7, '', Buffer.alloc(60 * megabyte));
    pdf.object(4, `<</Fields [5 0 R ${Array.from({ length: 60 }, (_, i) => `${20 + i} 0 R`).join(' ')}]>>`);
    const places = Array.from({ length: 60 }, (_, i) => {
      pdf.object(20 + i, `<</T (f${i}) /FT /Sig /V ${100 + i} 0 R>>`);
      return putSignature(pdf, 100 + i, cms.toString('hex'));
    });
    pdf.table();
    const bytes = pdf.bytes();
    for (const place of places) coverAll(bytes, place);
    return bytes;
  } },
];

const hex = (byte: string, count: number): string => `<${byte.repeat(count)}>`;

function encrypted(dict: string, more: (pdf: ReturnType<typeof createWriter>) => void = () => undefined): () => Buffer {
  return () => {
    const pdf = createWriter();
    putSignedPage(pdf);
    pdf.object(30, `<</Filter /Standard ${dict}>>`);
    more(pdf);
    pdf.table('/Encrypt 30 0 R /ID [<00> <00>]');
    return pdf.bytes();
  };
}

const r6 = `/V 5 /R 6 /Length 256 /P -4 /O ${hex('ab', 48)} /U ${hex('ab', 48)} /OE ${hex('00', 32)} /UE ${hex('00', 32)} /CF <</StdCF <</CFM /AESV3>>>> /StmF /StdCF /StrF /StdCF`;

export const encryptionFiles: readonly HostileFile[] = [
  { name: 'encryption of revision 6, whose hash is repeated', build: encrypted(r6) },
  { name: 'encryption of revision 6 with strings of 10 MB', build: encrypted(`/V 5 /R 6 /P -4 /O ${hex('ab', 10 * megabyte)} /U ${hex('ab', 10 * megabyte)} /OE ${hex('00', megabyte)} /UE ${hex('00', megabyte)}`) },
  { name: 'encryption with an absurd /Length', build: encrypted(`/V 2 /R 3 /Length 9007199254740984 /P -4 /O ${hex('ab', 32)} /U ${hex('ab', 32)}`) },
  { name: 'encryption with a negative /Length', build: encrypted(`/V 2 /R 3 /Length -128 /P -4 /O ${hex('ab', 32)} /U ${hex('ab', 32)}`) },
  { name: 'encryption of an absurd version', build: encrypted(`/V 99999999999 /R 99999999999 /P -4 /O ${hex('ab', 32)} /U ${hex('ab', 32)}`) },
  { name: 'an encryption dictionary of a million filters', build: encrypted(`${r6} /CF <<${repeated(many, (i) => `/F${i} <</CFM /AESV3>> `).toString('latin1')}>>`) },
  { name: 'an encryption dictionary that is its own crypt filter', build: encrypted(`/V 4 /R 4 /P -4 /O ${hex('ab', 32)} /U ${hex('ab', 32)} /CF 30 0 R /StmF /CF /StrF /CF`) },
  { name: 'an identifier of 20 MB for the old key', build: () => {
    const pdf = createWriter();
    putSignedPage(pdf);
    pdf.object(30, `<</Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O ${hex('ab', 32)} /U ${hex('ab', 32)}>>`);
    pdf.table(`/Encrypt 30 0 R /ID [${hex('00', 10 * megabyte)} <00>]`);
    return pdf.bytes();
  } },
];
