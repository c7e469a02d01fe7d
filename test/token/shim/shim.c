/*
 * A PKCS#11 driver for the tests: SoftHSM2 with the bad manners of real tokens. SoftHSM2 itself never counts wrong PINs, never
 * locks, never hangs and never dies. What it does is told by the environment:
 *   SHIM_REAL          the library that does the work
 *   SHIM_TRIES         a file with the number of tries left; wrong PINs count down, 0 is locked
 *   SHIM_LOGINS        a file to which one 'x' is written for every PIN that reaches the driver
 *   SHIM_SIGN          hang | crash: what C_Sign does
 *   SHIM_GONE          a file; while it exists there is no token
 *   SHIM_NO_HASH       CKM_SHA256_RSA_PKCS is not offered
 *   SHIM_STICKY        the first C_Login answers "already logged in" until somebody logs out
 *   SHIM_EVERY_TIME    keys want the PIN at every signature (CKA_ALWAYS_AUTHENTICATE)
 *   SHIM_ZERO_LENGTH   asked for the length of CKA_VALUE, answers 0
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
#include <unistd.h>
#include "pkcs11.h"

static CK_FUNCTION_LIST list;
static CK_FUNCTION_LIST_PTR real;
static int sticky;
static int authenticated;

static const char *setting(const char *name) { return getenv(name); }

static int tries(void) {
  int left = 3;
  FILE *file = setting("SHIM_TRIES") ? fopen(setting("SHIM_TRIES"), "r") : NULL;
  if (file) {
    if (fscanf(file, "%d", &left) != 1) left = 3;
    fclose(file);
  }
  return left;
}

static void set_tries(int left) {
  FILE *file = setting("SHIM_TRIES") ? fopen(setting("SHIM_TRIES"), "w") : NULL;
  if (!file) return;
  fprintf(file, "%d", left);
  fclose(file);
}

static void count_login(void) {
  FILE *file = setting("SHIM_LOGINS") ? fopen(setting("SHIM_LOGINS"), "a") : NULL;
  if (!file) return;
  fputc('x', file);
  fclose(file);
}

static int gone(void) { return setting("SHIM_GONE") && access(setting("SHIM_GONE"), F_OK) == 0; }

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  if (setting("SHIM_LIST")) for (;;) pause();
  if (!gone()) return real->C_GetSlotList(present, slots, count);
  *count = 0;
  return CKR_OK;
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  CK_RV rv = real->C_GetTokenInfo(slot, info);
  if (rv != CKR_OK || !setting("SHIM_TRIES")) return rv;
  int left = tries();
  info->flags &= ~(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
  if (left < 3) info->flags |= CKF_USER_PIN_COUNT_LOW;
  if (left == 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (left == 0) info->flags |= CKF_USER_PIN_LOCKED;
  return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  if (user == CKU_CONTEXT_SPECIFIC) {
    authenticated = 1;
    return CKR_OK;
  }
  if (sticky) return CKR_USER_ALREADY_LOGGED_IN;
  count_login();
  if (setting("SHIM_TRIES") && tries() == 0) return CKR_PIN_LOCKED;
  CK_RV rv = real->C_Login(session, user, pin, length);
  if (rv == CKR_PIN_INCORRECT) set_tries(tries() - 1);
  if (rv == CKR_OK) set_tries(3);
  return rv;
}

static CK_RV logout(CK_SESSION_HANDLE session) {
  if (sticky) {
    sticky = 0;
    return CKR_OK;
  }
  return real->C_Logout(session);
}

static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR mechanisms, CK_ULONG_PTR count) {
  CK_RV rv = real->C_GetMechanismList(slot, mechanisms, count);
  if (rv != CKR_OK || !mechanisms || !setting("SHIM_NO_HASH")) return rv;
  for (CK_ULONG i = 0; i < *count; i++)
    if (mechanisms[i] == CKM_SHA256_RSA_PKCS) mechanisms[i] = CKM_SHA_1;
  return CKR_OK;
}

static CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
  if (setting("SHIM_NO_HASH") && mechanism->mechanism == CKM_SHA256_RSA_PKCS) return CKR_MECHANISM_INVALID;
  authenticated = 0;
  return real->C_SignInit(session, mechanism, key);
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature, CK_ULONG_PTR signature_length) {
  const char *how = setting("SHIM_SIGN");
  if (how && strcmp(how, "hang") == 0) for (;;) pause();
  if (how && strcmp(how, "crash") == 0) raise(SIGSEGV);
  if (gone()) return CKR_DEVICE_REMOVED;
  if (setting("SHIM_EVERY_TIME") && !authenticated) return CKR_USER_NOT_LOGGED_IN;
  return real->C_Sign(session, data, length, signature, signature_length);
}

static CK_RV get_attribute_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR attributes, CK_ULONG count) {
  if (setting("SHIM_EVERY_TIME") && count == 1 && attributes->type == CKA_ALWAYS_AUTHENTICATE) {
    attributes->ulValueLen = 1;
    if (attributes->pValue) *(CK_BBOOL *)attributes->pValue = CK_TRUE;
    return CKR_OK;
  }
  if (setting("SHIM_ZERO_LENGTH") && count == 1 && attributes->type == CKA_VALUE && !attributes->pValue) {
    attributes->ulValueLen = 0;
    return CKR_OK;
  }
  return real->C_GetAttributeValue(session, object, attributes, count);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out) {
  if (!real) {
    void *library = dlopen(setting("SHIM_REAL"), RTLD_NOW);
    CK_C_GetFunctionList get = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
    if (!get || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
    sticky = setting("SHIM_STICKY") != NULL;
    list = *real;
    list.C_GetFunctionList = C_GetFunctionList;
    list.C_GetSlotList = get_slot_list;
    list.C_GetTokenInfo = get_token_info;
    list.C_Login = login;
    list.C_Logout = logout;
    list.C_GetMechanismList = get_mechanism_list;
    list.C_SignInit = sign_init;
    list.C_Sign = sign;
    list.C_GetAttributeValue = get_attribute_value;
  }
  *out = &list;
  return CKR_OK;
}
