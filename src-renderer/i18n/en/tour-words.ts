import type { tourWords as vi } from '../vi/tour-words.ts';

export const tourWords: Readonly<Record<keyof typeof vi, readonly [heading: string, words: string]>> = {
  'clerk.rail': ['The folders', 'Work goes from top to bottom: [nav.incoming] to register, [nav.issuing] to number and seal, [nav.outgoing] to follow. The figure at the right is how much waits.'],
  'clerk.list': ['Documents in', 'New ones come up here by themselves. Each line says whether it is registered, how its signatures are, and whether what you did has been sent.'],
  'clerk.facts': ['Signatures and facts', 'Each signature has a card: who signed, when, and whether anything was added since. Look here before you register.'],
  'clerk.deeds': ['What can be done with it', 'The strong button is the next step, Ctrl+Enter. After a slip press Ctrl+Z at once.'],
  'clerk.issue': ['For issuing', 'What the leader has just signed waits here. Choose one: number, date and place of the seal are filled in; check them and press one button.'],
  'clerk.registers': ['Registers', 'A line appears by itself when you register or number a document. Print it, or save it as PDF and Excel, as the decree lays it out.'],
  'leader.queue': ['Waiting for your signature', 'Each line says who handed it in, whether you have read it, and whether its file was replaced since you returned it.'],
  'leader.deeds': ['Sign, return, or later', 'Read the page, press [action.approve], enter the token’s PIN. If you do not agree, [action.returnToDrafter]; to decide later, [action.later].'],
  'leader.many': ['Sign many at once', 'This button signs everything you have read and asks for the PIN once. You may stop midway; what is not signed keeps waiting.'],
  'leader.incoming': ['Give work out', 'The clerk lays documents before you here. Choose one, press [action.assign], choose who leads and until when.'],
  'leader.board': ['The whole office’s work', 'Late work comes first. Choose a line to see how far it is, to remind, or to answer a request for more time.'],
  'leader.tokens': ['When the token does not sign', 'This page says what the token lacks and what to do. Plug it in and wait some seconds.'],
  'officer.board': ['Work given to you', 'The most pressing is at the top. Choose a line to open its document, read the instructions, report and finish.'],
  'officer.incoming': ['Documents in', 'Find the documents of your work here; [list.filter.mine] narrows the list.'],
  'officer.new': ['Write a document', 'Press it to write a document or an answer, then hand it in for signing.'],
  'any.search': ['Search without marks', 'Type words, a number, a sender: “quyet dinh” finds “Quyết định”. Ctrl+F brings you here from anywhere.'],
  'any.status': ['The line, and what waits', 'This corner says how the line really is. You can work without one; everything is kept here and sent by itself.'],
  'any.help': ['Help is always here', 'Press F1 on any screen, and help about it opens beside your work. This tour begins here too.'],
};
