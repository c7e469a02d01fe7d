import { X509Certificate, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { organizationCode, personId } from '../../../src-shared/domain/ids.ts';
import { person as personSchema, role as roleSchema } from '../../../src-shared/domain/organization.ts';
import { onProvince, readPassword, whereUsage, wrong, type Command } from '../command-line.ts';

const usage = `van-thu-server account add USER --name "FULL NAME" --unit CODE --role clerk|leader|officer|administrator
                            [--position TEXT] [--person ID] [--home CODE] [--token-only] [--keep-password]
van-thu-server account password USER
van-thu-server account disable|enable USER
van-thu-server account certificate USER bind|unbind FILE|SHA-256
van-thu-server account list [--unit CODE]

Passwords come from standard input or from the environment variable VAN_THU_PASSWORD, never from the command line. A password given here is changed at its first use.
  --unit CODE      where the person acts
  --home CODE      the person's own unit, where it is another one
  --person ID      one person with several accounts has one id; default: the user name
  --token-only     no password: the account opens with its token alone
  --keep-password  the password need not be changed at its first use
${whereUsage}`;

const options = {
  name: { type: 'string' }, unit: { type: 'string' }, role: { type: 'string' }, position: { type: 'string' }, person: { type: 'string' }, home: { type: 'string' },
  'token-only': { type: 'boolean' }, 'keep-password': { type: 'boolean' },
} as const;

export const account: Command = (argv, io) =>
  onProvince(argv, options, usage, io, async ({ values, positionals: [what, user, deed, certificate] }, { core: { admin }, storage }) => {
    if (what === 'list') {
      const unit = values['unit'] === undefined ? null : organizationCode.parse(values['unit']);
      for (const each of await admin.accounts(unit)) {
        io.out(`${[each.user, each.unit.code, each.role, each.person.fullName, each.disabled ? 'disabled' : 'open', each.password === null ? 'token only' : '', `${each.certificates.length} certificates`].join('\t')}\n`);
      }
      return 0;
    }
    if (user === undefined) return wrong(usage, io);
    if (what === 'add') {
      const unit = organizationCode.safeParse(values['unit']);
      const home = organizationCode.safeParse(values['home'] ?? values['unit']);
      const role = roleSchema.safeParse(values['role']);
      const id = personId.safeParse(values['person'] ?? user);
      if (!unit.success || !home.success || !role.success || !id.success || typeof values['name'] !== 'string') return wrong(usage, io);
      if ((await storage.read((tx) => tx.directory.find(unit.data))) === null) {
        io.err(`Chưa có đơn vị ${unit.data} trong danh bạ; hãy nhập danh bạ trước. / The directory has no ${unit.data}; import it first.\n`);
        return 1;
      }
      const known = await storage.read((tx) => tx.accounts.findPerson(id.data));
      const person = personSchema.parse({ id: id.data, fullName: values['name'], position: values['position'] ?? known?.position ?? '', unit: home.data, roles: [...new Set([...(known?.roles ?? []), role.data])] });
      const password = values['token-only'] === true ? null : await readPassword(io);
      if (password === null && values['token-only'] !== true) return 2;
      await admin.addPerson({ person, user, password, unit: unit.data, role: role.data, mustChange: password !== null && values['keep-password'] !== true });
      io.out(`${user}: ${unit.data}, ${role.data}\n`);
      return 0;
    }
    if (what === 'password') {
      const password = await readPassword(io);
      if (password === null) return 2;
      await admin.setPassword(user, password);
    } else if (what === 'disable' || what === 'enable') await admin.setDisabled(user, what === 'disable');
    else if (what === 'certificate' && (deed === 'bind' || deed === 'unbind') && certificate !== undefined) {
      const thumbprint = thumbprintOf(certificate);
      await (deed === 'bind' ? admin.bindCertificate : admin.unbindCertificate)(user, thumbprint);
      io.out(`${thumbprint}\n`);
    } else return wrong(usage, io);
    io.out(`${user}: ${what}\n`);
    return 0;
  });

/** SHA-256 of the DER, as given or of the file's certificate (PEM or DER). */
function thumbprintOf(given: string): string {
  if (/^[0-9A-Fa-f]{64}$/.test(given)) return given.toLowerCase();
  return createHash('sha256').update(new X509Certificate(readFileSync(given)).raw).digest('hex');
}
