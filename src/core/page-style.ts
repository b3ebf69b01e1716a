/**
 * How the pages look that a person sees in the browser: calm, in light and dark, from a phone's width on. Colours are
 * given rather than left to the browser, so that the tests can measure how well each text is read.
 */
export const pageStyle: string = `
:root {
  color-scheme: light dark;
  --paper: #f5f6f8; --card: #fff; --text: #1c2128; --quiet: #57606a; --line: #d3d8de; --edge: #6e7781;
  --accent: #1d5bbf; --on-accent: #fff; --good: #1a7f37; --bad: #b42318;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111418; --card: #1a1f26; --text: #e6e9ed; --quiet: #a4adb8; --line: #343b45; --edge: #8b949e;
    --accent: #8ab4f8; --on-accent: #10141a; --good: #6fcf97; --bad: #ff9c90;
  }
}
* { box-sizing: border-box }
body {
  margin: 0; min-height: 100vh; padding: 1.5rem 1rem 3rem; display: flex; flex-direction: column; align-items: center;
  justify-content: center; gap: 1rem; font: 1rem/1.55 system-ui, sans-serif; background: var(--paper);
  color: var(--text); overflow-wrap: anywhere;
}
header { width: 100%; max-width: 34rem; color: var(--quiet); font-size: .875rem; text-align: center; text-wrap: balance }
main {
  width: 100%; max-width: 34rem; padding: 2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 1rem;
}
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; font-weight: 650; text-wrap: balance }
p { margin: 0 0 .75rem }
p:last-child { margin-bottom: 0 }
small { color: var(--quiet); font-size: .875rem }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: .25rem }
.mark {
  display: grid; place-items: center; width: 3rem; height: 3rem; margin-bottom: 1.25rem; border: 2px solid;
  border-radius: 50%; font-size: 1.375rem; font-weight: 700; line-height: 1;
}
.good { color: var(--good) }
.bad { color: var(--bad) }
.next { margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--line) }
fieldset { min-width: 0; margin: 1.5rem 0 0; padding: 0; border: 0 }
legend, .title { display: block; margin-bottom: .5rem; padding: 0; font-weight: 650 }
.choice {
  display: flex; gap: .75rem; align-items: center; min-height: 3rem; margin-bottom: .5rem; padding: .5rem .875rem;
  border: 1px solid var(--line); border-radius: .625rem;
}
label.choice { cursor: pointer }
label.choice:hover { border-color: var(--edge) }
.choice small { display: block }
.choice input, .choice .mark { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent) }
.choice .mark { border: 0; font-size: 1rem }
select, button {
  min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--edge); border-radius: .625rem;
  background: var(--card); color: var(--text); font: inherit;
}
select { width: 100%; padding: .5rem .75rem }
button { cursor: pointer; font-weight: 600 }
button[value="allow"] { border-color: var(--accent); background: var(--accent); color: var(--on-accent) }
.duration { margin-top: 1.5rem }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.75rem }
@media (max-width: 30rem) {
  main { padding: 1.5rem 1.125rem }
  .buttons button { flex: 1 }
}
`;
