import type { HelpPage } from '../help-page.ts';
import type { helpPages as vietnamese } from '../vi/help-pages.ts';

export const helpPages = {
  incoming: {
    what: 'Every document sent to the office, over the line or on paper, comes here to be checked, registered and laid before the leader.',
    steps: [
      'Choose a document in the list. Its pages open in the middle, what is known of it stands at the right.',
      'Look at [signatures.heading] at the right: is the signature valid?',
      'Press [action.receive] (Ctrl+Enter): the arrival number is taken and the leader sees it, in one go. To register only, press [action.register].',
      'For an arrival stamp or a copy: press [marking.do.incoming], [marking.do.copy] below the page.',
      'The leader reads, then presses [action.assign] to give the work out.',
      'A document on paper: press [list.paper] above the list.',
      'What you look for often: type it into the search, then press [searches.save]; it stands in the left column. [results.export] puts the list into Excel.',
    ],
    marks: [
      ['stage.arrived', 'it came, and has no arrival number yet.'],
      ['stage.presented', 'it has an arrival number and the leader has seen it.'],
      ['verdict.valid', 'the right person signed and nothing was altered since.'],
      ['verdict.changed', 'something was added after signing; open it to see what.'],
      ['verdict.invalid', 'the content was altered or the signature is wrong; do not register before asking the sender.'],
      ['verdict.indeterminate', 'there is not enough to judge by, mostly because the issuer is not known here.'],
      ['sync.waiting', 'what you did is kept on this machine and goes out by itself.'],
    ],
    wrong: [
      'A slip: press Ctrl+Z at once. What has not been sent can be taken back.',
      'The signature is not in order: you are asked for a reason before registering. In doubt, press [registering.refuse].',
      'It does not belong to your office: press [action.refuse] before registering, [action.sendBack] after. The sender gets the reason.',
      'You cannot find it: press [list.clear], or empty the search field.',
    ],
  },
  signing: {
    what: 'Documents that wait for the leader: read, sign, return or leave for later; many can be signed with one PIN.',
    steps: [
      'Choose the topmost document; its pages open with a frame where the signature goes.',
      'Read it. To move the frame, drag it or use the arrow keys.',
      'Press [action.approve] and enter the PIN of the signing token. The document goes to [nav.issuing].',
      'If you do not agree, press [action.returnToDrafter] and say what to change.',
      'To decide later, press [action.later]: it keeps waiting and nothing changes.',
      'With several read, press [queue.signRead] below the list.',
    ],
    marks: [
      ['queue.read', 'you have opened and read it.'],
      ['queue.unread', 'not opened yet.'],
      ['place.matches', 'the frame is where the decree wants the signature.'],
    ],
    wrong: [
      'The place is said to be a guess: drag the frame to where it belongs before you sign.',
      'You cannot sign: open [nav.tokens]; it says what the token lacks and what to do.',
      'A wrong PIN: type it again slowly. With one try left, ask the issuer first.',
      'The document changed after an earlier signature: you are shown where, and sign once you have looked.',
      'The token was pulled out midway: what was signed stays signed, the rest waits. Plug it in and press [batch.resume].',
    ],
  },
  'signing-watch': {
    what: 'Documents handed in and waiting for the leader, who signs at their own desk; here you follow them.',
    steps: [
      'Choose a document to see its pages and what was said of it.',
      'Returned: read [info.reasonReturned], put the file right, then press [action.revise].',
      'When it is right, press [action.submit] to hand it in again.',
    ],
    marks: [
      ['stage.submitted', 'the leader has not signed yet.'],
      ['stage.returned', 'the leader did not agree and said what to change.'],
      ['stage.draft', 'still a draft, not handed in.'],
    ],
    wrong: [
      'The wrong file was handed in: press Ctrl+Z at once, or ask the leader to return it.',
      'To see what an earlier version had: under [versions.heading], press [versions.compare].',
    ],
  },
  issuing: {
    what: 'Documents the leader signed wait for the clerk to number, seal and send them, all in one step.',
    steps: [
      'Choose a document. Its page is shown just as it will go out, the seal’s frame where the rule wants it.',
      'Check number, notation, date and recipients in the form at the right; they are filled in already.',
      'A recipient is missing: type its name into [recipients.add].',
      'Press [issue.signAndSend] and enter the PIN. To send later, press [issue.signOnly].',
    ],
    marks: [
      ['stage.approved', 'the leader signed; it has no number yet.'],
      ['stage.issued', 'numbered and sealed, still to be sent.'],
      ['issue.bookHeld', 'numbers can be given without a line, no twins and no gaps.'],
    ],
    wrong: [
      'The seal’s frame is in the wrong place: drag it, or press [place.reset].',
      'No book to take a number from: get online once, so that this machine receives the book.',
      'A mistake found after issuing: open it in [nav.outgoing], then use [action.replace], [action.correct] or [action.recall].',
    ],
  },
  'issuing-watch': {
    what: 'Signed documents wait for the clerk to number, seal and send them; here you follow them.',
    steps: ['Choose a document to see its signed page.', 'Once the clerk has issued it, it goes to [nav.outgoing].'],
    marks: [['stage.approved', 'waits for the clerk’s number and seal.'], ['stage.issued', 'has its number, not sent yet.']],
    wrong: ['It takes long: look under [steps.heading] at the right to see where it stands, then ask the clerk.'],
  },
  outgoing: {
    what: 'Everything the office writes and sends, from the draft until each recipient has dealt with it.',
    steps: [
      'Press [nav.draft] to write a new document.',
      'Choose one that was sent, then press [delivery.open] to see how far each recipient is.',
      'Wrong content: press [action.replace]. Wrong form: press [action.correct]. Sent by mistake: press [action.recall].',
      'Only its description is wrong and the file is right: press [action.update].',
    ],
    marks: [
      ['stage.sent', 'it went out to the recipients.'],
      ['delivery.01', 'it reached the recipient’s system.'],
      ['delivery.03', 'the recipient registered it.'],
      ['delivery.02', 'the recipient did not take it; the reason stands below.'],
      ['delivery.06', 'the recipient has dealt with it.'],
      ['stage.recalled', 'the office asked for it to be withdrawn.'],
    ],
    wrong: [
      'A recipient is late: call them; [info.number] is what to read out on the telephone.',
      'A number was given and is not used: press [action.voidNumber]; it stays in the register, marked as void.',
    ],
  },
  tasks: {
    what: 'The work given to each person, late first.',
    steps: [
      'Choose a line to open the document of that work.',
      'Press [task.do.report] at any time, so that whoever gave it knows how far it is.',
      'You need more time: press [task.do.extend] before the deadline.',
      'Done: press [task.do.finish] and write the result.',
      'Who gave the work: press [task.do.remind] to remind, [task.do.evaluate] once it is done.',
    ],
    marks: [
      ['task.state.new', 'not accepted yet.'],
      ['task.state.accepted', 'accepted and being done.'],
      ['task.state.returned', 'handed back, with a reason.'],
      ['board.asksTime', 'waits for an answer from whoever gave it.'],
      ['task.part.lead', 'answers for it.'],
      ['task.part.support', 'works along with the lead.'],
    ],
    wrong: [
      'It is not your work: press [task.do.return] and say why, or [task.do.passOn].',
      'You cannot find it: choose [board.state.all], and see whether [board.mine] or [board.everybody] is chosen.',
    ],
  },
  registers: {
    what: 'The registers of documents in and out as the decree lays them out, to look at, print and save.',
    steps: [
      'Choose register and year under [registers.book].',
      'For a part only: enter the first and last number, or the days.',
      'Press [registers.print] to print, [registers.save.pdf] or [registers.save.xlsx] to save a file.',
      'At the end of the year the clerk presses [registers.close].',
    ],
    marks: [['stage.voided', 'the number was given and not used; its line stays in the register.']],
    wrong: [
      'The table is empty: press [registers.whole] to take numbers and days off.',
      'No register yet: it is there with the first document of the year that is registered or numbered.',
      'Closing is for ever: you type the year, so that it is never pressed by mistake.',
    ],
  },
  dossiers: {
    what: 'Dossiers and the year’s list of them: gather documents by their work, then hand them over in time.',
    steps: [
      'In January: on the tab [dossiers.year], list headings and planned dossiers; the leader presses [catalogue.approve].',
      'When the work begins: press [dossiers.open], or choose an entry and press [catalogue.openFrom].',
      'Along the way: press [dossier.add], or [action.file] while reading a document.',
      'When it is over: press [dossier.do.close]. When it is due: press [dossier.do.handOver].',
    ],
    marks: [
      ['dossiers.stage.open', 'documents can still be put in.'],
      ['dossiers.stage.closed', 'the work is over; it waits to be handed over.'],
      ['dossiers.stage.handed-over', 'it is in the archive’s hands.'],
    ],
    wrong: [
      'It cannot be closed yet: [dossier.checks] names each thing that is missing and how to mend it.',
      'Closed by mistake: press [dossier.do.reopen] and say why.',
      'You need it beyond its time: press [dossier.do.keep].',
    ],
  },
  figures: {
    what: 'The office’s figures by month, quarter and year: in, out, signed, in time, overdue; every number opens on its documents.',
    steps: [
      'Choose days under [figures.period]. A period that still runs is laid beside as many days of the one before.',
      'Look at the large numbers first, then at [figures.all].',
      'Press [figures.now], the number itself, in any line: each of its documents is listed. Enter opens one, Esc leads back.',
      'Press [figures.print] for the report that goes to the office above, or save it for Excel.',
      'The leader or the clerk presses [figures.setTargets] to enter what the office aims at.',
    ],
    marks: [
      ['figures.part.unclear', 'it was done before it began; it is in no share.'],
    ],
    wrong: [
      'Figures are not complete: while the computer still counts, a line above says how much is left. Go on with other work.',
      'Work of another computer is missing: look at the time of the last synchronisation. It comes when the line is back.',
      'Nothing is there: choose a longer period, such as [figures.period.year].',
    ],
  },
  outbox: {
    what: 'What you did and the server has not confirmed yet; it goes out by itself, you need do nothing.',
    steps: [
      'Work on. Once there is a line, everything goes in order.',
      'To try now: press [outbox.tryNow].',
      'A slip that has not gone yet: press [outbox.withdraw].',
      'No line for days: press [packages.make] to carry the work by USB.',
    ],
    marks: [
      ['sync.waiting', 'kept on this machine, not sent.'],
      ['sync.sending', 'on its way.'],
      ['sync.confirming', 'sent, and the server is being asked; nothing is done twice.'],
      ['sync.problem', 'the server did not take it; see [nav.problems].'],
    ],
    wrong: [
      'It will not go: the lower left corner says how the line is; or press F5.',
      'The machine is failing or being replaced: press [packages.make] first.',
    ],
  },
  conflicts: {
    what: 'Two people did different things to one document; both versions are whole and you choose which to keep.',
    steps: [
      'Read the table: [conflicts.mine] on one side, [conflicts.theirs] on the other, with the differences marked.',
      'The other is right: press [conflicts.accept].',
      'Yours is right: press [conflicts.keepMine]; it is done again on the newest version.',
      'You need both drafts: press [conflicts.keepBoth].',
    ],
    marks: [
      ['conflicts.theirs', 'what the server holds.'],
      ['conflicts.newSignature', 'what you did came before that signature, so it is not in force.'],
    ],
    wrong: ['You do not know which: leave it and ask the other person; nothing is lost.', 'Yours cannot be kept: that step is past; press [conflicts.openNewest] and do it again.'],
  },
  problems: {
    what: 'What the server did not accept, each with its reason; the document is as the server has it.',
    steps: ['Read the reason beside each.', 'Press [outbox.open] and do it again if it is still needed.', 'Then press [outbox.dismiss].'],
    marks: [['sync.problem', 'it is not in force until you do it again.']],
    wrong: ['You do not understand the reason: send that sentence to the administrator; it stays here meanwhile.'],
  },
  draft: {
    what: 'Write a document: choose a PDF file, say what it is about and who gets it, then save and hand it in.',
    steps: [
      'Export the document from Word as PDF, then press [draft.file] or drag it in.',
      'Fill in [draft.subject], choose [draft.kind], fill in [draft.notation].',
      'Type the office’s name into [recipients.add].',
      'Annexes: press [attach.choose].',
      'Save, then hand in: the document goes to [nav.signing].',
    ],
    marks: [['kept.restored', 'what you left unfinished is still there; press [kept.drop] if you do not need it.']],
    wrong: [
      'The machine went off midway: open this screen again, what you entered is there.',
      'A field is missing something: the sentence below it says what.',
      'State secrets do not come into this program; follow the rules for secrets.',
    ],
  },
  paper: {
    what: 'Bring a paper document into the register: choose its scan, copy what it says, take an arrival number.',
    steps: [
      'Scan the paper to PDF, then choose the file. The scan stands beside the form to copy from.',
      'Enter sender, number, notation, date and subject just as on the paper.',
      'Choose [paper.channel].',
      'Press [paper.saveAndRegister]. To register later, press [paper.save].',
    ],
    marks: [
      ['paper.same', 'there is one with this number and sender; open it before you register another.'],
    ],
    wrong: ['A mistake found later: open the document and mend it under [info.heading].', 'The paper has no number: leave the field empty. The sender is not in the directory: enter its name as on the paper.'],
  },
  office: {
    what: 'What the whole office shares: who may act for whom, which registers there are, which days are off or worked.',
    steps: [
      'You will be away: on the tab [office.grants], press [grant.give], choose a person and the days.',
      'A register of its own for one kind of document: on the tab [office.books], press [books.add].',
      'The office is off, or works, against the country’s calendar: on the tab [office.days], press [days.set].',
    ],
    marks: [
      ['grant.standing.now', 'that person may act from now on.'],
      ['grant.standing.later', 'its first day has not come.'],
      ['grant.standing.over', 'that person may no longer act.'],
    ],
    wrong: ['You are back early: open it and set an earlier last day; what was done stands.', 'A deadline falls on the wrong day: look at [office.days].'],
  },
  tokens: {
    what: 'Check the signing token: does the machine see it, is the certificate valid, is the PIN locked?',
    steps: [
      'Plug it in and wait some seconds; the page changes by itself.',
      'Read the large sentence at the top: it says what is missing and what to do.',
      'With all four steps in order, press [tokens.try] to be sure that it works.',
      'If it still does not: press [tokens.copy] and send that to your support.',
    ],
    marks: [
      ['tokens.title.ready', 'you can sign now.'],
      ['tokens.title.driver-missing', 'the software that comes with the token is not installed.'],
      ['tokens.title.device-absent', 'it is loose or not plugged in.'],
      ['tokens.title.pin-final', 'one more mistake locks it; do not guess.'],
      ['tokens.title.expires-soon', 'ask for a new certificate now.'],
    ],
    wrong: ['You have just installed its software: press [tokens.look].', 'The PIN is locked: only the issuer can unlock it; use no strange tool.'],
  },
  settings: {
    what: 'Text size, light or dark, images of signature and seal, how to sign, the line; a choice applies at once.',
    steps: [
      'The text is too small: choose a larger [settings.textSize]; every screen grows with it.',
      'No image of signature or seal yet: press [settings.chooseImage]; the paper’s ground is taken off.',
      'A weak line, or one paid by volume: choose under [line.title].',
      'Plug in a stick and go to [backup.title]: press [backup.makeSheet], then [backup.choose]; from then on there is a backup every day.',
    ],
    marks: [
      ['policy.level', 'the higher, the longer a signature can be checked.'],
      ['trust.title', 'a signature is valid only where it leads to someone on this list.'],
    ],
    wrong: ['A wrong choice: choose as before; nothing is lost.', 'No signature can be verified: look at [trust.title], or ask the administrator.'],
  },
  'day-clerk': {
    what: 'A clerk’s day: register what comes in, issue what goes out, leave nothing lying.',
    steps: [
      'Morning: open [nav.incoming], filter by [list.filter.unread], register each and lay it before the leader.',
      'New on paper: press [list.paper].',
      'Open [nav.issuing]: number, seal and send what the leader signed.',
      'Open [nav.outgoing]: see who refused or is late.',
      'Before you go: [nav.problems] should be empty; what is left in [nav.outbox] goes out by itself.',
    ],
    marks: [['nav.problems', 'what the server did not take and you should look at.'], ['nav.conflicts', 'someone did otherwise than you, and you choose.']],
    wrong: [
      'No line: work on, registering and numbering included; everything is sent later.',
      'To practise a whole year: in the practice press [practice.goTo] for another day. Documents come by themselves; your work is yours. Days only go forward.',
    ],
  },
  'day-leader': {
    what: 'A leader’s day: sign, give work out, see what runs late, ten minutes at a time.',
    steps: [
      'Open [nav.signing]: read, then sign or return. What you have read is signed together, with one PIN.',
      'Open [nav.incoming]: press [action.assign] on what the clerk laid before you.',
      'Open [nav.tasks]: late work comes first; press [task.do.remind] where needed.',
      'You will be away: open [nav.office], press [grant.give].',
    ],
    marks: [['alarm.heading', 'work that must be done before the next working day ends.']],
    wrong: ['The token does not sign: open [nav.tokens].', 'Signed by mistake: tell the clerk to stop; a digital signature cannot be taken off.'],
  },
  'day-officer': {
    what: 'An officer’s day: take work, do it, write the answer, report it done.',
    steps: [
      'Open [nav.tasks]: the most pressing is at the top.',
      'Read the document and the instructions at the right.',
      'It needs an answer in writing: press [action.reply], write, hand in.',
      'Done: press [task.do.finish] and write the result.',
    ],
    marks: [['task.part.lead', 'you answer for it.'], ['task.part.inform', 'read it and press [task.do.seen].']],
    wrong: ['You will not make the deadline: press [task.do.extend] before it passes.'],
  },
  'day-administrator': {
    what: 'The administrator’s work: signatures that can be checked, registers and calendar in order, every machine sending.',
    steps: [
      'Open [nav.settings], [trust.title]: is the list fresh?',
      'Under [policy.title]: the time-stamp server and the level of signatures.',
      'Open [nav.office]: registers, days off and days worked.',
      'A machine reports a problem: open [nav.problems] with its user and read the reason.',
    ],
    marks: [['policy.level', 'the level that every document of the office will carry.']],
    wrong: ['A token does not work at a machine: open [nav.tokens] there, press [tokens.copy].'],
  },
} as const satisfies Readonly<Record<keyof typeof vietnamese, HelpPage>>;
