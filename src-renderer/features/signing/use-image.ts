import { useEffect, useState } from 'react';

/** A PNG's bytes as an address that an `<img>` can show; given back when the screen leaves it. */
export function useImageUrl(bytes: Uint8Array | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!bytes) return;
    // A copy: the bytes that came over the bridge may be a view on a larger buffer.
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [bytes]);
  return url;
}
