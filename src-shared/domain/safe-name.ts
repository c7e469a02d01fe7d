const longest = 80;

/** A name for a file or folder that Windows, macOS and Linux all take, marks kept. Never empty, never a device's, never a way out of its folder. */
export function safeName(text: string): string {
  // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: signs, names of devices, and an ending dot or space
  // oxlint-disable-next-line no-control-regex -- control signs are what is taken out
  const plain = text.normalize('NFC').replace(/[<>:"/\\|?*\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '-').trim();
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 && plain.length - dot <= 8 ? plain.slice(dot) : '';
  const stem = Array.from(plain.slice(0, plain.length - ending.length)).slice(0, longest).join('').replace(/^[. ]+|[. ]+$/g, '');
  const whole = `${stem === '' ? '_' : stem}${ending}`.replace(/[. ]+$/, '');
  return /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i.test(whole) ? `_${whole}` : whole;
}
