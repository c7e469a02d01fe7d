import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { fuses } from './fuses.ts';
import { findNeedless } from './modules.ts';

const root = join(import.meta.dirname, '../..');

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What `electron-builder.yml` cannot say: it depends on the packages that are installed and on the machine that builds. `VAN_THU_INSTALL=user` makes the installer for
 * people who may not install for everyone; without it the program lies where only an administrator writes, as a signing program should. Everything about signing comes
 * from the environment, see `signing`.
 */
export function compute(env: Environment): Configuration {
  const forUser = env['VAN_THU_INSTALL'] === 'user';
  return {
    files: findNeedless(root).map((place) => `!${place}/**`),
    electronFuses: fuses,
    win: {
      // ia32 is not built: the store has no 32-bit binary. A driver that exists in 32 bits alone is named as such (`token.driver-unloadable`)
      target: [{ target: 'nsis', arch: ['x64'] }, ...(forUser ? [] : [{ target: 'zip' as const, arch: ['x64' as const] }])],
      artifactName: forUser ? 'VanThu-${version}-${arch}-user.${ext}' : 'VanThu-${version}-${arch}.${ext}',
      ...signing(env),
    },
    forceCodeSigning: env['VAN_THU_SIGN'] === 'required',
    nsis: { perMachine: !forUser, allowElevation: !forUser },
  };
}

/**
 * Azure Trusted Signing where `VAN_THU_AZURE_ENDPOINT`, `_ACCOUNT`, `_PROFILE` and `_PUBLISHER` say so (its own secrets are AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET);
 * otherwise signtool, with the certificate of WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD or the one of `VAN_THU_SIGN_SUBJECT` in the machine's store or token. Nothing of it stands in a file.
 */
function signing(env: Environment): Pick<NonNullable<Configuration['win']>, 'azureSignOptions' | 'signtoolOptions'> {
  const { VAN_THU_AZURE_ENDPOINT: endpoint, VAN_THU_AZURE_ACCOUNT: account, VAN_THU_AZURE_PROFILE: profile, VAN_THU_AZURE_PUBLISHER: publisher } = env;
  if (endpoint !== undefined && account !== undefined && profile !== undefined && publisher !== undefined) {
    return { azureSignOptions: { endpoint, codeSigningAccountName: account, certificateProfileName: profile, publisherName: publisher } };
  }
  const subject = env['VAN_THU_SIGN_SUBJECT'];
  const timeStamp = env['VAN_THU_SIGN_TSA'];
  return {
    signtoolOptions: {
      signingHashAlgorithms: ['sha256'],
      ...(subject === undefined ? {} : { certificateSubjectName: subject }),
      ...(timeStamp === undefined ? {} : { rfc3161TimeStampServer: timeStamp }),
    },
  };
}

// oxlint-disable-next-line import/no-default-export -- electron-builder asks for it
export default (): Configuration => compute(process.env);
