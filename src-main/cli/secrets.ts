import { fail, ok, type Result } from '../../src-shared/result.ts';

/** Where a PIN and a file's password are, by the names of environment variables; null: there is none. */
export type Secrets = { readonly pinVariable: string | null; readonly passwordVariable: string | null };

/** Taken out of the environment, so that no driver's process inherits them. Error: `cli.usage` names the variable that has no value. */
export function takeSecrets({ pinVariable, passwordVariable }: Secrets, env: NodeJS.ProcessEnv): Result<{ readonly pin: string | null; readonly password: string | null }> {
  const [pin, password] = [take(env, pinVariable), take(env, passwordVariable)];
  if (pinVariable !== null && pin === null) return fail('cli.usage', { what: `--pin-env ${pinVariable}` });
  if (passwordVariable !== null && password === null) return fail('cli.usage', { what: `--user-password-env ${passwordVariable}` });
  return ok({ pin, password });
}

function take(env: NodeJS.ProcessEnv, variable: string | null): string | null {
  if (variable === null) return null;
  const secret = env[variable];
  delete env[variable];
  return secret === undefined || secret === '' ? null : secret;
}
