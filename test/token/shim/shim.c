/*
 * A PKCS#11 driver for the tests: SoftHSM2 with the bad manners of real tokens. SoftHSM2 itself never counts wrong PINs, never
 * locks, never hangs, never dies and is never pulled out.
 *
 * What the shim does is told by settings. A setting is an environment variable or, where SHIM_DIR names a folder, a file of the
 * setting's name in it: a file may come and go while the driver runs, and goes before the variable.
 *
 *   SHIM_REAL           the library that does the work (environment only)
 *   SHIM_TRIES          a file with the number of tries left; wrong PINs count down, 0 is locked
 *   SHIM_LOGINS         a file to which one letter is written for every PIN that reaches the driver: x the user's, c one asked for
 *                       by a key (CKU_CONTEXT_SPECIFIC), p no PIN but the pad's, P a PIN that came though the token has a pad
 *   SHIM_JOURNAL        a file to which one letter is written for each call: l C_GetSlotList (once a listing), s C_Sign begun,
 *                       e C_Sign ended well
 *   SHIM_LIST           hang | crash: what C_GetSlotList does
 *   SHIM_LOGIN          hang | crash | cancel: what C_Login does
 *   SHIM_SIGN           hang | crash: what C_Sign does
 *   SHIM_LIST_MS        how long C_GetSlotList takes
 *   SHIM_SIGN_MS        how long C_Sign takes; 300 to 1000 is a usual token
 *   SHIM_GONE           a file; while it exists there is no token. Its sessions and its login are over for good.
 *   SHIM_PLUG           any text; when it changes, the token was pulled out and put back between two calls
 *   SHIM_GONE_AS        device-removed | token-not-present | session-invalid | device-error | not-logged-in: what C_Sign says of a token that is gone
 *   SHIM_STALE          a driver that, having lost its token once, sees none again until the process ends
 *   SHIM_NO_HASH        no mechanism that hashes is offered; "lies": it is offered and then refused
 *   SHIM_STICKY         the first C_Login answers "already logged in" until somebody logs out
 *   SHIM_EVERY_TIME     keys want the PIN at every signature (CKA_ALWAYS_AUTHENTICATE)
 *   SHIM_CONTEXT_PIN    the PIN that such a key wants; the user's unless told
 *   SHIM_PAD            the token has a PIN pad of its own; the value is what the person types there
 *   SHIM_LEAF_ONLY      the token holds no certificate of a CA
 *   SHIM_ZERO_LENGTH    asked for the length of CKA_VALUE, answers 0
 *   SHIM_SHORT_LENGTH   asked for the length of CKA_VALUE, answers 16, and then: "cut" gives 16 bytes, else "buffer too small"
 *   SHIM_OTHER_ID       certificates carry another CKA_ID than their keys
 *   SHIM_ECDSA_DER      ECDSA signatures are given as DER
 */
#define CK_PTR *
#define CK_DEFINE_FUNCTION(type, name) type name
#define CK_DECLARE_FUNCTION(type, name) type name
#define CK_DECLARE_FUNCTION_POINTER(type, name) type(*name)
#define CK_CALLBACK_FUNCTION(type, name) type(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "pkcs11.h"

static CK_FUNCTION_LIST list;
static CK_FUNCTION_LIST_PTR real;
static int sticky;
static int asked;         /* a signature is begun with a key that wants the PIN */
static int authenticated; /* and the PIN was given for it */
static int was_gone;
static int had;  /* this process has seen the token */
static int lost; /* and then not */
static char plug[64];
static char user_pin[256];

/* ---- settings ---- */

static const char *setting(const char *name) {
  static char values[64][256]; /* a caller keeps one over a few more calls */
  static int next;
  char path[1024];
  const char *dir = getenv("SHIM_DIR");
  if (dir) {
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "r");
    if (file) {
      char *value = values[next++ & 63];
      size_t length = fread(value, 1, 255, file);
      fclose(file);
      while (length > 0 && value[length - 1] == '\n') length--;
      value[length] = 0;
      return value;
    }
  }
  return getenv(name);
}

static int is(const char *name, const char *value) {
  const char *set = setting(name);
  return set && strcmp(set, value) == 0;
}

static void note(const char *name, char letter) {
  const char *path = setting(name);
  FILE *file = path ? fopen(path, "a") : NULL;
  if (!file) return;
  fputc(letter, file);
  fclose(file);
}

