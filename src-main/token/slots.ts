import { createHash, X509Certificate } from 'node:crypto';
import pkcs11js from 'pkcs11js';
import type { AppError } from '../../src-shared/result.ts';
import type { HostPresence, HostToken, PinState } from './messages.ts';
import { ckr, findAttribute, findObjects, isTokenGone, toAppError, trimField, type Handle, type Module } from './module.ts';

export type CertificateObject = { readonly der: Buffer; readonly id: Buffer; readonly label: string; readonly thumbprint: string };

/** Every slot that holds an initialised token. Slot numbers change with every plug-in, so they are asked anew each time. */
export function readSlots(module: Module): readonly Handle[] {
  return module.C_GetSlotList(true).filter((slot) => {
    try {
      return (module.C_GetTokenInfo(slot).flags & pkcs11js.CKF_TOKEN_INITIALIZED) !== 0;
    } catch (error) {
      // Pulled out between the two calls.
      if (isTokenGone(error)) return false;
      throw error;
    }
  });
}

export function readTokens(module: Module): { readonly tokens: HostToken[]; readonly problem: AppError | null } {
  const tokens: HostToken[] = [];
  let problem: AppError | null = null;
  for (const slot of readSlots(module)) {
    try {
      tokens.push(readToken(module, slot));
    } catch (error) {
      if (!isTokenGone(error)) problem = toAppError(error);
    }
  }
  return { tokens, problem };
}

/** What can be told of every token without a session: whether one came or went, and the state of its PIN. */
export function readPresence(module: Module): readonly HostPresence[] {
  return readSlots(module).flatMap((slot) => {
    try {
      const { label, serialNumber } = module.C_GetTokenInfo(slot);
      return [{ label: trimField(label), serial: trimField(serialNumber), pin: readPinState(module, slot) }];
    } catch (error) {
      if (isTokenGone(error)) return [];
      throw error;
    }
  });
}

/** Read-only session, closed in all cases. */
export function withSession<T>(module: Module, slot: Handle, use: (session: Handle) => T): T {
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION);
  try {
    return use(session);
  } finally {
    closeSession(module, session);
  }
}

export function closeSession(module: Module, session: Handle): void {
  try {
    module.C_CloseSession(session);
  } catch (error) {
    // A token that was pulled out has closed its sessions itself.
    if (ckr(error) === null) throw error;
  }
}

export function readPinState(module: Module, slot: Handle): PinState {
  const { flags } = module.C_GetTokenInfo(slot);
  return {
    countLow: (flags & pkcs11js.CKF_USER_PIN_COUNT_LOW) !== 0,
    finalTry: (flags & pkcs11js.CKF_USER_PIN_FINAL_TRY) !== 0,
    locked: (flags & pkcs11js.CKF_USER_PIN_LOCKED) !== 0,
    pad: (flags & pkcs11js.CKF_PROTECTED_AUTHENTICATION_PATH) !== 0,
  };
}

export function readCertificates(module: Module, session: Handle): readonly CertificateObject[] {
  const certificates: CertificateObject[] = [];
  const seen = new Set<string>();
  for (const object of findObjects(module, session, [{ type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE }])) {
    const der = findAttribute(module, session, object, pkcs11js.CKA_VALUE, isCertificate);
    if (der === null || !isCertificate(der)) continue;
    const thumbprint = createHash('sha256').update(der).digest('hex');
    // Some tokens hold the same certificate twice (once for each of two applications).
    if (seen.has(thumbprint)) continue;
    seen.add(thumbprint);
    const label = findAttribute(module, session, object, pkcs11js.CKA_LABEL)?.toString('utf8') ?? '';
    certificates.push({ der, id: findAttribute(module, session, object, pkcs11js.CKA_ID) ?? Buffer.alloc(0), label, thumbprint });
  }
  return certificates;
}

function readToken(module: Module, slot: Handle): HostToken {
  const info = module.C_GetTokenInfo(slot);
  const certificates = withSession(module, slot, (session) =>
    readCertificates(module, session).map(({ der, id, label }) => ({ der, label, hasPrivateKey: hasPrivateKey(module, session, der, id, info.flags) })),
  );
  return { label: trimField(info.label), serial: trimField(info.serialNumber), pin: readPinState(module, slot), certificates };
}

/**
 * Before login most tokens hide private key objects (CKA_PRIVATE), so their absence says nothing then. A public key with the same
 * CKA_ID stands for its pair; failing that, an end-entity certificate with a CKA_ID on a token that wants a login: middleware
 * gives certificates imported without a key (chain certificates) no CKA_ID or marks them as CA. `login` has the last word.
 */
function hasPrivateKey(module: Module, session: Handle, der: Buffer, id: Buffer, tokenFlags: number): boolean {
  if (id.length === 0) return false;
  const of = (kind: number): boolean => findObjects(module, session, [{ type: pkcs11js.CKA_CLASS, value: kind }, { type: pkcs11js.CKA_ID, value: id }]).length > 0;
  if (of(pkcs11js.CKO_PRIVATE_KEY) || of(pkcs11js.CKO_PUBLIC_KEY)) return true;
  return (tokenFlags & pkcs11js.CKF_LOGIN_REQUIRED) !== 0 && !new X509Certificate(der).ca;
}

function isCertificate(der: Buffer): boolean {
  try {
    return new X509Certificate(der).raw.length > 0;
  } catch {
    // What OpenSSL cannot read cannot sign anything either; an empty or foreign object is not this token's failure.
    return false;
  }
}
