/** Structured; fields carry codes, ids, sizes and times: never a PIN, a key, a title or a document's text. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;
