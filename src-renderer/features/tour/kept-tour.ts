/** A tour that was begun, finished or declined: the stop at which it goes on. */
export type KeptTour = { readonly at: number };

/** What an older version kept may have another form: then the tour begins anew, and nobody is asked again. */
export function readKeptTour(json: string): KeptTour {
  try {
    const value: unknown = JSON.parse(json);
    const at = typeof value === 'object' && value !== null && 'at' in value ? value.at : 0;
    return { at: typeof at === 'number' && Number.isInteger(at) && at > 0 ? at : 0 };
  } catch (error) {
    if (error instanceof SyntaxError) return { at: 0 };
    throw error;
  }
}
