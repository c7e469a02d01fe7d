/** The bar over a desk whose session has ended asks for the password; null while it is not there. */
export function askForSignIn(): (() => void) | null {
  const button = document.querySelector<HTMLButtonElement>('.session-expired button');
  return button && (() => button.click());
}
