import { appendUtf8 } from './utf8.ts';

/**
 * What messages of this wire are full of, in packed form (`packing.ts`), the most frequent last, where it is nearest. Bare marks stand where ids, hashes and times do.
 * Never edited: another text is another coding, under another name; a client and a server that do not share it speak plain JSON.
 */
const uuid7 = '\u0002';
const hex64 = '\u0003';
const hex32 = '\u0004';
const time = '\u0005';

const words = [
  'Về việc ', 'về việc ', 'Thông báo ', 'Quyết định ', 'Báo cáo ', 'Kế hoạch ', 'Tờ trình ', 'Công văn ', 'Giấy mời ', 'Hướng dẫn ', 'Chỉ thị ', 'Nghị quyết ', 'Chương trình ',
  'triển khai ', 'thực hiện ', 'tổ chức ', 'kết quả ', 'công tác ', 'phê duyệt ', 'ban hành ', 'hội nghị ', 'kiểm tra ', 'đề nghị ', 'báo cáo ', 'chuyển đổi số ', 'cải cách hành chính ', 'giải quyết ', 'phòng, chống ',
  'trên địa bàn ', 'năm 2026', 'năm 2027', 'quý ', 'tháng ', 'Chủ tịch', 'Phó Chủ tịch', 'Giám đốc', 'Văn thư', 'Ủy ban nhân dân xã ', 'Ủy ban nhân dân tỉnh ', 'Văn phòng UBND tỉnh ', 'Hội đồng nhân dân ', 'UBND tỉnh ', 'UBND phường ', 'Sở Nội vụ', 'Sở Tài chính', 'Sở Khoa học và Công nghệ', 'Sở Giáo dục và Đào tạo', 'Công an ', 'Trung tâm ',
  'Nguyễn Thị ', 'Nguyễn Văn ', 'Trần Thị ', 'Trần Văn ', 'Lê Thị ', 'Phạm Thị ', 'Đề nghị ', 'Giao ', 'phối hợp ', 'tham mưu ', 'xử lý theo quy định', 'Kính trình ', 'trước ngày ',
];

const refusals = [
  '{"error":{"code":"input.invalid","params":{"where":"', '{"error":{"code":"session.required"}}', '{"error":{"code":"not-allowed"}}', '{"error":{"code":"not-found","params":{"what":"', '{"error":{"code":"sync.resync"}}', '{"error":{"code":"server.busy"}}',
  `{"answers":[{"id":"${uuid7}","status":"rejected","error":{"code":"workflow.wrong-stage","params":{"stage":"submitted"}}}]}`, '"error":{"code":"number.taken","params":{"number":', '"error":{"code":"number.old-epoch"', '"error":{"code":"idempotency.mismatch"}',
  `{"answers":[{"id":"${uuid7}","status":"conflict","current":{"workflow":3,"assignment":1}}]}`, `{"answers":[{"id":"${uuid7}","status":"retry","afterMs":1000},{"id":"${uuid7}","status":"retry","afterMs":0}]}`,
];

const others = [
  '{"book":"H48.60.12/2026/van-ban-di","station":"', `{"book":"H48.60.12/2026/van-ban-den","epoch":1,"next":1,"reserveEnd":50}`, `{"state":"present"}`, `{"state":"open","upload":"${uuid7}","offset":0,"lengthBytes":`,
  `{"scope":"H48.60.12","hash":"${hex64}","sizeBytes":`, ',"documents":', ',"cursor":"', `{"version":1,"entries":[{"code":"H48.`, '","otherCode":null,"parent":"H48","ceasedOn":null,"successors":[]},{"code":"', '"people":[{"id":"', '","position":"', '","roles":["officer"]',
  '"kind":"quyet-dinh","notation":"QĐ-UBND"', '"kind":"thong-bao","notation":"TB-UBND"', '"kind":"bao-cao","notation":"BC-UBND"', '"kind":"ke-hoach","notation":"KH-UBND"', '"kind":"to-trinh","notation":"TTr-UBND"', '"kind":"giay-moi","notation":"GM-UBND"', '"kind":"nghi-quyet"', '"kind":"huong-dan"', '"kind":"chi-thi"',
  '"urgency":"urgent"', '"urgency":"very-urgent"', '"urgency":"express"', '"role":"officer"', '"role":"administrator"', '"mark":"appendix"', '"mark":"copy"', '"level":"B-LTA"', '"level":"B-T"', '"verdict":"indeterminate","reason":"',
];

const content = (name: string, parent: boolean) => `{"sha256":"${hex64}","sizeBytes":1,"fileName":"${name}.pdf","parent":${parent ? `"${hex64}"` : 'null'}}`;
const office = '{"code":"H48.60.12","name":"UBND xã "}';
const by = (role: string) => `"by":{"person":"","fullName":"","role":"${role}","unit":"H48.60.12"},"command":"${uuid7}"`;
const head = (role: string) => `{"at":"${time}",${by(role)},"type":"`;

