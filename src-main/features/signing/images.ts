import { z } from 'zod';
import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import { maxImageBytes, maxScanBytes, type PlacementOf } from '../../../src-shared/contract/signing.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext, OfficeSettings } from '../context.ts';

export type Images = Pick<OfficeSettings, 'signature' | 'seal'>;

const kept = z.object({ png: z.base64(), widthMm: z.number().positive(), heightMm: z.number().positive() });

/** The images that this desk draws: those put on file here, else those that the office came with. */
export function readImages(context: Pick<DeskContext, 'store' | 'office'>): Images {
  const signature = findKept(context, 'signature');
  const seal = findKept(context, 'seal');
  return {
    signature: signature === null ? context.office.signature : { bytes: signature.bytes, widthMm: signature.widthMm, heightMm: signature.heightMm },
    seal: seal === null ? context.office.seal : { bytes: seal.bytes, diameterMm: seal.widthMm },
  };
}

/** Errors: `image.not-png`, `image.no-alpha`, `image.too-large`; on each of them the image on file stays. */
export function setImage(context: DeskContext, { of, bytes, widthMm }: ParsedInput<'signing.setImage'>): Result<Output<'signing.setImage'>> {
  if (bytes === null) {
    context.store.setSetting(keyOf(of), '');
    return ok(readImages(context));
  }
  if (bytes.length > maxImageBytes) return fail('image.too-large', { limit: maxImageBytes / 1024 / 1024 });
  const checked = context.signing.checkImage(bytes);
  if (!checked.ok) return checked;
  const heightMm = (widthMm * checked.value.height) / checked.value.width;
  context.store.setSetting(keyOf(of), JSON.stringify({ png: Buffer.from(bytes).toString('base64'), widthMm, heightMm }));
  return ok(readImages(context));
}

/** Nothing is put on file: what is made of the scan is shown first. Errors: `image.not-png`, `image.blank`, `image.too-large`. */
export async function cleanImage(context: DeskContext, { bytes, of, widthMm, ink }: ParsedInput<'signing.cleanImage'>): Promise<Result<Output<'signing.cleanImage'>>> {
  if (bytes.length > maxScanBytes) return fail('image.too-large', { limit: maxScanBytes / 1024 / 1024 });
  const cleaned = await context.signing.cleanImage(bytes, { of, widthMm, ink });
  if (!cleaned.ok) return cleaned;
  const { png, width, height } = cleaned.value;
  const advice = context.signing.adviseImage(png, { of, widthMm });
  return advice.ok ? ok({ bytes: png, width, height, advice: [...advice.value] }) : advice;
}

function findKept({ store }: Pick<DeskContext, 'store'>, of: PlacementOf): { readonly bytes: Uint8Array; readonly widthMm: number; readonly heightMm: number } | null {
  const text = store.getSetting(keyOf(of));
  // Settings are never deleted: the empty one says that the image was taken off.
  if (text === null || text === '') return null;
  const { png, widthMm, heightMm } = kept.parse(JSON.parse(text));
  return { bytes: new Uint8Array(Buffer.from(png, 'base64')), widthMm, heightMm };
}

function keyOf(of: PlacementOf): string {
  return `signing.image.${of}`;
}
