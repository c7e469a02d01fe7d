import { audit } from './vi/audit.ts';
import { conflicts } from './vi/conflicts.ts';
import { documents } from './vi/documents.ts';
import { dossiers } from './vi/dossiers.ts';
import { forms } from './vi/forms.ts';
import { issuing } from './vi/issuing.ts';
import { kit } from './vi/kit.ts';
import { line } from './vi/line.ts';
import { lists } from './vi/lists.ts';
import { machine } from './vi/machine.ts';
import { marking } from './vi/marking.ts';
import { office } from './vi/office.ts';
import { outbox } from './vi/outbox.ts';
import { packages } from './vi/packages.ts';
import { palette } from './vi/palette.ts';
import { registers } from './vi/registers.ts';
import { session } from './vi/session.ts';
import { settings } from './vi/settings.ts';
import { shell } from './vi/shell.ts';
import { signing } from './vi/signing.ts';
import { tasks } from './vi/tasks.ts';
import { tokens } from './vi/tokens.ts';
import { trust } from './vi/trust.ts';
import { updates } from './vi/updates.ts';
import { verification } from './vi/verification.ts';
import { viewer } from './vi/viewer.ts';

/** Every word of the screens, Vietnamese first, a file an area. `{name}` is filled by `t`. `en` must carry the same keys: the types say so. */
export const vi = { ...audit, ...conflicts, ...documents, ...dossiers, ...forms, ...issuing, ...kit, ...line, ...lists, ...machine, ...marking, ...office, ...outbox, ...packages, ...palette, ...registers, ...session, ...settings, ...shell, ...signing, ...tasks, ...tokens, ...trust, ...updates, ...verification, ...viewer } as const;
