import { screens, type Screen } from '../../app/route.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** Two screens are one thing to whoever does the work there, and another to those who only follow it. */
const watched = ['signing-watch', 'issuing-watch'] as const;
const days = ['day-clerk', 'day-leader', 'day-officer', 'day-administrator'] as const;
export const topics = [...screens, ...watched, ...days] as const;
export type Topic = Screen | (typeof watched)[number] | (typeof days)[number];

/** The page about the screen that this person has before them. */
export function topicOf(screen: Screen, role: Role): Topic {
  if (screen === 'signing' && role !== 'leader') return 'signing-watch';
  if (screen === 'issuing' && role !== 'clerk') return 'issuing-watch';
  return screen;
}

/** A day's work of a role, from the first look in the morning on. */
export function dayOf(role: Role): Topic {
  return `day-${role}`;
}

export function titleOf(topic: Topic): MessageKey {
  switch (topic) {
    case 'signing-watch':
      return 'help.title.signing-watch';
    case 'issuing-watch':
      return 'help.title.issuing-watch';
    case 'day-clerk':
    case 'day-leader':
    case 'day-officer':
    case 'day-administrator':
      return `help.title.${topic}`;
    default:
      return `nav.${topic}`;
  }
}
