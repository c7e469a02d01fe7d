/** A new password's rules, the same at the server and beside the field. */
export const passwordRules = ['length', 'other', 'not-name', 'varied'] as const;
export type PasswordRule = (typeof passwordRules)[number];
export const minPasswordLength = 10;
const leastDifferent = 5;

/**
 * Rules that `next` breaks. Length is counted in characters as a person sees them, so that a Vietnamese vowel with its mark is one; there is no rule about digits or signs, which
 * makes people write "Matkhau@123" (NIST SP 800-63B 5.1.1.2). `present` null: it is not known here.
 */
export function brokenPasswordRules(next: string, { user, present }: { readonly user: string; readonly present: string | null }): readonly PasswordRule[] {
  const value = next.normalize('NFC');
  const letters = Array.from(value);
  const bare = value.toLowerCase();
  const name = user.normalize('NFC').toLowerCase();
  const broken: Readonly<Record<PasswordRule, boolean>> = {
    length: letters.length < minPasswordLength,
    other: present !== null && value === present.normalize('NFC'),
    'not-name': name.length >= 3 && bare.includes(name),
    varied: new Set(letters.map((letter) => letter.toLowerCase())).size < leastDifferent,
  };
  return passwordRules.filter((rule) => broken[rule]);
}
