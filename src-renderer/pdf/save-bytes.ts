/** Hands these bytes to the browser as a download of that name. */
export function saveBytes(parts: readonly Uint8Array<ArrayBuffer>[], fileName: string, type = 'application/pdf'): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser takes the blob when the click is handled, not before.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
