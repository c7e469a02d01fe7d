/** The one page that this program shows. */
export const appScheme = 'app';
export const appUrl = 'app://van-thu/';

/** Protocol and host, never `.origin`: in Node the origin of every `app:` address is the string "null". */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'app:' && url.host === 'van-thu' && url.username === '' && url.password === '';
}
