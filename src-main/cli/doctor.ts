import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeCheck, judgeMachine, type CheckState } from '../../src-shared/domain/diagnosis.ts';
import { createMachine } from '../backend/machine.ts';
import { version } from '../backend/version.ts';
import { gatherFacts } from '../features/diagnostics/facts.ts';
import { findProfile } from '../office/profile.ts';
import { createTokens } from '../token/client.ts';
import { discoverHere } from '../token/discover-here.ts';
import { refuse, type ExitCode, type Terminal } from './output.ts';

/** `profile` null: where the installed program keeps it on this system. `server` null: the profile's own. */
export type DoctorOptions = { readonly profile: string | null; readonly server: string | null; readonly modules: readonly string[]; readonly json: boolean };

const signs = { ok: '✓', warn: '!', bad: '✗', unknown: '?' } as const satisfies Readonly<Record<CheckState, string>>;

/** Looks at this machine without opening anybody's desk. 0 where nothing is wrong, 1 where something has to be seen to. */
export async function doctor({ profile, server, modules, json }: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const usual = usualProfiles(process.platform, process.env).map((folder) => join(folder, 'office'));
  const dir = profile !== null ? join(profile, 'office') : (usual.find((folder) => existsSync(folder)) ?? usual[0] ?? '');
  const found = findProfile(dir);
  if (!found.ok) return refuse(terminal, found.error);
  const serverUrl = server ?? found.value?.serverUrl ?? null;
  const tokens = createTokens({ drivers: modules.length > 0 ? modules : discoverHere() });
  try {
    const facts = await gatherFacts({ version, machine: createMachine({ dir: join(dir, 'desk'), serverUrl, crashesIn: dirname(dir) }), tokens, proxy: false, work: null, now: () => new Date() });
    const checks = judgeMachine(facts);
    if (json) terminal.out(JSON.stringify({ checks: checks.map(({ id, state }) => ({ id, state })), facts }, null, 2));
    else for (const check of checks) terminal.out(`${signs[check.state]} ${describeCheck(check, terminal.locale)}`);
    return checks.some(({ state }) => state === 'bad') ? 1 : 0;
  } finally {
    await tokens.close();
  }
}

/** Where Electron keeps a program's own folder (app.getPath('userData')), under the name of the package or of the product. */
export function usualProfiles(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  const roots = { win32: env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), darwin: join(homedir(), 'Library', 'Application Support') } as const;
  const root = platform === 'win32' || platform === 'darwin' ? roots[platform] : (env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'));
  return ['van-thu', 'Văn Thư'].map((name) => join(root, name));
}
