/** pdfjs-dist ships no types for its worker; the only thing taken from it is that it is one. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown;
}
