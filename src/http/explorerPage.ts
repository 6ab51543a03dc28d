/** Text of the page; everything it needs comes from this server. */
export const explorerPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Explorer</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/explorer/graphiql.css">
<link rel="stylesheet" href="/explorer/explorer.css">
</head>
<body>
<div id="explorer">Loading</div>
<script src="/explorer/react.js"></script>
<script src="/explorer/react-dom.js"></script>
<script src="/explorer/graphiql.js"></script>
<script src="/explorer/operations.js"></script>
<script src="/explorer/explorer.js"></script>
</body>
</html>
`;

export const explorerStyle = `html, body { height: 100%; margin: 0; }
#explorer { height: 100vh; }
`;

/**
 * Runs in the browser. The token comes in the fragment, which browsers send to no server, and is taken out of
 * the address bar and the history. Nothing outlives the page: queries and answers hold members' history.
 */
export const explorerScript = `"use strict";
(function () {
  const kept = new Map();
  const storage = {
    getItem: (key) => (kept.has(key) ? kept.get(key) : null),
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
    get length() { return kept.size; },
  };

  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (location.hash) history.replaceState(null, "", location.pathname);
  const howToGetOne = "<the output of: npm run --silent token -- claims:submit history:read decisions:read>";
  const authorization = { Authorization: "Bearer " + (token || howToGetOne) };
  const headers = JSON.stringify(authorization, null, 2);

  const defaultTabs = operations.map((operation) => ({
    query: "# " + operation.title + "\\n" + operation.query.trim() + "\\n",
    variables: JSON.stringify(operation.variables, null, 2),
    headers,
  }));

  ReactDOM.createRoot(document.getElementById("explorer")).render(
    React.createElement(GraphiQL, {
      fetcher: GraphiQL.createFetcher({ url: "/graphql", headers: token ? authorization : {} }),
      storage,
      defaultHeaders: headers,
      defaultTabs: defaultTabs.length > 0 ? defaultTabs : undefined,
      variables: defaultTabs[0]?.variables, // of the first tab alone GraphiQL forgets them
      defaultEditorToolsVisibility: token ? "variables" : "headers",
      shouldPersistHeaders: false,
    }),
  );
})();
`;
