import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { fuses } from './fuses.ts';
import { findNeedless } from './modules.ts';

const root = join(import.meta.dirname, '../..');

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What electron-builder makes. `VAN_THU_INSTALL=user` makes the installer for people who may not install for everyone; without it the program lies where only an
 * administrator writes, as a signing program should. Everything about signing comes from the environment, see `signing`.
 */
export function createConfiguration(env: Environment): Configuration {
  const forUser = env['VAN_THU_INSTALL'] === 'user';
  return {
    appId: 'vn.gov.vanthu',
    productName: 'Văn Thư',
    executableName: 'van-thu',
    copyright: 'UNLICENSED',
    directories: { output: 'out', buildResources: 'build/packaging/resources' },
    files: [
      'dist/{renderer,preload,shell,backend}/**',
      'resources/**',
      '!resources/{server,edxml}/**', // the province's, and the schema for people who read it
      'package.json',
      '!**/*.map',
      '!**/.made',
      ...findNeedless(root).map((place) => `!${place}/**`),
      // of what is needed: what is only compiled, read by people or run elsewhere
      '!node_modules/**/*.{d.ts,d.mts,d.cts,ts,mts,cts,c,cc,cpp,h,hpp,gyp,gypi,flow,markdown,yml,tsbuildinfo}',
      '!node_modules/**/{test,tests,__tests__,example,examples,docs,bench,benchmark,.github}/**',
      '!node_modules/better-sqlite3/{deps,src}/**',
      '!node_modules/pkcs11js/{src,includes}/**',
      '!node_modules/pkcs11js/build/{Makefile,*.mk,config.gypi,binding.Makefile}',
      '!node_modules/pkcs11js/build/Release/{obj.target,.deps,obj}/**',
      '!node_modules/pdfjs-dist/{build,web,types,image_decoders,iccs}/**',
      '!node_modules/pdfjs-dist/legacy/{web,image_decoders}/**',
      '!node_modules/pdfjs-dist/legacy/build/*.min.mjs',
      '!node_modules/pdfjs-dist/legacy/build/pdf.sandbox.mjs', // runs scripts of documents; we run none
      '!node_modules/pdfjs-dist/wasm/quickjs*',
      '!node_modules/pdfmake/{build,src,fonts}/**',
      '!node_modules/pdfkit/js/pdfkit.standalone.js',
      '!node_modules/zod/src/**',
    ],
    // for whoever looks after the machine: what is inside, and under whose terms
    extraFiles: [{ from: 'dist/legal', to: 'legal' }],
    asar: true,
    // natives are loaded from files
    asarUnpack: ['node_modules/better-sqlite3/**', 'node_modules/pkcs11js/**', 'node_modules/@napi-rs/**'],
    // Node-API binaries fit Electron as they are
    npmRebuild: false,
    electronLanguages: ['vi', 'en-US'],
    electronFuses: fuses,
    // nothing is published from here: a province puts a new version on its own server
    publish: null,
    win: {
      files: foreignNatives('win32'),
      // ia32 is not built: the store has no 32-bit binary. A driver that exists in 32 bits alone is named as such (`token.driver-unloadable`)
      target: [{ target: 'nsis', arch: ['x64'] }, ...(forUser ? [] : [{ target: 'zip' as const, arch: ['x64' as const] }])],
      artifactName: forUser ? 'VanThu-${version}-${arch}-user.${ext}' : 'VanThu-${version}-${arch}.${ext}',
      requestedExecutionLevel: 'asInvoker', // the program never needs an administrator
      ...signing(env),
    },
    forceCodeSigning: env['VAN_THU_SIGN'] === 'required',
    nsis: {
      oneClick: false,
      perMachine: !forUser,
      allowElevation: !forUser,
      allowToChangeInstallationDirectory: false, // a signing program lies where only an administrator writes
      deleteAppDataOnUninstall: false, // documents outlive the program
      installerLanguages: ['vi_VN', 'en_US'],
      language: '1066', // Vietnamese
      displayLanguageSelector: false,
      shortcutName: 'Văn Thư',
      uninstallDisplayName: 'Văn Thư ${version}',
      differentialPackage: false, // the desk fetches whole versions, resumable (src-main/updates)
    },
    mac: { files: foreignNatives('darwin'), target: [{ target: 'dmg', arch: ['universal'] }], category: 'public.app-category.business' },
    linux: { files: foreignNatives('linux'), target: [{ target: 'AppImage', arch: ['x64'] }, { target: 'deb', arch: ['x64'] }], category: 'Office', maintainer: 'Văn Thư', artifactName: 'van-thu-${version}-${arch}.${ext}' },
  };
}

/** Of the binaries for every system that come with the packages, the ones that do not fit. */
function foreignNatives(platform: 'win32' | 'darwin' | 'linux'): string[] {
  // a list of nothing but refusals would mean everything else there is
  return ['package.json', `!node_modules/better-sqlite3/prebuilds/!(${platform}-\${arch}).node`, `!node_modules/@napi-rs/canvas-!(${platform}-\${arch}*)/**`];
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
