import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { updateChannel, updatePackageSuffix, updatePlatform } from '../src-shared/protocol/update.ts';
import { describeRelease, packRelease, publicKeyOf, signRelease } from './release.ts';

const usage = `node build/sign-release.ts FILE.exe --version V [--channel latest|beta] [--platform win32-x64|win32-ia32|linux-x64] [--minimum V] [--minimum-system V]
                           [--rollback-from V]… --notes-vi FILE --notes-en FILE
node build/sign-release.ts --public-key

Signs an installer for the desks: writes FILE.exe.release.json beside it ("van-thu-server release add" takes both), and FILE.exe${updatePackageSuffix} for a USB stick.
VAN_THU_RELEASE_KEYS names the private keys, Ed25519 in PEM, divided by commas (openssl genpkey -algorithm ed25519). Two of them while a key is being renewed.
--public-key prints what belongs into resources/update-keys.json.
`;

const { values, positionals: [file] } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'string' }, channel: { type: 'string', default: 'latest' }, platform: { type: 'string', default: 'win32-x64' }, minimum: { type: 'string' }, 'minimum-system': { type: 'string' },
    'rollback-from': { type: 'string', multiple: true }, 'notes-vi': { type: 'string' }, 'notes-en': { type: 'string' }, 'public-key': { type: 'boolean' },
  },
});
const keyFiles = (process.env['VAN_THU_RELEASE_KEYS'] ?? '').split(',').filter((each) => each !== '');
if (keyFiles.length === 0 || (values['public-key'] !== true && (file === undefined || values.version === undefined || values['notes-vi'] === undefined || values['notes-en'] === undefined))) {
  process.stderr.write(usage);
  process.exit(2);
}
const keys = keyFiles.map((each) => createPrivateKey(readFileSync(each)));
if (file === undefined) process.stdout.write(`${JSON.stringify(keys.map((key) => ({ ...publicKeyOf(key), name: '' })), null, 2)}\n`);
else {
  const manifest = describeRelease(file, {
    version: values.version ?? '', channel: updateChannel.parse(values.channel), platform: updatePlatform.parse(values.platform), released: new Date().toISOString(), minimum: values.minimum ?? null,
    minimumSystem: values['minimum-system'] ?? null, rollbackFrom: values['rollback-from'] ?? [], notes: { vi: readFileSync(values['notes-vi'] ?? '', 'utf8').trim(), en: readFileSync(values['notes-en'] ?? '', 'utf8').trim() },
  });
  const signed = signRelease(manifest, keys);
  writeFileSync(`${file}.release.json`, `${JSON.stringify(signed)}\n`);
  await packRelease(file, signed, `${file}${updatePackageSuffix}`);
}
