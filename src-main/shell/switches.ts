/**
 * Chromium's own command line takes the walls of this program down: a debugging port gives the page to anyone on the machine, others turn off the
 * sandbox, the same-origin rules or the checking of certificates, or start another program in place of ours. The fuses are about Node's switches alone
 * (build/packaging/fuses.ts); an installed program that is started with one of these does not open.
 */
const forbidden = [
  'remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins', 'auto-open-devtools-for-tabs',
  'inspect', 'inspect-brk', 'inspect-port', 'js-flags',
  'no-sandbox', 'disable-gpu-sandbox', 'single-process', 'in-process-gpu', 'no-zygote', 'allow-sandbox-debugging',
  'disable-web-security', 'disable-site-isolation-trials', 'allow-file-access-from-files', 'allow-running-insecure-content', 'unsafely-treat-insecure-origin-as-secure',
  'ignore-certificate-errors', 'ignore-certificate-errors-spki-list', 'ssl-key-log-file', 'log-net-log',
  'host-rules', 'host-resolver-rules', 'proxy-server', 'proxy-pac-url',
  'load-extension', 'disable-extensions-except', 'enable-blink-features', 'enable-experimental-web-platform-features',
  'renderer-cmd-prefix', 'utility-cmd-prefix', 'gpu-launcher', 'ppapi-plugin-launcher', 'browser-subprocess-path', 'user-data-dir', 'password-store',
] as const;

/** The first switch of the command line that an installed program does not take; null when there is none. Chromium takes `-x` and, on Windows, `/x` and any case as well. */
export function findForbiddenSwitch(argv: readonly string[], platform: NodeJS.Platform): string | null {
  for (const word of argv.slice(1)) {
    // all that follows a bare `--` is a file's name to Chromium
    if (word === '--') return null;
    const name = /^(?:--?|\/)([^=]+)/.exec(platform === 'win32' ? word.toLowerCase() : word.startsWith('/') ? '' : word)?.[1];
    const found = forbidden.find((one) => one === name);
    if (found !== undefined) return found;
  }
  return null;
}
