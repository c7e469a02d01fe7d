export type Step = { readonly label: string; readonly detail?: string | undefined; readonly state: 'done' | 'current' | 'ahead' | 'stopped' };