const events = [
  `${head('leader')}returned","reason":"`, `${head('clerk')}refused","reason":"`, `${head('clerk')}augmented","content":${content('van-ban', true)},"level":"B-LT"}`, `${head('leader')}marked","content":${content('van-ban', true)},"mark":"comment","text":"","signer":"`,
  `${head('clerk')}marked","content":${content('van-ban', true)},"mark":"incoming","text":"","signer":"`, `${head('officer')}revised","content":${content('van-ban', false)}}`, `${head('officer')}submitted","content":${content('van-ban', false)}}`,
  `${head('leader')}approved","content":${content('van-ban', true)},"signer":"`, `${head('clerk')}issued","content":${content('van-ban', true)},"entry":{"book":"H48.60.12/2026/van-ban-di","epoch":1,"number":1},"notation":"UBND","issuedDate":"2026-`, `${head('clerk')}sent","recipients":[${office},${office}]}`,
  `{"at":"${time}","by":null,"command":null,"type":"deliveryReported","recipient":"H48.60.12","status":"01","description":""}`, '"status":"03"', '"status":"04"',
  `${head('clerk')}drafted","title":"Về việc ","kind":"cong-van","notation":"UBND-VP","urgency":"normal","content":${content('van-ban', false)},"recipients":[${office}],"inReplyTo":null,"unit":${office}}`,
  `{"changes":[{"document":"${uuid7}","from":0,"events":[{"at":"${time}","by":null,"command":null,"type":"arrived","unit":{"code":"H48.60.12","name":"UBND xã "},"from":{"code":"H48","name":"UBND tỉnh "},"origin":"${uuid7}","title":"Về việc ","kind":"cong-van","number":1,"notation":"UBND-VP","issuedDate":"2026-11-22","urgency":"normal","content":${content('van-ban', true)},"signer":"","inReplyTo":null}]}`,
];

const pushes = [
  `"type":"draft","args":{"title":"Về việc ","kind":"cong-van","notation":"UBND-VP","urgency":"normal","content":${content('van-ban', false)},"recipients":[${office}],"inReplyTo":null}}`,
  '"type":"returnToDrafter","args":{"reason":"', '"type":"refuse","args":{"reason":"', `"type":"revise","args":{"content":${content('van-ban', false)}}`, `"type":"submit","args":{"content":${content('van-ban', false)}}`, `"type":"approve","args":{"content":${content('van-ban', true)},"signer":"`,
  `"type":"issue","args":{"content":${content('van-ban', true)},"entry":{"book":"H48.60.12/2026/van-ban-di","epoch":1,"number":1},"notation":"UBND","issuedDate":"2026-11-22","signer":"`, `"type":"send","args":{"recipients":[${office}]},"base":{"workflow":4,"assignment":0}}]}`,
  `"type":"mark","args":{"content":${content('van-ban', true)},"mark":"incoming","text":"","signer":"`, `"type":"augment","args":{"content":${content('van-ban', true)},"level":"B-LT"}`, '"dependsOn":"',
  '"type":"register","args":{"entry":{"book":"H48.60.12/2026/van-ban-den","epoch":1,"number":1},"arrivalDate":"2026-11-22","check":{"verdict":"valid","reason":null}},"base":{"workflow":1,"assignment":0}}]}',
];

const frequent = [
  `{"changes":[],"next":"`, `","hasMore":true,"serverTime":"`,
  `"},{"document":"${uuid7}","from":0,"events":[`, `${head('clerk')}registered","entry":{"book":"H48.60.12/2026/van-ban-den","epoch":1,"number":1},"arrivalDate":"2026-11-22","check":{"verdict":"valid","reason":null}}]}`, '"check":{"verdict":"valid-extended","reason":null}',
  `${head('leader')}assigned","lead":"","support":["`, '"],"inform":[],"directive":"', '","deadline":"2026-', `","lead":"","support":[],"inform":[],"directive":"","deadline":null}]}`,
  `{"changes":[{"document":"${uuid7}","from":2,"events":[${head('clerk')}presented","note":""}]}],"next":"`, `","hasMore":false,"serverTime":"${time}","scope":"H48.60.12","digest":"${hex32}"}`,
  `{"answers":[{"id":"${uuid7}","status":"applied"},{"id":"${uuid7}","status":"applied"}]}`,
  `{"commands":[{"id":"${uuid7}","document":"${uuid7}","at":"${time}","type":"assign","args":{"lead":"","support":[],"inform":[],"directive":"","deadline":null},"base":{"workflow":3,"assignment":0}}]}`,
  `{"commands":[{"id":"${uuid7}","document":"${uuid7}","at":"${time}","type":"present","args":{"note":""},"base":{"workflow":2,"assignment":0}}]}`,
];

/** At most 8 kB. */
export const dictionary: Uint8Array = build();
export const dictionarySha256 = '58ac5eab5bc9a638686bb09404621cefe4057ab3c783ace7d029a816078cfc21';

function build(): Uint8Array {
  const out: number[] = [];
  for (const text of [...words, ...refusals, ...others, ...events, ...pushes, ...frequent]) appendUtf8(out, text);
  return Uint8Array.from(out);
}
