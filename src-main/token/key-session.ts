import { X509Certificate, type KeyObject } from 'node:crypto';
import pkcs11js from 'pkcs11js';
import type { DigestName, SignatureAlgorithm } from '../ports/token.ts';
import { AppFailure, type AppError } from '../../src-shared/result.ts';
import { curveBytes, ecdsaToDer, findAlgorithm, findModulus } from './signature-encoding.ts';
import { loginForKey, loginUser } from './login.ts';
import { signingWays } from './mechanisms.ts';
import type { HostAnswer } from './messages.ts';
import { ckr, findAttribute, findObjects, isTokenGone, type Handle, type Module } from './module.ts';
import { closeSession, readCertificates, readPinState, readSlots, withSession, type CertificateObject } from './slots.ts';

/** PKCS#11 v2.40 §3.3, CKS_RO_PUBLIC_SESSION: nobody is logged in. */
const publicSession = 0;

/** A logged-in session with one private key. */
export type KeySession = {
  readonly slot: Handle;
  readonly session: Handle;
  readonly privateKey: Handle;
  readonly algorithm: SignatureAlgorithm;
  /** Bytes of r and of s; null for RSA. */
  readonly curveBytes: number | null;
  readonly mechanisms: readonly number[];
  /** CKA_ALWAYS_AUTHENTICATE: the key wants the PIN at every signature. */
  readonly everyTime: boolean;
  /** Kept for such a key only, and wiped at the end; null with a PIN pad. */
  readonly pin: Uint8Array | null;
  /** A key that refused its PIN once is not asked again: the next try could be the last. */
  refused: AppError | null;
};

export function findSlotOf(module: Module, thumbprint: string): { readonly slot: Handle | null; readonly tokens: number } {
  const slots = readSlots(module);
  let failure: Error | null = null;
  for (const slot of slots) {
    try {
      if (withSession(module, slot, (session) => readCertificates(module, session).some((one) => one.thumbprint === thumbprint))) return { slot, tokens: slots.length };
    } catch (error) {
      // Pulled out since the slots were listed, or broken: the certificate may be on another.
      if (!isTokenGone(error)) failure = error instanceof Error ? error : new Error(String(error));
    }
  }
  if (failure !== null) throw failure;
  return { slot: null, tokens: slots.length };
}

/**
 * Logs in once and finds the certificate's private key. The PIN is given to the token exactly once, whatever the answer; `pin` null: the
 * token asks on its own pad. Throws `AppFailure`: token.absent, token.certificate-missing, token.pin-wrong, token.pin-needed, token.pin-locked, token.pad-cancelled, token.key-missing.
 */
export function openKeySession(module: Module, thumbprint: string, pin: Uint8Array | null, digest: DigestName): { readonly key: KeySession; readonly answer: HostAnswer<'login'> } {
  const { slot, tokens } = findSlotOf(module, thumbprint);
  if (slot === null) throw new AppFailure(tokens === 0 ? 'token.absent' : 'token.certificate-missing');
  const state = readPinState(module, slot);
  if (state.locked) throw new AppFailure('token.pin-locked');
  const typed = state.pad || pin === null || pin.length === 0 ? null : pin;
  if (typed === null && !state.pad) throw new AppFailure('token.pin-needed');
  // A session left over from an earlier failure may still be logged in; then this PIN would never be looked at.
  module.C_CloseAllSessions(slot);
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION);
  try {
    loginUser(module, slot, session, typed);
    const certificates = readCertificates(module, session);
    const certificate = certificates.find((candidate) => candidate.thumbprint === thumbprint);
    if (certificate === undefined) throw new AppFailure('token.certificate-missing');
    const publicKey = new X509Certificate(certificate.der).publicKey;
    const privateKey = findPrivateKey(module, session, certificate, publicKey);
    if (privateKey === null) throw new AppFailure('token.key-missing');
    const algorithm = findAlgorithm(publicKey, digest);
    if (algorithm === null) throw new AppFailure('certificate.wrong-usage');
    const everyTime = findAttribute(module, session, privateKey, pkcs11js.CKA_ALWAYS_AUTHENTICATE)?.[0] === 1;
    const key: KeySession = {
      slot, session, privateKey, algorithm, curveBytes: curveBytes(publicKey), mechanisms: module.C_GetMechanismList(slot),
      everyTime, pin: everyTime && typed !== null ? Uint8Array.from(typed) : null, refused: null,
    };
    return { key, answer: { certificate: certificate.der, others: certificates.filter((c) => c !== certificate).map((c) => c.der), algorithm } };
  } catch (error) {
    endSession(module, session);
    throw error;
  }
}

