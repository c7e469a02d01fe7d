import { useEffect, useState } from 'react';

/** Counts down how long the server still refuses to look at a password. */
export function useLockedFor(): { readonly seconds: number; readonly start: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (until === 0) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) setUntil(0);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return {
    seconds,
    start: (length) => {
      setNow(Date.now());
      setUntil(Date.now() + length * 1000);
    },
  };
}
