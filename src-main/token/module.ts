import pkcs11js from 'pkcs11js';
import { AppFailure, type AppError } from '../../src-shared/result.ts';

export type Module = pkcs11js.PKCS11;
export type Handle = pkcs11js.Handle;

/**
 * Loads and initialises a driver for the life of this process: several vendor drivers deadlock when they are finalised or unloaded,
 * so neither is ever done. Throws `AppFailure(token.driver-unloadable)`.
 */
export function loadModule(path: string): Module {
  const module = new pkcs11js.PKCS11();
  try {
    module.load(path);
  } catch (error) {
    throw new AppFailure('token.driver-unloadable', { driver: path, reason: firstLine(error).replace(`${path}: `, '') });
  }
  try {
    // No arguments: this process has one thread, and some drivers refuse CKF_OS_LOCKING_OK.
    module.C_Initialize();
  } catch (error) {
    if (ckr(error) !== 'CKR_CRYPTOKI_ALREADY_INITIALIZED') throw new AppFailure('token.driver-unloadable', { driver: path, reason: firstLine(error) });
  }
  return module;
}

/** The name of the PKCS#11 return value, or null when the error is not the driver's. */
export function ckr(error: unknown): string | null {
  return error instanceof pkcs11js.Pkcs11Error ? error.message.trim() : null;
}

const tokenGone = new Set(['CKR_TOKEN_NOT_PRESENT', 'CKR_TOKEN_NOT_RECOGNIZED', 'CKR_DEVICE_REMOVED', 'CKR_SLOT_ID_INVALID']);

export function isTokenGone(error: unknown): boolean {
  return tokenGone.has(ckr(error) ?? '');
}

/** A driver's error as the person's; anything else is a bug and is thrown on. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppFailure) return error.error;
  const name = ckr(error);
  if (name === null) throw error;
  return isTokenGone(error) ? { code: 'token.absent' } : { code: 'token.failed', params: { ckr: name } };
}

/** PKCS#11 pads its fixed fields with blanks; some drivers use NUL. */
export function trimField(text: string): string {
  return text.replace(/[\0 ]+$/, '');
}

/** PKCS#11 v2.40 §4.4: objects are searched in one pass; the search is always closed. */
export function findObjects(module: Module, session: Handle, template: pkcs11js.Template): readonly Handle[] {
  module.C_FindObjectsInit(session, template);
  try {
    const found: Handle[] = [];
    for (;;) {
      const next = module.C_FindObjects(session);
      if (next === null) return found;
      found.push(next);
    }
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

/** Larger than any attribute that is read here: a certificate has 1 to 3 kB. */
const roomBytes = 16_384;

/**
 * The attribute's bytes; null where the token does not have or does not show it. Some drivers answer a wrong length (0 is usual) to the
 * question "how long" but fill a buffer that is large enough (domain.md 6.3); `isWhole` tells what came cut.
 */
export function findAttribute(module: Module, session: Handle, object: Handle, type: number, isWhole: (value: Buffer) => boolean = () => true): Buffer | null {
  try {
    const value = readAttribute(module, session, object, { type });
    return value !== null && isWhole(value) ? value : readAttribute(module, session, object, { type, value: Buffer.alloc(roomBytes) });
  } catch (error) {
    if (ckr(error) === 'CKR_ATTRIBUTE_TYPE_INVALID' || ckr(error) === 'CKR_ATTRIBUTE_SENSITIVE') return null;
    throw error;
  }
}

/** Null: nothing, or told to be longer than it was asked for. */
function readAttribute(module: Module, session: Handle, object: Handle, attribute: pkcs11js.Attribute): Buffer | null {
  try {
    const value = module.C_GetAttributeValue(session, object, [attribute])[0]?.value;
    return Buffer.isBuffer(value) && value.length > 0 ? value : null;
  } catch (error) {
    if (ckr(error) === 'CKR_BUFFER_TOO_SMALL') return null;
    throw error;
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.trim() ?? '';
}
