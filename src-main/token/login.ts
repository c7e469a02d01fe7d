import pkcs11js from 'pkcs11js';
import { AppFailure } from '../../src-shared/result.ts';
import { ckr, type Handle, type Module } from './module.ts';
import { readPinState } from './slots.ts';

/** `pin` null: the token has a pad of its own (CKF_PROTECTED_AUTHENTICATION_PATH) and asks there. One try, whatever the answer. */
export function loginUser(module: Module, slot: Handle, session: Handle, pin: Uint8Array | null): void {
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

/** For the one signature that C_SignInit began (PKCS#11 v2.40 §4.9, CKA_ALWAYS_AUTHENTICATE). */
export function loginForKey(module: Module, slot: Handle, session: Handle, pin: Uint8Array | null): void {
  loginAs(module, slot, session, pkcs11js.CKU_CONTEXT_SPECIFIC, pin);
}

function loginAs(module: Module, slot: Handle, session: Handle, user: number, pin: Uint8Array | null): void {
  try {
    // PKCS#11 v2.40 §5.6 wants NULL_PTR for a pad; the binding passes no NULL_PTR, and a PIN of length 0 comes nearest: drivers look at the length.
    module.C_Login(session, user, pin === null ? '' : Buffer.from(pin.buffer, pin.byteOffset, pin.length).toString('utf8'));
  } catch (error) {
    const name = ckr(error);
    if (name === 'CKR_PIN_LOCKED') throw new AppFailure('token.pin-locked');
    if (name === 'CKR_FUNCTION_CANCELED' || name === 'CKR_CANCEL' || name === 'CKR_FUNCTION_REJECTED') throw new AppFailure('token.pad-cancelled');
    if (name === 'CKR_PIN_INCORRECT' || name === 'CKR_PIN_INVALID' || name === 'CKR_PIN_LEN_RANGE') throw pinFailure(module, slot);
    throw error;
  }
}

function pinFailure(module: Module, slot: Handle): AppFailure {
  const state = readPinState(module, slot);
  if (state.locked) return new AppFailure('token.pin-locked');
  return new AppFailure('token.pin-wrong', { left: state.finalTry ? 'final' : state.countLow ? 'low' : 'again' });
}