/** RFC 8017 §8 and RFC 5753: RSA as it comes, ECDSA as DER. Throws `AppFailure(token.removed)` when the token went away since the login. */
export function signWith(module: Module, key: KeySession, data: Uint8Array): Uint8Array {
  if (key.refused !== null) throw new AppFailure(key.refused.code, key.refused.params);
  try {
    const raw = signOnce(module, key, data);
    return key.curveBytes === null ? raw : ecdsaToDer(raw, key.curveBytes);
  } catch (error) {
    if (error instanceof AppFailure && error.error.code !== 'token.pad-cancelled') key.refused = error.error;
    throw wasRemoved(module, key, error) ? new AppFailure('token.removed') : error;
  }
}

export function closeKeySession(module: Module, key: KeySession): void {
  key.pin?.fill(0);
  endSession(module, key.session);
}

function signOnce(module: Module, key: KeySession, data: Uint8Array): Buffer {
  const ways = signingWays(key.algorithm, data, key.mechanisms, key.curveBytes);
  for (const [index, { mechanism, input }] of ways.entries()) {
    try {
      module.C_SignInit(key.session, mechanism, key.privateKey);
    } catch (error) {
      const isRefused = ckr(error) === 'CKR_MECHANISM_INVALID' || ckr(error) === 'CKR_MECHANISM_PARAM_INVALID' || ckr(error) === 'CKR_KEY_FUNCTION_NOT_PERMITTED';
      if (isRefused && index < ways.length - 1) continue;
      throw error;
    }
    // PKCS#11 v2.40 §4.9: CKA_ALWAYS_AUTHENTICATE asks for the PIN between C_SignInit and C_Sign.
    if (key.everyTime) loginForKey(module, key.slot, key.session, key.pin);
    return module.C_Sign(key.session, input, Buffer.alloc(1024));
  }
  throw new Error('no way to sign');
}

/**
 * Drivers say it in many words when a token is pulled out; a session that we opened, did not close and that is no more tells it too, and so
 * does an empty slot. A token put back meanwhile is another token: its login is gone with the session.
 */
function wasRemoved(module: Module, key: KeySession, error: unknown): boolean {
  const name = ckr(error);
  if (name === null) return false;
  if (isTokenGone(error) || name === 'CKR_SESSION_HANDLE_INVALID' || name === 'CKR_SESSION_CLOSED') return true;
  try {
    module.C_GetTokenInfo(key.slot);
    return module.C_GetSessionInfo(key.session).state === publicSession;
  } catch (later) {
    return isTokenGone(later) || ckr(later) === 'CKR_SESSION_HANDLE_INVALID' || ckr(later) === 'CKR_SESSION_CLOSED';
  }
}

function endSession(module: Module, session: Handle): void {
  try {
    module.C_Logout(session);
  } catch (error) {
    // Not logged in, or the token is gone: there is nothing left to log out of.
    if (ckr(error) === null) throw error;
  }
  closeSession(module, session);
}

function findPrivateKey(module: Module, session: Handle, certificate: CertificateObject, publicKey: KeyObject): Handle | null {
  const isPrivateKey = { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY };
  if (certificate.id.length > 0) {
    const byId = findObjects(module, session, [isPrivateKey, { type: pkcs11js.CKA_ID, value: certificate.id }])[0];
    if (byId !== undefined) return byId;
  }
  // Keys imported by other tools may carry another CKA_ID: the modulus tells which is the certificate's.
  const modulus = findModulus(publicKey);
  if (modulus === null) return null;
  return findObjects(module, session, [isPrivateKey]).find((object) => findAttribute(module, session, object, pkcs11js.CKA_MODULUS)?.equals(modulus) === true) ?? null;
}
