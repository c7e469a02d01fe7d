/** One import as it is written. `typeOnly` imports leave nothing at run time, yet the walls hold for them too. */
export type Import = { readonly specifier: string; readonly line: number; readonly typeOnly: boolean };

/**
 * Every module that a source names: `import`, `export … from`, `import()`, `import('…').Type`, `require()` and `new URL('…', import.meta.url)`.
 * Comments and text are taken out first, so that words about imports are none.
 */
export function findImports(source: string): readonly Import[] {
  const { code, strings } = blank(source);
  const found: Import[] = [];
  // «0» stands for the string with that index
  const patterns: readonly RegExp[] = [
    /(?<![\w$.])(?:import|export)(\s+type)?(?:\s*[\w$*{][^;'"`«»]*?)?(?:\s*from)\s*«(\d+)»/g,
    /(?<![\w$.])import()\s*«(\d+)»/g,
    /(?<![\w$.])(?:import|require)()\s*\(\s*«(\d+)»/g,
    /new URL()\(\s*«(\d+)»\s*,\s*import\.meta\.url/g,
  ];
  for (const [which, pattern] of patterns.entries()) {
    for (const match of code.matchAll(pattern)) {
      const specifier = strings[Number(match[2])];
      if (specifier === undefined) continue;
      // a URL of a folder or of data is no module
      if (which === 3 && !/\.[cm]?[jt]sx?$/.test(specifier)) continue;
      found.push({ specifier, line: code.slice(0, match.index).split('\n').length, typeOnly: (match[1] ?? '') !== '' });
    }
  }
  return found;
}

/** Imports whose module is computed: nobody can say where they lead, so they are not allowed in the source rooms. */
export function findComputedImports(source: string): readonly number[] {
  const { code } = blank(source);
  return [...code.matchAll(/(?<![\w$.])(?:import|require)\s*\(\s*(?!«\d+»\s*[,)])[^)\s]/g)].map((match) => code.slice(0, match.index).split('\n').length);
}

/** Comments become spaces, plain strings become «index»; template and regular-expression text is dropped, their `${}` code is kept. */
function blank(source: string): { readonly code: string; readonly strings: readonly string[] } {
  const strings: string[] = [];
  let code = '';
  let at = 0;
  // depth of braces in each open template expression
  const templates: number[] = [];
  const inTemplate = (): void => {
    while (at < source.length) {
      const char = source[at];
      if (char === '\\') at += 2;
      else if (char === '`') {
        at++;
        code += ' ';
        return;
      } else if (source.startsWith('${', at)) {
        at += 2;
        templates.push(0);
        code += ' ';
        return;
      } else {
        if (char === '\n') code += '\n';
        at++;
      }
    }
  };
  while (at < source.length) {
    const char = source[at] ?? '';
    if (source.startsWith('//', at)) {
      while (at < source.length && source[at] !== '\n') at++;
    } else if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      const stop = end < 0 ? source.length : end + 2;
      code += source.slice(at, stop).replace(/[^\n]/g, ' ');
      at = stop;
    } else if (char === "'" || char === '"') {
      const start = ++at;
      while (at < source.length && source[at] !== char && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1;
      code += `«${strings.push(source.slice(start, at)) - 1}»`;
      at++;
    } else if (char === '`') {
      at++;
      code += '`';
      inTemplate();
    } else if (char === '/' && startsRegex(code)) {
      at = endOfRegex(source, at);
      code += ' 0 ';
    } else {
      const open = templates.length - 1;
      if (open >= 0 && char === '{') templates[open] = (templates[open] ?? 0) + 1;
      if (open >= 0 && char === '}') {
        if (templates[open] === 0) {
          templates.pop();
          at++;
          inTemplate();
          continue;
        }
        templates[open] = (templates[open] ?? 0) - 1;
      }
      code += char;
      at++;
    }
  }
  return { code, strings };
}

/** A slash divides after a value and opens a pattern elsewhere. In JSX text the guess may be wrong; a line's end then closes it. */
function startsRegex(code: string): boolean {
  const before = code.trimEnd();
  if (/(?:^|[^\w$])(?:return|typeof|case|in|of|await|yield|void|delete)$/.test(before)) return true;
  return before === '' || /[=(,:;!&|?{}[+*%~^-]$/.test(before);
}

function endOfRegex(source: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at];
    if (char === '\n') return at;
    if (char === '\\') at++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return source.length;
}
