/** `36,5` and `36.5` alike; null for what no image has. */
export function readMm(text: string): number | null {
  const mm = Number(text.replace(',', '.'));
  return text.trim() !== '' && mm >= 5 && mm <= 120 ? mm : null;
}
