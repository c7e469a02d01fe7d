/** What looks by itself, and at once when it is known that another day has come. */
export type DayWatch = { readonly look: () => void; readonly stop: () => void };
