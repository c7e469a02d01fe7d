/** For paper: dark enough for a copy in black and white. No meaning hangs on them alone. */
export const colours = { ink: '#111111', quiet: '#4d4d4d', hairline: '#b5b5b5', tint: '#f3f3f1', good: '#17633a', amber: '#8a5200', bad: '#9b1c1c', open: '#2b4a7a' } as const;
