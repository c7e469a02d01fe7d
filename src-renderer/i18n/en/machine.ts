import type { machine as vi } from '../vi/machine.ts';

export const machine: Readonly<Record<keyof typeof vi, string>> = {
  'machine.title': 'Check this machine',
  'machine.help': 'See whether anything has to be put right: data, disk, clock, server, signing device and certificate.',
  'machine.look': 'Check now',
  'machine.looking': 'Looking, ten seconds at most…',
  'machine.found': 'What was found on this machine',
  'machine.state.ok': 'Good.',
  'machine.state.warn': 'Mind this.',
  'machine.state.bad': 'To be put right.',
  'machine.state.unknown': 'Not known.',
  'machine.bundle': 'What to send to whoever helps…',
  'machine.bundleTitle': 'What to send to whoever helps',
  'machine.bundleHelp': 'This is all that is in the file: no names, no titles of documents, no PIN and no key. The program sends it to nobody by itself.',
  'machine.save': 'Save the file',
};
