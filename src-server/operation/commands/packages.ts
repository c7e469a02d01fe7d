import { onProvince, whereUsage, wrong, type Command } from '../command-line.ts';
import { importPackages } from '../../features/packages-import.ts';
import { readPackageKey, retirePackageKey, rotatePackageKey } from '../../features/packages-keys.ts';
import { revokeStation } from '../../features/packages-stations.ts';

const importUsage = `van-thu-server import FILE… [--json]

Takes in packages that offices carried here by hand. What they hold acts as its author, as if it had come by line; the same package again, or what
came by line in the meantime, changes nothing. May run beside the server, over the same database and content.
  --json          one line of JSON a file
${whereUsage}Exit: 0 everything has its effect, 1 some actions were refused or clash, 2 a package was not taken in
`;

export const importCommand: Command = (argv, io) =>
  onProvince(argv, { json: { type: 'boolean' } }, importUsage, io, async ({ values, positionals }, { core }) =>
    positionals.length === 0 ? wrong(importUsage, io) : importPackages(positionals, core.takePackage, values['json'] === true, io.out));

const packageUsage = `van-thu-server package key
van-thu-server package rotate-key
van-thu-server package retire-key ID
van-thu-server package revoke-station SIGNER

  key             prints the id of the key that packages are sealed for
  rotate-key      makes another one; packages for the ones before are opened until those are retired
  retire-key      closes for ever what was sealed for it: do so when no stick from before can still be under way
  revoke-station  refuses from now on what this station has signed (a machine or a stick was lost); SIGNER stands in the audit and in "van-thu package show"
${whereUsage}`;

export const packageCommand: Command = (argv, io) =>
  onProvince(argv, {}, packageUsage, io, async ({ positionals: [what, name, ...more] }, { storage }) => {
    const told = (done: boolean): number => {
      if (!done) io.err(`Không có "${name}". / There is no "${name}".\n`);
      return done ? 0 : 1;
    };
    if (more.length > 0) return wrong(packageUsage, io);
    if (what === 'key' && name === undefined) io.out(`${(await readPackageKey(storage)).id}\n`);
    else if (what === 'rotate-key' && name === undefined) io.out(`${await rotatePackageKey(storage)}\n`);
    else if (what === 'retire-key' && name !== undefined) return told(await retirePackageKey(storage, name));
    else if (what === 'revoke-station' && name !== undefined) return told(await revokeStation(storage, name, Date.now(), () => true));
    else return wrong(packageUsage, io);
    return 0;
  });
