import pkcs11js from 'pkcs11js';
import { ok, type Result } from '../../src-shared/result.ts';
import { loadModule, toAppError, trimField, type Handle, type Module } from './module.ts';
import { provisionRequest, type ProvisionRequest } from './provision-messages.ts';

/** Makes one token in the first free slot of a driver and fills it. A process of its own, like the token host; one request, one answer. */
process.on('message', (message) => {
  process.send?.(answer(provisionRequest.parse(message)));
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

function answer(request: ProvisionRequest): Result<null> {
  try {
    const module = loadModule(request.driver);
    provision(module, request);
    return ok(null);
  } catch (error) {
    return { ok: false, error: toAppError(error) };
  }
}

function provision(module: Module, request: ProvisionRequest): void {
  const free = module.C_GetSlotList(true).find((slot) => (module.C_GetTokenInfo(slot).flags & pkcs11js.CKF_TOKEN_INITIALIZED) === 0);
  if (free === undefined) throw new Error('the driver has no free slot');
  module.C_InitToken(free, request.soPin, padLabel(request.label));
  const slot = readSlotByLabel(module, request.label);
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION);
  module.C_Login(session, pkcs11js.CKU_SO, request.soPin);
  module.C_InitPIN(session, request.pin);
  module.C_Logout(session);
  module.C_Login(session, pkcs11js.CKU_USER, request.pin);
  for (const entry of request.entries) {
    const id = Buffer.from(entry.id);
    module.C_CreateObject(session, [...certificateTemplate(entry.certificate, entry.label, id), { type: pkcs11js.CKA_SUBJECT, value: Buffer.from(entry.subject) }]);
    if (entry.key !== null) module.C_CreateObject(session, privateKeyTemplate(entry.key, entry.label, id));
  }
  module.C_Logout(session);
  module.C_CloseSession(session);
}

/** C_InitToken may give the token another slot (SoftHSM derives it from the serial number). */
function readSlotByLabel(module: Module, label: string): Handle {
  const slot = module.C_GetSlotList(true).find((one) => {
    const info = module.C_GetTokenInfo(one);
    return (info.flags & pkcs11js.CKF_TOKEN_INITIALIZED) !== 0 && trimField(info.label) === label;
  });
  if (slot === undefined) throw new Error('the new token is not there');
  return slot;
}

/** PKCS#11 v2.40 §5.5, C_InitToken: 32 bytes of UTF-8, padded with blanks, without a closing NUL; the binding does not pad. */
function padLabel(label: string): string {
  const bytes = Buffer.byteLength(label);
  if (bytes > 32) throw new Error('a token label has at most 32 bytes');
  return label + ' '.repeat(32 - bytes);
}

function certificateTemplate(der: Uint8Array, label: string, id: Buffer): pkcs11js.Template {
  return [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE },
    { type: pkcs11js.CKA_CERTIFICATE_TYPE, value: pkcs11js.CKC_X_509 },
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_PRIVATE, value: false },
    { type: pkcs11js.CKA_LABEL, value: label },
    { type: pkcs11js.CKA_ID, value: id },
    { type: pkcs11js.CKA_VALUE, value: Buffer.from(der) },
  ];
}

/** Sensitive and not extractable, as a hardware token would have it. */
function privateKeyTemplate(key: NonNullable<ProvisionRequest['entries'][number]['key']>, label: string, id: Buffer): pkcs11js.Template {
  const common: pkcs11js.Template = [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
    { type: pkcs11js.CKA_TOKEN, value: true },
    { type: pkcs11js.CKA_PRIVATE, value: true },
    { type: pkcs11js.CKA_SENSITIVE, value: true },
    { type: pkcs11js.CKA_EXTRACTABLE, value: false },
    { type: pkcs11js.CKA_SIGN, value: true },
    { type: pkcs11js.CKA_LABEL, value: label },
    { type: pkcs11js.CKA_ID, value: id },
  ];
  const bytes = (type: number, value: Uint8Array): pkcs11js.Attribute => ({ type, value: Buffer.from(value) });
  if (key.type === 'ec') {
    return [...common, { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_EC }, bytes(pkcs11js.CKA_EC_PARAMS, key.parameters), bytes(pkcs11js.CKA_VALUE, key.secret)];
  }
  return [
    ...common,
    { type: pkcs11js.CKA_KEY_TYPE, value: pkcs11js.CKK_RSA },
    bytes(pkcs11js.CKA_MODULUS, key.n),
    bytes(pkcs11js.CKA_PUBLIC_EXPONENT, key.e),
    bytes(pkcs11js.CKA_PRIVATE_EXPONENT, key.d),
    bytes(pkcs11js.CKA_PRIME_1, key.p),
    bytes(pkcs11js.CKA_PRIME_2, key.q),
    bytes(pkcs11js.CKA_EXPONENT_1, key.dp),
    bytes(pkcs11js.CKA_EXPONENT_2, key.dq),
    bytes(pkcs11js.CKA_COEFFICIENT, key.qi),
  ];
}
