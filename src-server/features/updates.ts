import { createReadStream, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { updateQuestion, type UpdateChannel, type UpdatePlatform } from '../../src-shared/protocol/update.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import { answerRange } from '../http/range.ts';
import type { Call, Route } from '../http/router.ts';
import type { SignedIn } from './deps.ts';
import { chooseRelease, isForUnit } from './updates-choice.ts';
import type { Release, ReleaseFolder } from './updates-folder.ts';
import { latestYml } from './updates-yml.ts';

const chunkBytes = 256 * 1024;
const missing = (): Reply => refuse({ code: 'not-found', params: { what: '' } });

/** Versions of the program, to desks that have a session. Without a folder there are none, and every call is 404. */
export function updateRoutes(folder: ReleaseFolder | null): readonly Route[] {
  /** GET /v1/updates/release?station=&installed=&channel=&platform= */
  function release({ url, request }: Call, session: SignedIn): Reply {
    if (folder === null) return missing();
    const question = updateQuestion.safeParse(Object.fromEntries(url.searchParams));
    if (!question.success) return refuse({ code: 'input.invalid', params: { where: String(question.error.issues[0]?.path[0] ?? 'query') } });
    const signed = chooseRelease(folder.releases(), session.unit.code, question.data)?.signed ?? null;
    if (signed === null) return json(200, { release: null });
    // a manifest is thousands of bytes of hashes, and most questions find nothing new
    const etag = `"${createHash('sha256').update(signed.manifest).digest('hex').slice(0, 32)}"`;
    return request.headers['if-none-match'] === etag ? { status: 304, headers: { etag } } : { ...json(200, { release: signed }), headers: { etag } };
  }

  /** What electron-updater's generic provider asks for: `latest.yml`, `beta.yml`, `latest-linux.yml`. `station`, `installed`: as above; without them its own lot decides (`stagingPercentage`). */
  function yml({ url, params, request }: Call, session: SignedIn): Reply {
    const [name = ''] = params;
    const channel: UpdateChannel = name.startsWith('beta') ? 'beta' : 'latest';
    const platform: UpdatePlatform = name.endsWith('-linux') ? 'linux-x64' : url.searchParams.get('arch') === 'ia32' ? 'win32-ia32' : 'win32-x64';
    const asked = { station: url.searchParams.get('station'), installed: url.searchParams.get('installed') ?? '0.0.0', channel, platform };
    const known = updateQuestion.safeParse(asked);
    const chosen = folder === null ? null : known.success ? chooseRelease(folder.releases(), session.unit.code, known.data) : newestOf(folder.releases(), session, channel, platform);
    if (chosen === null) return missing();
    const text = latestYml(chosen.manifest, known.success ? 100 : chosen.percent);
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return { status: 200, headers: { etag, 'content-type': 'text/yaml; charset=utf-8', 'cache-control': 'no-cache' }, bytes: Buffer.from(text, 'utf8') };
  }

  /** An installer or its blockmap, by ranges. One that was withdrawn, or is not for this unit, is not there. */
  function file({ params, request }: Call, session: SignedIn): Reply {
    const [name = ''] = params;
    const installer = name.replace(/\.blockmap$/, '');
    const found = folder?.releases().find((each) => each.file === installer && isForUnit(each, session.unit.code));
    if (folder === null || found === undefined) return missing();
    const read = (start: number, end: number): AsyncIterable<Uint8Array> => createReadStream(folder.pathOf(name), { start, end, highWaterMark: chunkBytes });
    if (name === installer) return answerRange(request, { name: found.manifest.file.sha256, size: found.manifest.file.sizeBytes, read });
    const stat = statSync(folder.pathOf(name), { throwIfNoEntry: false });
    return stat === undefined ? missing() : answerRange(request, { name: `${found.manifest.file.sha256.slice(0, 32)}-${stat.size}-map`, size: stat.size, read });
  }

  const path = /^\/v1\/updates\/([A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:exe|AppImage)(?:\.blockmap)?)$/;
  return [
    { method: 'GET', path: /^\/v1\/updates\/release$/, name: 'update-release', handle: release },
    { method: 'GET', path: /^\/v1\/updates\/((?:latest|beta)(?:-linux)?)\.yml$/, name: 'update-yml', handle: yml },
    { method: 'GET', path, name: 'update-file', handle: file },
    { method: 'HEAD', path, name: 'update-file', handle: file },
  ];
}

/** For who does not say where it stands: the newest that is not a way back. */
function newestOf(releases: readonly Release[], session: SignedIn, channel: UpdateChannel, platform: UpdatePlatform): Release | null {
  return chooseRelease(releases.filter(({ manifest }) => manifest.rollbackFrom.length === 0).map((each) => ({ ...each, percent: 100 })), session.unit.code, { station: 'nobody-in-particular', installed: '0.0.0', channel, platform });
}
