import { encryptions, type Encryption } from './encrypt.ts';
import type { Random } from './random.ts';
import { spacingStyles, type SpacingStyle } from './spacing.ts';

export const xrefForms = ['table', 'stream', 'object-streams', 'hybrid', 'linearized-table', 'linearized-stream'] as const;
export type XrefForm = (typeof xrefForms)[number];

/** What is drawn by lot for one file; the rest (names, numbers, words, order) is drawn while it is written. */
export type FileSpec = {
  readonly version: string;
  readonly form: XrefForm;
  /** 1 to 4. */
  readonly revisions: number;
  /** Later revisions may be of the other form. */
  readonly mixedForms: boolean;
  readonly encryption: Encryption;
  readonly hasUserPassword: boolean;
  readonly encryptMetadata: boolean;
  readonly spacing: SpacingStyle;
  readonly oddSpelling: boolean;
  readonly pages: number;
  /** Levels of /Pages nodes above a page. */
  readonly treeDepth: number;
  readonly rotate: number;
  readonly userUnit: number;
  readonly inheritsBoxes: boolean;
  readonly inheritsRotate: boolean;
  readonly cropBox: boolean;
  readonly acroForm: 'none' | 'direct' | 'indirect';
  readonly indirectFields: boolean;
  readonly emptySignatureField: boolean;
  readonly annots: 'none' | 'direct' | 'indirect';
  readonly oddGenerations: boolean;
  readonly frees: boolean;
  readonly indirectLengths: boolean;
  readonly tagged: boolean;
  readonly ending: string;
};

export function drawSpec(random: Random): FileSpec {
  const form = random.pick(xrefForms);
  const encryption = random.chance(0.5) ? 'none' : random.pick(encryptions.slice(1));
  const acroForm = random.pick(['none', 'direct', 'indirect'] as const);
  const oldest = encryption === 'aes-256' ? 7 : encryption === 'aes-128' ? 6 : form.includes('table') ? 4 : 5;
  return {
    version: random.chance(0.1) ? '2.0' : `1.${random.between(oldest, 7)}`,
    form, encryption,
    revisions: random.between(1, 4),
    mixedForms: random.chance(0.15),
    hasUserPassword: encryption !== 'none' && random.chance(0.5),
    encryptMetadata: random.chance(0.7),
    spacing: random.pick(spacingStyles),
    oddSpelling: random.chance(0.4),
    pages: random.between(1, 7),
    treeDepth: random.between(1, 4),
    rotate: random.pick([0, 0, 90, 180, 270, -90, 450]),
    userUnit: random.pick([1, 1, 1, 2, 0.5, 1.25]),
    inheritsBoxes: random.chance(0.5),
    inheritsRotate: random.chance(0.5),
    cropBox: random.chance(0.3),
    acroForm,
    indirectFields: random.chance(0.4),
    emptySignatureField: acroForm !== 'none' && random.chance(0.4),
    annots: random.pick(['none', 'direct', 'indirect'] as const),
    oddGenerations: random.chance(0.3),
    frees: random.chance(0.5),
    indirectLengths: random.chance(0.3),
    tagged: random.chance(0.15),
    ending: random.pick(['\n', '\n', '\r\n', '\r', '', ' ', '\n\n', ' \r\n\t\n']),
  };
}
