/** The page that a browser shows when the sign-in has come back. */
export function callbackPage(outcome: "received" | "denied" | "unknown"): string {
  const { title, text } = texts[outcome];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh; place-items: center; background: Canvas; color: CanvasText }
  main { max-width: 32rem; padding: 2rem }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem }
</style>
</head>
<body><main role="status"><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}

const texts = {
  received: {
    title: "You can close this page",
    text: "The answer has arrived. Go back to the terminal, where the setup goes on.",
  },
  denied: {
    title: "Access was not allowed",
    text: "Nothing was connected. Go back to the terminal to try again; you can close this page.",
  },
  unknown: {
    title: "Nothing to see here",
    text: "This address only takes the answer of a sign-in that is under way.",
  },
} as const;
