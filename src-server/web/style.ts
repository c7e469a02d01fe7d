/** The colours and measures of the desk, for whoever has none. */
export const style = `
:root { color-scheme: light; --ink: #1c2530; --quiet: #55606e; --line: #d3ccbe; --ground: #f4f2ec; --paper: #fefdfa; --accent: #1d4f91; --bad: #a61b2b; --ok: #1b6b45; --warn: #8a4b00; font: 16px/1.5 "Be Vietnam Pro", "Segoe UI", "Noto Sans", system-ui, sans-serif; }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); }
a { color: var(--accent); text-underline-offset: 0.1875em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1.5rem; padding: 0.625rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--ground); }
.bar strong { font-size: 1.0625rem; }
.bar .who { margin-left: auto; color: var(--quiet); text-align: right; }
button, .button { display: inline-block; min-height: 2.5rem; padding: 0.375rem 1rem; border: 1px solid var(--quiet); border-radius: 8px; background: var(--paper); color: var(--ink); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
button.strong { border-color: var(--accent); background: var(--accent); color: #fff; }
main { max-width: 76rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.125rem; }
.quiet { color: var(--quiet); }
.periods { display: flex; flex-wrap: wrap; gap: 0.375rem; margin: 1rem 0; padding: 0; list-style: none; }
.periods a { display: block; min-height: 2.25rem; padding: 0.3125rem 0.875rem; border: 1px solid var(--line); border-radius: 999px; color: var(--ink); text-decoration: none; }
.periods a[aria-current] { border-color: var(--accent); background: var(--accent); color: #fff; font-weight: 600; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0.75rem; margin: 1rem 0; padding: 0; list-style: none; }
.cards li { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 10px; background: var(--ground); }
.cards b { display: block; font-size: 1.75rem; line-height: 1.3; }
.cards b small { font-size: 0.9375rem; font-weight: 400; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; align-items: start; }
.charts section { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 10px; }
.charts h2 { margin-top: 0; }
.charts svg { display: block; width: 100%; height: auto; overflow: visible; }
summary { min-height: 2rem; padding: 0.25rem 0; color: var(--accent); cursor: pointer; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4375rem 0.75rem; border-top: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { border-top: 0; background: var(--ground); color: var(--quiet); font-size: 0.9375rem; }
tbody th { font-weight: 500; }
th[scope="rowgroup"] { background: var(--ground); color: var(--quiet); font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
tr.own { background: #e9effa; }
meter { width: 8rem; height: 0.75rem; }
form.ask { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem 0.75rem; margin: 0.5rem 0 0.75rem; }
label { display: block; color: var(--quiet); }
select, input { display: block; width: 100%; min-height: 2.5rem; margin-top: 0.125rem; padding: 0.375rem 0.75rem; border: 1px solid var(--quiet); border-radius: 8px; background: #fff; color: var(--ink); font: inherit; }
.door { max-width: 26rem; margin: 3rem auto; padding: 1.5rem 1.5rem 2rem; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); }
.door form { display: grid; gap: 0.875rem; margin-top: 1rem; }
.fault { margin-top: 1rem; padding: 0.625rem 0.875rem; border-left: 4px solid var(--bad); background: #fbeaec; }
@media print { .periods, form, details, .bar button, .noprint { display: none; } main { max-width: none; padding: 0; } }
`;
