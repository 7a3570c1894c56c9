// Loads the page anew as soon as another is there. Only a page that is seen listens: a browser keeps few connections open.
"use strict";
{
  const shown = document.currentScript.dataset.version;
  let listening;
  const listen = () => {
    listening?.close();
    listening = undefined;
    if (document.hidden) return;
    listening = new EventSource("/~live/changes");
    listening.addEventListener("message", (event) => {
      if (event.data !== shown) location.reload();
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}