static int tries(void) {
  int left = 3;
  const char *path = setting("SHIM_TRIES");
  FILE *file = path ? fopen(path, "r") : NULL;
  if (file) {
    if (fscanf(file, "%d", &left) != 1) left = 3;
    fclose(file);
  }
  return left;
}

static void set_tries(int left) {
  const char *path = setting("SHIM_TRIES");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  fprintf(file, "%d", left);
  fclose(file);
}

static void wait_ms(const char *name) {
  const char *set = setting(name);
  long ms = set ? atol(set) : 0;
  struct timespec time = { ms / 1000, (ms % 1000) * 1000000L };
  if (ms > 0) nanosleep(&time, NULL);
}

static void misbehave(const char *name) {
  if (is(name, "hang")) for (;;) pause();
  if (is(name, "crash")) raise(SIGSEGV);
}

/* ---- presence ---- */

/* Sessions and login of a token that was pulled out are over; SoftHSM2 ends them when all its sessions are closed. */
static void end_sessions(void) {
  CK_SLOT_ID slots[16];
  CK_ULONG count = 16;
  if (real->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK) return;
  for (CK_ULONG i = 0; i < count; i++) real->C_CloseAllSessions(slots[i]);
  asked = authenticated = 0;
}

static int gone(void) {
  const char *file = setting("SHIM_GONE");
  int is_gone = file && access(file, F_OK) == 0;
  const char *now = setting("SHIM_PLUG");
  lost |= is_gone && had;
  had |= !is_gone;
  if (is_gone) was_gone = 1;
  else if (was_gone || (now && strcmp(now, plug) != 0)) {
    end_sessions();
    was_gone = 0;
  }
  if (now) snprintf(plug, sizeof plug, "%s", now);
  return is_gone || (lost && setting("SHIM_STALE"));
}

