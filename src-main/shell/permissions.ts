import type { Session } from 'electron';
import { isOurPage } from './page.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];

/** What a page may ask Chromium for. One thing is granted; a new name of a new Electron does not compile until someone has thought about it. */
export const permissions = {
  'ar': { granted: false, reason: 'a desk has no use for it' },
  'automatic-fullscreen': { granted: false, reason: 'a full screen can imitate another program and its PIN prompt' },
  'background-fetch': { granted: false, reason: 'the page has no network; the backend transfers' },
  'background-sync': { granted: false, reason: 'the page has no network; the backend transfers' },
  'captured-surface-control': { granted: false, reason: 'nothing is captured' },
  'clipboard-read': { granted: false, reason: 'a hostile document must not read what was copied elsewhere; pasting by hand needs no permission' },
  'clipboard-sanitized-write': { granted: false, reason: 'copying by hand needs no permission; a program writing the clipboard does' },
  'deprecated-sync-clipboard-read': { granted: false, reason: 'a hostile document must not read what was copied elsewhere' },
  'display-capture': { granted: false, reason: 'documents and PINs are on the screen' },
  'fileSystem': { granted: false, reason: 'files come by the file input and go by the backend' },
  'fullscreen': { granted: false, reason: 'a full screen can imitate another program and its PIN prompt' },
  'geolocation': { granted: false, reason: 'an office knows where it is' },
  'geolocation-approximate': { granted: false, reason: 'an office knows where it is' },
  'hand-tracking': { granted: false, reason: 'a desk has no use for it' },
  'hid': { granted: false, reason: 'tokens are reached by the token host alone' },
  'idle-detection': { granted: false, reason: 'the shell locks the session by the system’s own idle time' },
  'keyboardLock': { granted: false, reason: 'the system’s keys stay the person’s' },
  'local-fonts': { granted: false, reason: 'fonts ship with the program' },
  'local-network': { granted: false, reason: 'the page has no network' },
  'local-network-access': { granted: false, reason: 'the page has no network' },
  'loopback-network': { granted: false, reason: 'the page has no network' },
  'media': { granted: false, reason: 'no camera and no microphone is used' },
  'mediaKeySystem': { granted: false, reason: 'nothing is played' },
  'midi': { granted: false, reason: 'a desk has no use for it' },
  'midiSysex': { granted: false, reason: 'a desk has no use for it' },
  'nfc': { granted: false, reason: 'tokens are reached by the token host alone' },
  'notifications': { granted: true, reason: 'our own page tells of new documents while the window is behind others; a count, never a title' },
  'openExternal': { granted: false, reason: 'a link in a document must not start another program' },
  'payment-handler': { granted: false, reason: 'nothing is paid' },
  'periodic-background-sync': { granted: false, reason: 'the page has no network; the backend transfers' },
  'persistent-storage': { granted: false, reason: 'nothing of a document lies unencrypted on disk' },
  'pointerLock': { granted: false, reason: 'the pointer stays the person’s' },
  'screen-wake-lock': { granted: false, reason: 'the screen’s lock protects the desk' },
  'sensors': { granted: false, reason: 'a desk has no use for it' },
  'serial': { granted: false, reason: 'tokens are reached by the token host alone' },
  'smart-card': { granted: false, reason: 'tokens are reached by the token host alone' },
  'speaker-selection': { granted: false, reason: 'nothing is played' },
  'storage-access': { granted: false, reason: 'there is no other site' },
  'system-wake-lock': { granted: false, reason: 'the backend asks for it when it transfers, if ever' },
  'top-level-storage-access': { granted: false, reason: 'there is no other site' },
  'usb': { granted: false, reason: 'tokens are reached by the token host alone' },
  'vr': { granted: false, reason: 'a desk has no use for it' },
  'web-app-installation': { granted: false, reason: 'the program is installed by its own installer' },
  'web-printing': { granted: false, reason: 'printing is the shell’s' },
  'window-management': { granted: false, reason: 'windows are the shell’s' },
  'unknown': { granted: false, reason: 'what has no name has no reason' },
} as const satisfies Record<Permission, { readonly granted: boolean; readonly reason: string }>;

type GuardedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'setBluetoothPairingHandler' | 'setUSBProtectedClassesHandler'
>;

/** Chromium asks in several ways; each is answered from the table, for the top frame of our own page alone, and devices are answered no. */
export function guardPermissions(session: GuardedSession): void {
  const isGranted = (permission: string): boolean => Object.hasOwn(permissions, permission) && permissions[permission as Permission].granted;
  const isOurs = (address: string, isMainFrame: boolean): boolean => isMainFrame && isOurPage(address);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) => answer(isGranted(permission) && isOurs(requestingUrl, isMainFrame)));
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, { isMainFrame }) => isGranted(permission) && isOurs(requestingOrigin, isMainFrame));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
}
