/** One line of JSON for each test that ended: the programs of Windows give their pipes no output here, so it goes to a file. */
export type Told = { readonly file: string; readonly name: string; readonly ok: boolean; readonly skipped: boolean; readonly error: string };

type TestEvent = { readonly type: string; readonly data: { readonly name?: string; readonly file?: string; readonly skip?: boolean | string; readonly details?: { readonly type?: string; readonly error?: { readonly cause?: { readonly message?: string }; readonly message?: string } } } };

// oxlint-disable-next-line import/no-default-export -- node:test asks for it
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue;
    const { error } = data.details ?? {};
    const told: Told = { file: data.file ?? '', name: data.name ?? '', ok: type === 'test:pass', skipped: data.skip !== undefined && data.skip !== false, error: error?.cause?.message ?? error?.message ?? '' };
    yield `${JSON.stringify(told)}\n`;
  }
}