static CK_RV gone_as(void) {
  if (is("SHIM_GONE_AS", "token-not-present")) return CKR_TOKEN_NOT_PRESENT;
  if (is("SHIM_GONE_AS", "session-invalid")) return CKR_SESSION_HANDLE_INVALID;
  if (is("SHIM_GONE_AS", "device-error")) return CKR_DEVICE_ERROR;
  if (is("SHIM_GONE_AS", "not-logged-in")) return CKR_USER_NOT_LOGGED_IN;
  return CKR_DEVICE_REMOVED;
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  if (!slots) {
    note("SHIM_JOURNAL", 'l');
    wait_ms("SHIM_LIST_MS");
  }
  misbehave("SHIM_LIST");
  if (!gone()) return real->C_GetSlotList(present, slots, count);
  *count = 0;
  return CKR_OK;
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  if (gone()) return CKR_TOKEN_NOT_PRESENT;
  CK_RV rv = real->C_GetTokenInfo(slot, info);
  if (rv != CKR_OK) return rv;
  if (setting("SHIM_PAD")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (!setting("SHIM_TRIES")) return rv;
  int left = tries();
  info->flags &= ~(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
  if (left < 3) info->flags |= CKF_USER_PIN_COUNT_LOW;
  if (left == 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (left == 0) info->flags |= CKF_USER_PIN_LOCKED;
  return CKR_OK;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR data, CK_NOTIFY notify, CK_SESSION_HANDLE_PTR session) {
  if (gone()) return CKR_TOKEN_NOT_PRESENT;
  return real->C_OpenSession(slot, flags, data, notify, session);
}

/* ---- login ---- */

/* A key that wants the PIN for the signature that was begun. */
static CK_RV login_for_key(const char *pin, CK_ULONG length) {
  const char *wanted = setting("SHIM_CONTEXT_PIN");
  note("SHIM_LOGINS", 'c');
  if (!asked) return CKR_OPERATION_NOT_INITIALIZED;
  if (setting("SHIM_TRIES") && tries() == 0) return CKR_PIN_LOCKED;
  if (!wanted) wanted = user_pin;
  if (length != strlen(wanted) || memcmp(pin, wanted, length) != 0) {
    set_tries(tries() - 1);
    return CKR_PIN_INCORRECT;
  }
  set_tries(3);
  authenticated = 1;
  return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  const char *pad = setting("SHIM_PAD");
  misbehave("SHIM_LOGIN");
  if (gone()) return CKR_DEVICE_REMOVED;
  if (pad) {
    if (pin && length > 0) {
      note("SHIM_LOGINS", 'P');
      return CKR_ARGUMENTS_BAD;
    }
    note("SHIM_LOGINS", 'p');
    if (is("SHIM_LOGIN", "cancel")) return CKR_FUNCTION_CANCELED;
    pin = (CK_UTF8CHAR_PTR)pad;
    length = strlen(pad);
  } else if (!pin) return CKR_ARGUMENTS_BAD;
  if (user == CKU_CONTEXT_SPECIFIC) return login_for_key((const char *)pin, length);
  if (sticky) return CKR_USER_ALREADY_LOGGED_IN;
  if (!pad) note("SHIM_LOGINS", 'x');
  if (setting("SHIM_TRIES") && tries() == 0) return CKR_PIN_LOCKED;
  CK_RV rv = real->C_Login(session, user, pin, length);
  if (rv == CKR_PIN_INCORRECT) set_tries(tries() - 1);
  if (rv == CKR_OK) {
    set_tries(3);
    snprintf(user_pin, sizeof user_pin, "%.*s", (int)length, (const char *)pin);
  }
  return rv;
}

static CK_RV logout(CK_SESSION_HANDLE session) {
  if (gone()) return CKR_DEVICE_REMOVED;
  if (sticky) {
    sticky = 0;
    return CKR_OK;
  }
  return real->C_Logout(session);
}

/* ---- signing ---- */

static int hashes(CK_MECHANISM_TYPE mechanism) {
  return mechanism == CKM_SHA256_RSA_PKCS || mechanism == CKM_SHA384_RSA_PKCS || mechanism == CKM_SHA512_RSA_PKCS ||
         mechanism == CKM_SHA256_RSA_PKCS_PSS || mechanism == CKM_SHA384_RSA_PKCS_PSS || mechanism == CKM_SHA512_RSA_PKCS_PSS;
}

static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR mechanisms, CK_ULONG_PTR count) {
  CK_RV rv = real->C_GetMechanismList(slot, mechanisms, count);
  if (rv != CKR_OK || !mechanisms || !setting("SHIM_NO_HASH") || is("SHIM_NO_HASH", "lies")) return rv;
  for (CK_ULONG i = 0; i < *count; i++)
    if (hashes(mechanisms[i])) mechanisms[i] = CKM_SHA_1;
  return CKR_OK;
}

static CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
  if (gone()) return gone_as();
  if (setting("SHIM_NO_HASH") && hashes(mechanism->mechanism)) return CKR_MECHANISM_INVALID;
  CK_RV rv = real->C_SignInit(session, mechanism, key);
  asked = rv == CKR_OK && setting("SHIM_EVERY_TIME");
  authenticated = 0;
  return rv;
}

static CK_ULONG der_integer(unsigned char *out, const unsigned char *value, CK_ULONG length) {
  CK_ULONG skip = 0;
  while (skip < length - 1 && value[skip] == 0) skip++;
  CK_ULONG pad = value[skip] >= 0x80;
  out[0] = 2;
  out[1] = (unsigned char)(length - skip + pad);
  out[2] = 0;
  memcpy(out + 2 + pad, value + skip, length - skip);
  return 2 + pad + length - skip;
}

/* For the two curves of the tests: the whole stays below 128 bytes. */
static void make_der(CK_BYTE_PTR signature, CK_ULONG_PTR length) {
  unsigned char der[128];
  CK_ULONG half = *length / 2;
  CK_ULONG at = 2;
  at += der_integer(der + at, signature, half);
  at += der_integer(der + at, signature + half, half);
  der[0] = 0x30;
  der[1] = (unsigned char)(at - 2);
  memcpy(signature, der, at);
  *length = at;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature, CK_ULONG_PTR signature_length) {
  note("SHIM_JOURNAL", 's');
  wait_ms("SHIM_SIGN_MS");
  misbehave("SHIM_SIGN");
  if (gone()) return gone_as();
  int allowed = !asked || authenticated;
  asked = authenticated = 0;
  if (!allowed) return CKR_USER_NOT_LOGGED_IN;
  CK_RV rv = real->C_Sign(session, data, length, signature, signature_length);
  if (rv == CKR_OK && signature && setting("SHIM_ECDSA_DER") && *signature_length <= 96) make_der(signature, signature_length);
  if (rv == CKR_OK) note("SHIM_JOURNAL", 'e');
  return rv;
}

/* ---- objects ---- */

/* basicConstraints (2.5.29.19) with cA TRUE, as DER has it. */
static int is_ca(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object) {
  static unsigned char der[16384];
  CK_OBJECT_CLASS class = 0;
  CK_ATTRIBUTE kind = { CKA_CLASS, &class, sizeof class };
  CK_ATTRIBUTE value = { CKA_VALUE, der, sizeof der };
  if (real->C_GetAttributeValue(session, object, &kind, 1) != CKR_OK || class != CKO_CERTIFICATE) return 0;
  if (real->C_GetAttributeValue(session, object, &value, 1) != CKR_OK) return 0;
  for (CK_ULONG i = 0; i + 20 < value.ulValueLen; i++) {
    if (memcmp(der + i, "\x06\x03\x55\x1d\x13", 5) != 0) continue;
    for (CK_ULONG j = i + 5; j < i + 16; j++)
      if (der[j] == 0x04 && der[j + 2] == 0x30) return memcmp(der + j + 4, "\x01\x01\xff", 3) == 0;
  }
  return 0;
}

static CK_RV find_objects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR objects, CK_ULONG max, CK_ULONG_PTR count) {
  for (;;) {
    CK_RV rv = real->C_FindObjects(session, objects, max, count);
    if (rv != CKR_OK || *count == 0 || !setting("SHIM_LEAF_ONLY")) return rv;
    CK_ULONG kept = 0;
    for (CK_ULONG i = 0; i < *count; i++)
      if (!is_ca(session, objects[i])) objects[kept++] = objects[i];
    *count = kept;
    if (kept > 0) return CKR_OK;
  }
}

