import { maxPackageSliceBytes, type CarriedAction, type PackageOutside } from '../../../src-shared/contract/packages.ts';
import { describeError } from '../../../src-shared/errors.ts';
import type { PackageHeader } from '../../../src-shared/protocol/package.ts';
import { joined } from '../../../src-shared/protocol/package.ts';
import type { CommandAnswer } from '../../../src-shared/protocol/wire.ts';
import { fail, ok } from '../../../src-shared/result.ts';
import type { Carriage, MadePackage } from '../../ports/packages.ts';
import type { DeskContext } from '../context.ts';
import type { Handlers } from '../handlers.ts';

type PackageHandlers = Pick<Handlers, Extract<keyof Handlers, `packages.${string}`>>;

/** One person makes or carries one at a time; more at once are pages that have lost their way. */
const maxOpen = 4;

export function packageHandlers(context: DeskContext): PackageHandlers {
  const { packages, store, sync } = context;
  const made = new Map<string, MadePackage>();
  const carriages = new Map<string, Carriage>();

  return {
    'packages.waiting': () => ok({ ...packages.waiting(), ready: packages.isReady(), last: packages.last() }),
    'packages.begin': async ({ whole }) => {
      // with a line the key is had at once; without one what was had before is used
      if (!packages.isReady()) await packages.prepare();
      const begun = packages.make({ whole });
      if (!begun.ok) return begun;
      const { header, fileName, sizeBytes } = begun.value;
      keep(made, header.id, begun.value);
      context.emit('documents.changed', { ids: [...new Set(store.outbox().map(({ command }) => command.document))], at: context.now().toISOString() });
      return ok({ made: header.id, fileName, sizeBytes, package: outsideOf(header) });
    },
    'packages.next': ({ made: id }) => {
      const one = made.get(id);
      if (one === undefined) return fail('not-found', { what: 'package' });
      const bytes = nextSlice(one);
      if (bytes.length === 0) made.delete(id);
      return ok({ bytes });
    },
    'packages.open': async ({ head }) => {
      const opened = await packages.carry(head);
      if (!opened.ok) return opened;
      const id = context.newId();
      keep(carriages, id, opened.value);
      return ok({ carriage: id, package: outsideOf(opened.value.header), offset: opened.value.offset() });
    },
    'packages.send': async ({ carriage, offset, bytes }) => {
      const one = carriages.get(carriage);
      if (one === undefined) return fail('not-found', { what: 'package' });
      // from somewhere else: the page is told where to go on
      if (offset !== one.offset()) return ok({ offset: one.offset() });
      return one.send(bytes);
    },
    'packages.finish': async ({ carriage }) => {
      const one = carriages.get(carriage);
      if (one === undefined) return fail('not-found', { what: 'package' });
      const before = new Map(store.outbox().map(({ command, title }) => [command.id, { title, type: command.type }]));
      const answers = await one.finish();
      if (!answers.ok) return answers;
      carriages.delete(carriage);
      // this desk's own among them are settled by its own line, with the same answers
      void sync.kick();
      return ok({ actions: answers.value.map((answer) => actionOf(answer, before.get(answer.id) ?? null)) });
    },
  };
}

function keep<T>(open: Map<string, T>, id: string, value: T): void {
  const [oldest] = open.keys();
  if (open.size >= maxOpen && oldest !== undefined) open.delete(oldest);
  open.set(id, value);
}

/** Blocks put together to what one call may carry; empty at the end. */
function nextSlice({ next }: MadePackage): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  // a block is 256 KiB and a little
  while (size === 0 || size < maxPackageSliceBytes / 2) {
    const part = next();
    if (part === null) break;
    parts.push(part);
    size += part.length;
  }
  return joined(...parts);
}

function outsideOf({ id, unit, fullName, madeAt, commands, contents, contentBytes }: PackageHeader): PackageOutside {
  return { id, unit: unit.name, person: fullName, madeAt, commands, contents, contentBytes };
}

function actionOf(answer: CommandAnswer, own: CarriedAction['own']): CarriedAction {
  const error = answer.status === 'rejected' ? answer.error : answer.status === 'conflict' ? { code: 'sync.conflict' as const } : null;
  return {
    id: answer.id, status: answer.status, own,
    problem: error === null ? null : { code: error.code, message: describeError(error) },
  };
}
