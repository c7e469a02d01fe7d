import type { HelpPage } from '../help-page.ts';

/** What F1 says, a page a screen. Loaded when it is asked for. */
export const helpPages = {
  incoming: {
    what: 'Mọi văn bản gửi tới cơ quan, từ mạng hay trên giấy, hiện ở đây để kiểm tra, vào sổ và trình lãnh đạo.',
    steps: [
      'Chọn một văn bản trong danh sách. Trang văn bản mở ở giữa, thông tin nằm bên phải.',
      'Nhìn mục [signatures.heading] bên phải: chữ ký có hợp lệ không.',
      'Bấm [action.receive] (Ctrl+Enter): chương trình lấy số đến và trình lãnh đạo trong một lần. Nếu chỉ vào sổ, bấm [action.register].',
      'Cần dấu đến hoặc bản sao: bấm [marking.do.incoming], [marking.do.copy] dưới trang.',
      'Lãnh đạo đọc rồi bấm [action.assign] để giao việc cho từng người.',
      'Văn bản giấy: bấm [list.paper] ở đầu danh sách.',
      'Hay tìm cùng một thứ: gõ vào ô tìm kiếm rồi bấm [searches.save]; cách tìm nằm ở cột trái. Bấm [results.export] để lấy danh sách ra Excel.',
    ],
    marks: [
      ['stage.arrived', 'văn bản đã đến nhưng chưa có số đến.'],
      ['stage.presented', 'đã có số đến, lãnh đạo đã thấy.'],
      ['verdict.valid', 'đúng người ký và không ai sửa gì sau đó.'],
      ['verdict.changed', 'có phần được thêm sau khi ký; hãy mở ra xem phần nào.'],
      ['verdict.invalid', 'nội dung đã bị sửa hoặc chữ ký không đúng; đừng vào sổ khi chưa hỏi nơi gửi.'],
      ['verdict.indeterminate', 'chưa đủ căn cứ để kết luận, thường vì máy chưa biết nơi cấp chứng thư.'],
      ['sync.waiting', 'việc bạn vừa làm đã lưu trên máy này và sẽ tự gửi.'],
    ],
    wrong: [
      'Làm nhầm: nhấn Ctrl+Z ngay. Việc chưa gửi đi thì lùi lại được.',
      'Chữ ký chưa ổn: chương trình hỏi lý do trước khi vào sổ. Chưa chắc thì bấm [registering.refuse].',
      'Văn bản không thuộc cơ quan mình: bấm [action.refuse] khi chưa vào sổ, [action.sendBack] khi đã vào sổ. Nơi gửi nhận được lý do.',
      'Không thấy văn bản cần tìm: bấm [list.clear], hoặc xóa chữ trong ô tìm kiếm.',
    ],
  },
  signing: {
    what: 'Văn bản chờ lãnh đạo ký: đọc, ký, trả lại hoặc để sau; nhiều văn bản ký được bằng một lần nhập mã PIN.',
    steps: [
      'Chọn văn bản trên cùng; trang văn bản mở ra với khung chữ ký ở chỗ sẽ ký.',
      'Đọc trang. Muốn dời khung chữ ký thì kéo, hoặc dùng các phím mũi tên.',
      'Bấm [action.approve], nhập mã PIN của USB ký số. Văn bản sang thư mục [nav.issuing].',
      'Chưa đồng ý thì bấm [action.returnToDrafter] và ghi phải sửa gì.',
      'Chưa quyết được thì bấm [action.later]: văn bản vẫn chờ, không có gì thay đổi.',
      'Đã đọc nhiều văn bản: bấm [queue.signRead] ở cuối danh sách.',
    ],
    marks: [
      ['queue.read', 'bạn đã mở và đọc văn bản này.'],
      ['queue.unread', 'chưa mở lần nào.'],
      ['place.matches', 'khung chữ ký nằm đúng chỗ mà nghị định yêu cầu.'],
    ],
    wrong: [
      'Chương trình báo chỗ ký chỉ là phỏng đoán: kéo khung vào đúng chỗ rồi mới ký.',
      'Không ký được: mở [nav.tokens]; trang đó nói USB thiếu gì và phải làm gì.',
      'Nhập sai mã PIN: gõ lại chậm. Khi chỉ còn một lần, hãy hỏi nơi cấp trước.',
      'Văn bản đã thay đổi sau chữ ký trước: chương trình chỉ ra chỗ đó và đợi bạn xem rồi mới cho ký.',
      'USB bị rút giữa chừng: văn bản đã ký giữ nguyên, văn bản còn lại vẫn chờ. Cắm lại rồi bấm [batch.resume].',
    ],
  },
  'signing-watch': {
    what: 'Văn bản đã trình và đang chờ lãnh đạo ký; ở đây bạn theo dõi, lãnh đạo ký trên máy của lãnh đạo.',
    steps: [
      'Chọn văn bản để xem lại trang và các ý kiến.',
      'Bị trả lại: đọc mục [info.reasonReturned], sửa tệp, rồi bấm [action.revise].',
      'Sửa xong, bấm [action.submit] để trình lại.',
    ],
    marks: [
      ['stage.submitted', 'lãnh đạo chưa ký.'],
      ['stage.returned', 'lãnh đạo chưa đồng ý và đã ghi phải sửa gì.'],
      ['stage.draft', 'còn là dự thảo, chưa trình.'],
    ],
    wrong: [
      'Trình nhầm tệp: nhấn Ctrl+Z ngay, hoặc nhờ lãnh đạo trả lại.',
      'Muốn biết bản trước khác gì: trong mục [versions.heading], bấm [versions.compare].',
    ],
  },
  issuing: {
    what: 'Văn bản lãnh đạo đã ký chờ văn thư cấp số, đóng dấu cơ quan và gửi đi, tất cả trong một bước.',
    steps: [
      'Chọn văn bản. Trang hiện đúng như sẽ phát hành, khung dấu nằm ở chỗ quy định.',
      'Xem số, ký hiệu, ngày và nơi nhận trong biểu mẫu bên phải; chương trình đã điền sẵn.',
      'Thiếu nơi nhận thì gõ tên vào ô [recipients.add], không cần dấu.',
      'Bấm [issue.signAndSend], nhập mã PIN. Muốn gửi sau thì bấm [issue.signOnly].',
    ],
    marks: [
      ['stage.approved', 'lãnh đạo đã ký, chưa có số.'],
      ['stage.issued', 'đã có số và dấu, còn phải gửi.'],
      ['issue.bookHeld', 'mất mạng vẫn cấp được số, không trùng, không nhảy số.'],
    ],
    wrong: [
      'Khung dấu không đúng chỗ: kéo khung, hoặc bấm [place.reset].',
      'Không có sổ để lấy số: đợi có mạng một lần để máy nhận sổ.',
      'Đã phát hành rồi mới thấy sai: mở văn bản trong [nav.outgoing], rồi dùng [action.replace], [action.correct] hoặc [action.recall].',
    ],
  },
  'issuing-watch': {
    what: 'Văn bản đã ký đang chờ văn thư cấp số, đóng dấu và gửi; ở đây bạn theo dõi.',
    steps: ['Chọn văn bản để xem trang đã ký.', 'Khi văn thư phát hành xong, văn bản sang [nav.outgoing].'],
    marks: [['stage.approved', 'chờ văn thư cấp số và đóng dấu.'], ['stage.issued', 'đã có số, chưa gửi.']],
    wrong: ['Chờ lâu: xem mục [steps.heading] bên phải để biết đang ở bước nào, rồi hỏi văn thư.'],
  },
  outgoing: {
    what: 'Mọi văn bản cơ quan soạn và gửi đi: từ dự thảo đến khi từng nơi nhận xử lý xong.',
    steps: [
      'Bấm [nav.draft] để soạn văn bản mới.',
      'Chọn một văn bản đã gửi, rồi bấm [delivery.open] để xem từng nơi nhận đã làm đến đâu.',
      'Sai nội dung: bấm [action.replace]. Sai thể thức: bấm [action.correct]. Gửi nhầm: bấm [action.recall].',
      'Chỉ sai thông tin kèm theo, tệp vẫn đúng: bấm [action.update].',
    ],
    marks: [
      ['stage.sent', 'đã gửi tới các nơi nhận.'],
      ['delivery.01', 'đã tới hệ thống của nơi nhận.'],
      ['delivery.03', 'nơi nhận đã vào sổ.'],
      ['delivery.02', 'nơi nhận không nhận; lý do ghi ngay dưới.'],
      ['delivery.06', 'nơi nhận đã giải quyết xong.'],
      ['stage.recalled', 'cơ quan đã đề nghị hủy bỏ văn bản này.'],
    ],
    wrong: [
      'Nơi nhận quá hạn: gọi điện nhắc; mục [info.number] có đủ để đọc qua điện thoại.',
      'Cấp số rồi mà không dùng: bấm [action.voidNumber]; số ở lại trong sổ và ghi là đã hủy.',
    ],
  },
  tasks: {
    what: 'Việc được giao cho từng người, quá hạn đứng trước.',
    steps: [
      'Chọn một dòng để mở văn bản của việc ấy.',
      'Bấm [task.do.report] bất cứ lúc nào để người giao biết đã làm đến đâu.',
      'Cần thêm thời gian: bấm [task.do.extend] trước khi hết hạn.',
      'Làm xong: bấm [task.do.finish] và ghi kết quả.',
      'Người giao việc: bấm [task.do.remind] để nhắc, [task.do.evaluate] khi việc đã xong.',
    ],
    marks: [
      ['task.state.new', 'người được giao chưa nhận việc.'],
      ['task.state.accepted', 'đã nhận và đang làm.'],
      ['task.state.returned', 'người được giao trả lại, có ghi lý do.'],
      ['board.asksTime', 'đang chờ người giao trả lời.'],
      ['task.part.lead', 'người chịu trách nhiệm chính.'],
      ['task.part.support', 'cùng làm với người chủ trì.'],
    ],
    wrong: [
      'Việc không phải của mình: bấm [task.do.return] và ghi lý do, hoặc [task.do.passOn].',
      'Không thấy việc: chọn [board.state.all], và xem đang chọn [board.mine] hay [board.everybody].',
    ],
  },
  registers: {
    what: 'Sổ đăng ký văn bản đến và đi theo mẫu của nghị định, để xem, in và lưu ra tệp.',
    steps: [
      'Chọn sổ và năm ở ô [registers.book].',
      'Chỉ cần một phần: ghi số đầu, số cuối hoặc khoảng ngày.',
      'Bấm [registers.print] để in, [registers.save.pdf] hoặc [registers.save.xlsx] để lưu tệp.',
      'Cuối năm, văn thư bấm [registers.close].',
    ],
    marks: [['stage.voided', 'số đã cấp nhưng không dùng; dòng này vẫn ở lại trong sổ.']],
    wrong: [
      'Bảng trống: bấm [registers.whole] để bỏ khoảng số, khoảng ngày.',
      'Chưa có sổ nào: sổ có ngay khi vào sổ hoặc cấp số văn bản đầu tiên của năm.',
      'Khóa sổ là vĩnh viễn: chương trình bắt gõ năm để chắc không bấm nhầm.',
    ],
  },
  dossiers: {
    what: 'Hồ sơ công việc và danh mục hồ sơ của năm: gom văn bản theo việc, rồi nộp lưu đúng hạn.',
    steps: [
      'Đầu năm: ở thẻ [dossiers.year], lập các đề mục và hồ sơ dự kiến; lãnh đạo bấm [catalogue.approve].',
      'Khi việc bắt đầu: bấm [dossiers.open], hoặc chọn một mục rồi bấm [catalogue.openFrom].',
      'Trong lúc làm: bấm [dossier.add], hoặc khi đang đọc văn bản, bấm [action.file].',
      'Việc xong: bấm [dossier.do.close]. Đến hạn thì bấm [dossier.do.handOver].',
    ],
    marks: [
      ['dossiers.stage.open', 'còn đưa văn bản vào được.'],
      ['dossiers.stage.closed', 'việc đã xong, chờ đến hạn nộp lưu.'],
      ['dossiers.stage.handed-over', 'đã giao cho lưu trữ.'],
    ],
    wrong: [
      'Chưa kết thúc được: mục [dossier.checks] chỉ từng điều còn thiếu và cách làm.',
      'Kết thúc nhầm: bấm [dossier.do.reopen] và ghi lý do.',
      'Cần dùng thêm sau hạn: bấm [dossier.do.keep].',
    ],
  },
  figures: {
    what: 'Số liệu văn thư của cơ quan theo tháng, quý, năm: đến, đi, ký số, đúng hạn, quá hạn; số nào cũng mở ra được từng văn bản.',
    steps: [
      'Chọn kỳ ở ô [figures.period]. Kỳ đang chạy được so với đúng chừng ấy ngày của kỳ trước.',
      'Nhìn các ô lớn trước, rồi tới bảng [figures.all].',
      'Bấm [figures.now] ở một dòng, tức là con số: từng văn bản của nó hiện ra. Enter mở văn bản, Esc trở về.',
      'Bấm [figures.print] để in báo cáo gửi cấp trên, hoặc lưu tệp Excel.',
      'Lãnh đạo hoặc văn thư bấm [figures.setTargets] để ghi mục tiêu của cơ quan.',
    ],
    marks: [
      ['figures.part.unclear', 'giờ xong sớm hơn giờ bắt đầu; mục này không nằm trong tỷ lệ nào.'],
    ],
    wrong: [
      'Số chưa đủ: khi máy còn đang tính, dòng tiến độ ở trên nói còn bao nhiêu. Cứ làm việc khác, số tự cập nhật.',
      'Thiếu việc làm ở máy khác: xem giờ đồng bộ ở dưới tên kỳ. Có mạng trở lại, máy tự lấy về.',
      'Thấy trống: chọn kỳ dài hơn, ví dụ [figures.period.year].',
    ],
  },
  outbox: {
    what: 'Những việc bạn đã làm, đang đợi máy chủ xác nhận; chúng tự gửi, bạn không phải làm gì.',
    steps: [
      'Cứ làm việc tiếp. Có mạng, chương trình gửi theo đúng thứ tự.',
      'Muốn thử ngay: bấm [outbox.tryNow].',
      'Làm nhầm mà chưa gửi: bấm [outbox.withdraw].',
      'Mất mạng nhiều ngày: bấm [packages.make] để mang việc đi bằng USB.',
    ],
    marks: [
      ['sync.waiting', 'đã lưu trên máy này, chưa gửi.'],
      ['sync.sending', 'đang đi.'],
      ['sync.confirming', 'đã đi, đang hỏi lại máy chủ; không bị làm hai lần.'],
      ['sync.problem', 'máy chủ không nhận; xem thư mục [nav.problems].'],
    ],
    wrong: [
      'Chờ mãi không gửi: nhìn góc dưới bên trái để biết mạng đang thế nào, hoặc nhấn F5.',
      'Máy sắp hỏng hoặc phải đổi máy: bấm [packages.make] trước.',
    ],
  },
  conflicts: {
    what: 'Hai người đã làm khác nhau trên cùng một văn bản; cả hai bản còn nguyên, bạn chọn giữ bản nào.',
    steps: [
      'Đọc bảng: bên [conflicts.mine] và bên [conflicts.theirs], chỗ khác được đánh dấu.',
      'Bản của người kia đúng: bấm [conflicts.accept].',
      'Bản của bạn đúng: bấm [conflicts.keepMine]; việc được làm lại trên bản mới nhất.',
      'Cần cả hai bản dự thảo: bấm [conflicts.keepBoth].',
    ],
    marks: [
      ['conflicts.theirs', 'bản mà máy chủ đang giữ.'],
      ['conflicts.newSignature', 'việc của bạn làm trước khi có chữ ký ấy nên chưa có hiệu lực.'],
    ],
    wrong: ['Chưa biết chọn bản nào: cứ để đó và hỏi người kia; không có gì mất.', 'Không giữ được bản của mình: bước ấy đã qua; bấm [conflicts.openNewest] rồi làm lại.'],
  },
  problems: {
    what: 'Những việc máy chủ không nhận, mỗi việc kèm lý do; văn bản giữ nguyên như trên máy chủ.',
    steps: ['Đọc lý do ghi ở từng việc.', 'Bấm [outbox.open] và làm lại nếu còn cần.', 'Xong thì bấm [outbox.dismiss].'],
    marks: [['sync.problem', 'việc này chưa có hiệu lực cho đến khi bạn làm lại.']],
    wrong: ['Không hiểu lý do: chép câu ấy gửi người quản trị; việc vẫn được giữ ở đây.'],
  },
  draft: {
    what: 'Soạn một văn bản đi: chọn tệp PDF, ghi trích yếu, nơi nhận, rồi lưu và trình ký.',
    steps: [
      'Xuất văn bản từ Word ra PDF, rồi bấm [draft.file] hoặc kéo tệp vào.',
      'Ghi [draft.subject], chọn [draft.kind], ghi [draft.notation].',
      'Gõ tên cơ quan vào ô [recipients.add], không cần dấu.',
      'Có phụ lục: bấm [attach.choose].',
      'Lưu rồi trình: văn bản sang thư mục [nav.signing].',
    ],
    marks: [['kept.restored', 'phần nhập dở lần trước còn nguyên; bấm [kept.drop] nếu không cần.']],
    wrong: [
      'Tắt máy giữa chừng: mở lại màn này, phần đã nhập còn nguyên.',
      'Ô còn thiếu: câu dưới ô nói phải ghi gì.',
      'Văn bản mật không đưa vào chương trình này; xử lý theo chế độ mật.',
    ],
  },
  paper: {
    what: 'Đưa văn bản giấy vào sổ: chọn bản quét, ghi như trên tờ giấy, lấy số đến.',
    steps: [
      'Quét tờ giấy thành PDF, rồi chọn tệp. Trang quét hiện bên cạnh để nhìn mà ghi.',
      'Ghi nơi gửi, số, ký hiệu, ngày và trích yếu đúng như trên giấy.',
      'Chọn [paper.channel].',
      'Bấm [paper.saveAndRegister]. Chưa muốn vào sổ thì bấm [paper.save].',
    ],
    marks: [
      ['paper.same', 'đã có văn bản cùng số và nơi gửi; mở ra xem trước khi vào sổ lần nữa.'],
    ],
    wrong: ['Ghi sai rồi mới thấy: mở văn bản, sửa trong mục [info.heading].', 'Không có số trên văn bản: để trống ô số. Nơi gửi không có trong danh mục: cứ ghi tên như trên giấy.'],
  },
  office: {
    what: 'Những điều cả cơ quan dùng chung: ai được ủy quyền, có những sổ nào, ngày nào nghỉ hoặc làm bù.',
    steps: [
      'Đi vắng: ở thẻ [office.grants], bấm [grant.give], chọn người và khoảng ngày.',
      'Cần sổ riêng cho một loại văn bản: ở thẻ [office.books], bấm [books.add].',
      'Cơ quan nghỉ hoặc làm bù khác lịch chung: ở thẻ [office.days], bấm [days.set].',
    ],
    marks: [
      ['grant.standing.now', 'người được ủy quyền làm thay được từ bây giờ.'],
      ['grant.standing.later', 'chưa tới ngày bắt đầu.'],
      ['grant.standing.over', 'không còn làm thay được nữa.'],
    ],
    wrong: ['Về sớm: mở ủy quyền ấy và đặt ngày cuối sớm hơn; việc đã làm vẫn giữ nguyên.', 'Hạn xử lý tính sai ngày: xem lại thẻ [office.days].'],
  },
  tokens: {
    what: 'Kiểm tra USB ký số: máy có nhận không, chứng thư còn hạn không, mã PIN có bị khóa không.',
    steps: [
      'Cắm USB và đợi vài giây; trang tự đổi, không phải bấm gì.',
      'Đọc câu lớn trên cùng: nó nói thiếu gì và phải làm gì.',
      'Đủ cả bốn bước thì bấm [tokens.try] để chắc USB chạy tốt.',
      'Vẫn không được: bấm [tokens.copy] và gửi cho người hỗ trợ.',
    ],
    marks: [
      ['tokens.title.ready', 'ký được ngay.'],
      ['tokens.title.driver-missing', 'chưa cài phần mềm đi kèm USB.'],
      ['tokens.title.device-absent', 'USB lỏng hoặc chưa cắm.'],
      ['tokens.title.pin-final', 'sai lần nữa là khóa; đừng đoán.'],
      ['tokens.title.expires-soon', 'xin gia hạn từ bây giờ.'],
    ],
    wrong: ['Mới cài phần mềm xong: bấm [tokens.look].', 'Mã PIN đã khóa: chỉ nơi cấp mở được; đừng dùng phần mềm mở khóa lạ.'],
  },
  settings: {
    what: 'Cỡ chữ, nền sáng hay tối, ảnh chữ ký và dấu, cách ký, đường truyền; chọn là có hiệu lực ngay.',
    steps: [
      'Chữ nhỏ quá: chọn [settings.textSize] lớn hơn; mọi màn hình lớn theo.',
      'Chưa có ảnh chữ ký hay dấu: bấm [settings.chooseImage]; chương trình tự bỏ nền giấy.',
      'Mạng yếu hoặc tính tiền theo dung lượng: chọn trong mục [line.title].',
      'Cắm USB, vào mục [backup.title]: bấm [backup.makeSheet], rồi [backup.choose]; từ đó mỗi ngày có một bản sao.',
    ],
    marks: [
      ['policy.level', 'mức càng cao, chữ ký kiểm tra được càng lâu.'],
      ['trust.title', 'chữ ký chỉ hợp lệ khi dẫn về một nơi trong danh sách này.'],
    ],
    wrong: ['Chọn nhầm: chọn lại như cũ; không có gì mất.', 'Mọi chữ ký đều chưa xác minh được: xem mục [trust.title], hoặc hỏi người quản trị.'],
  },
  'day-clerk': {
    what: 'Việc một ngày của văn thư: nhận và vào sổ văn bản đến, phát hành văn bản đi, không để sót việc nào.',
    steps: [
      'Sáng: mở [nav.incoming], lọc [list.filter.unread], vào sổ và trình từng văn bản.',
      'Văn bản giấy mới nhận: bấm [list.paper].',
      'Mở [nav.issuing]: cấp số, đóng dấu, gửi những văn bản lãnh đạo đã ký.',
      'Mở [nav.outgoing]: xem nơi nào từ chối hoặc quá hạn.',
      'Trước khi về: thư mục [nav.problems] phải trống; [nav.outbox] còn việc cũng không sao, máy tự gửi.',
    ],
    marks: [['nav.problems', 'việc máy chủ không nhận, cần bạn xem.'], ['nav.conflicts', 'người khác làm khác bạn, cần bạn chọn.']],
    wrong: [
      'Mất mạng: cứ làm tiếp, kể cả vào sổ và cấp số; mọi việc tự gửi sau.',
      'Muốn tập cả năm: trong luyện tập, bấm [practice.goTo] để sang ngày khác. Văn bản tự gửi đến; việc của bạn không ai làm thay. Ngày chỉ đi tới.',
    ],
  },
  'day-leader': {
    what: 'Việc một ngày của lãnh đạo: ký, phân công, và nhìn việc nào đang trễ, chừng mười phút mỗi lần.',
    steps: [
      'Mở [nav.signing]: đọc, rồi ký hoặc trả lại. Văn bản đã đọc thì ký một lần, một mã PIN.',
      'Mở [nav.incoming]: bấm [action.assign] cho văn bản văn thư vừa trình.',
      'Mở [nav.tasks]: việc quá hạn đứng trước; bấm [task.do.remind] nếu cần.',
      'Đi vắng: mở [nav.office], bấm [grant.give].',
    ],
    marks: [['alarm.heading', 'việc phải xong trước khi hết ngày làm việc tiếp theo.']],
    wrong: ['USB không ký được: mở [nav.tokens].', 'Ký nhầm: bảo văn thư dừng phát hành; chữ ký số đã đặt thì không gỡ ra được.'],
  },
  'day-officer': {
    what: 'Việc một ngày của chuyên viên: nhận việc, làm, soạn trả lời, báo xong.',
    steps: [
      'Mở [nav.tasks]: việc gấp nhất ở trên.',
      'Đọc văn bản và lời chỉ đạo bên phải.',
      'Cần trả lời bằng văn bản: bấm [action.reply], soạn, trình ký.',
      'Xong: bấm [task.do.finish] và ghi kết quả.',
    ],
    marks: [['task.part.lead', 'bạn chịu trách nhiệm chính.'], ['task.part.inform', 'chỉ cần đọc và bấm [task.do.seen].']],
    wrong: ['Không kịp hạn: bấm [task.do.extend] trước khi hết hạn.'],
  },
  'day-administrator': {
    what: 'Việc của người quản trị: giữ cho chữ ký kiểm tra được, sổ và lịch đúng, mọi máy gửi được việc.',
    steps: [
      'Mở [nav.settings], mục [trust.title]: danh sách còn mới không.',
      'Mục [policy.title]: máy chủ dấu thời gian và mức chữ ký.',
      'Mở [nav.office]: các sổ, ngày nghỉ, ngày làm bù.',
      'Máy nào báo việc cần xử lý: cùng người làm mở [nav.problems] và đọc lý do.',
    ],
    marks: [['policy.level', 'mức chữ ký mà mọi văn bản của cơ quan sẽ mang.']],
    wrong: ['USB không chạy trên một máy: mở [nav.tokens] ở máy đó, bấm [tokens.copy].'],
  },
} as const satisfies Readonly<Record<string, HelpPage>>;