static CK_RV get_attribute_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR attributes, CK_ULONG count) {
  if (setting("SHIM_EVERY_TIME") && count == 1 && attributes->type == CKA_ALWAYS_AUTHENTICATE) {
    attributes->ulValueLen = 1;
    if (attributes->pValue) *(CK_BBOOL *)attributes->pValue = CK_TRUE;
    return CKR_OK;
  }
  int is_value = count == 1 && attributes->type == CKA_VALUE;
  if (is_value && setting("SHIM_ZERO_LENGTH") && !attributes->pValue) {
    attributes->ulValueLen = 0;
    return CKR_OK;
  }
  if (is_value && setting("SHIM_SHORT_LENGTH") && !attributes->pValue) {
    attributes->ulValueLen = 16;
    return CKR_OK;
  }
  if (is_value && is("SHIM_SHORT_LENGTH", "cut") && attributes->ulValueLen == 16) {
    memset(attributes->pValue, 0x30, 16);
    return CKR_OK;
  }
  CK_RV rv = real->C_GetAttributeValue(session, object, attributes, count);
  if (rv == CKR_OK && setting("SHIM_OTHER_ID") && count == 1 && attributes->type == CKA_ID && attributes->pValue && attributes->ulValueLen > 0) {
    CK_OBJECT_CLASS class = 0;
    CK_ATTRIBUTE kind = { CKA_CLASS, &class, sizeof class };
    if (real->C_GetAttributeValue(session, object, &kind, 1) == CKR_OK && class == CKO_CERTIFICATE) *(unsigned char *)attributes->pValue ^= 0xff;
  }
  return rv;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out) {
  if (!real) {
    void *library = dlopen(getenv("SHIM_REAL"), RTLD_NOW);
    CK_C_GetFunctionList get = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
    if (!get || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
    sticky = setting("SHIM_STICKY") != NULL;
    if (setting("SHIM_PLUG")) snprintf(plug, sizeof plug, "%s", setting("SHIM_PLUG"));
    list = *real;
    list.C_GetFunctionList = C_GetFunctionList;
    list.C_GetSlotList = get_slot_list;
    list.C_GetTokenInfo = get_token_info;
    list.C_OpenSession = open_session;
    list.C_Login = login;
    list.C_Logout = logout;
    list.C_GetMechanismList = get_mechanism_list;
    list.C_SignInit = sign_init;
    list.C_Sign = sign;
    list.C_FindObjects = find_objects;
    list.C_GetAttributeValue = get_attribute_value;
  }
  *out = &list;
  return CKR_OK;
}
