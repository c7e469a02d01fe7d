import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import pkcs11js from 'pkcs11js';
import type { SignatureAlgorithm } from '../ports/token.ts';
import { AppFailure } from '../../src-shared/result.ts';
import { ecdsaToDer, findAlgorithm, sha256DigestInfo } from './signature-encoding.ts';
import type { HostAnswer } from './messages.ts';
import { ckr, findAttribute, findObjects, type Handle, type Module } from './module.ts';
import { closeSession, readCertificates, readPinState, readSlots, withSession, type CertificateObject } from './slots.ts';

/** A logged-in session with one private key. `pin` is kept only for keys that want it at every signature, and wiped at the end. */
export type KeySession = {
  readonly slot: Handle;
  readonly session: Handle;
  readonly privateKey: Handle;
  readonly algorithm: SignatureAlgorithm;
  readonly mechanisms: readonly number[];
  readonly pin: Uint8Array | null;
};

export function findSlotOf(module: Module, thumbprint: string): { readonly slot: Handle | null; readonly tokens: number } {
  const slots = readSlots(module);
  const slot = slots.find((candidate) => withSession(module, candidate, (session) => readCertificates(module, session).some((c) => c.thumbprint === thumbprint)));
  return { slot: slot ?? null, tokens: slots.length };
}

/**
 * Logs in once and finds the certificate's private key. The PIN is given to the token exactly once, whatever the answer.
 * Throws `AppFailure`: token.absent, token.certificate-missing, token.pin-wrong, token.pin-locked, token.key-missing.
 */
export function openKeySession(module: Module, thumbprint: string, pin: Uint8Array): { readonly key: KeySession; readonly answer: HostAnswer<'login'> } {
  const { slot, tokens } = findSlotOf(module, thumbprint);
  if (slot === null) throw new AppFailure(tokens === 0 ? 'token.absent' : 'token.certificate-missing');
  if (readPinState(module, slot).locked) throw new AppFailure('token.pin-locked');
  // A session left over from an earlier failure may still be logged in; then this PIN would never be looked at.
  module.C_CloseAllSessions(slot);
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION);
  try {
    login(module, slot, session, pin);
    const certificates = readCertificates(module, session);
    const certificate = certificates.find((candidate) => candidate.thumbprint === thumbprint);
    if (certificate === undefined) throw new AppFailure('token.certificate-missing');
    const publicKey = new X509Certificate(certificate.der).publicKey;
    const privateKey = findPrivateKey(module, session, certificate, publicKey);
    if (privateKey === null) throw new AppFailure('token.key-missing');
    const algorithm = findAlgorithm(publicKey);
    if (algorithm === null) throw new AppFailure('certificate.wrong-usage');
    const everyTime = findAttribute(module, session, privateKey, pkcs11js.CKA_ALWAYS_AUTHENTICATE)?.[0] === 1;
    const key: KeySession = { slot, session, privateKey, algorithm, mechanisms: module.C_GetMechanismList(slot), pin: everyTime ? Uint8Array.from(pin) : null };
    return { key, answer: { certificate: certificate.der, others: certificates.filter((c) => c !== certificate).map((c) => c.der), algorithm } };
  } catch (error) {
    endSession(module, session);
    throw error;
  }
}

/** RFC 8017 §9.2 and RFC 5753: RSA PKCS#1 v1.5 with SHA-256, or ECDSA as DER. */
export function signWith(module: Module, key: KeySession, data: Uint8Array): Uint8Array {
  if (key.algorithm !== 'rsa-pkcs1-sha256') {
    const digest = createHash(key.algorithm === 'ecdsa-sha384' ? 'sha384' : 'sha256').update(data).digest();
    return ecdsaToDer(signOnce(module, key, pkcs11js.CKM_ECDSA, digest));
  }
  if (key.mechanisms.includes(pkcs11js.CKM_SHA256_RSA_PKCS)) return signOnce(module, key, pkcs11js.CKM_SHA256_RSA_PKCS, Buffer.from(data));
  return signOnce(module, key, pkcs11js.CKM_RSA_PKCS, sha256DigestInfo(data));
}

export function closeKeySession(module: Module, key: KeySession): void {
  key.pin?.fill(0);
  endSession(module, key.session);
}

function signOnce(module: Module, key: KeySession, mechanism: number, input: Buffer): Buffer {
  module.C_SignInit(key.session, { mechanism }, key.privateKey);
  // PKCS#11 v2.40 §4.9: CKA_ALWAYS_AUTHENTICATE asks for the PIN between C_SignInit and C_Sign.
  if (key.pin !== null) loginAs(module, key.slot, key.session, pkcs11js.CKU_CONTEXT_SPECIFIC, key.pin);
  return module.C_Sign(key.session, input, Buffer.alloc(1024));
}

function login(module: Module, slot: Handle, session: Handle, pin: Uint8Array): void {
  try {
    loginAs(module, slot, session, pkcs11js.CKU_USER, pin);
  } catch (error) {
    const name = ckr(error);
    if (name !== 'CKR_USER_ALREADY_LOGGED_IN' && name !== 'CKR_USER_ANOTHER_ALREADY_LOGGED_IN') throw error;
    // The driver kept an old login over closed sessions and did not look at this PIN: end that login, so that this one is checked.
    module.C_Logout(session);
    loginAs(module, slot, session, pkcs11js.CKU_USER, pin);
  }
}

function loginAs(module: Module, slot: Handle, session: Handle, user: number, pin: Uint8Array): void {
  try {
    // A PIN pad asks the person itself: then no PIN is passed (PKCS#11 v2.40 §5.6, C_Login).
    if (readPinState(module, slot).pad) module.C_Login(session, user);
    else module.C_Login(session, user, Buffer.from(pin.buffer, pin.byteOffset, pin.length).toString('utf8'));
  } catch (error) {
    const name = ckr(error);
    if (name === 'CKR_PIN_LOCKED') throw new AppFailure('token.pin-locked');
    if (name === 'CKR_PIN_INCORRECT' || name === 'CKR_PIN_INVALID' || name === 'CKR_PIN_LEN_RANGE') throw pinFailure(module, slot);
    throw error;
  }
}

function pinFailure(module: Module, slot: Handle): AppFailure {
  const state = readPinState(module, slot);
  if (state.locked) return new AppFailure('token.pin-locked');
  return new AppFailure('token.pin-wrong', { left: state.finalTry ? 'final' : state.countLow ? 'low' : 'again' });
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
  const modulus = publicKey.asymmetricKeyType === 'rsa' ? Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url') : null;
  if (modulus === null) return null;
  return findObjects(module, session, [isPrivateKey]).find((object) => findAttribute(module, session, object, pkcs11js.CKA_MODULUS)?.equals(modulus) === true) ?? null;
}
