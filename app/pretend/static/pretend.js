/* What HTML alone cannot do here: empty a field once its words are sent, and mark a tab that has news. */
(() => {
  "use strict";
  const seen = new Map();
  const shownTab = () => document.querySelector("[data-tab]:checked").dataset.tab;

  function columns() {
    return document.querySelectorAll(".column[data-items]");
  }

  function markNews() {
    const wide = window.matchMedia("(min-width: 60rem)").matches;
    for (const column of columns()) {
      const items = column.dataset.items;
      const looked = wide || column.id === shownTab();
      if (looked || !seen.has(column.id)) seen.set(column.id, items);
      const dot = document.querySelector(`label[for="tab-${column.id}"] .dot`);
      dot.hidden = looked || seen.get(column.id) === items;
    }
  }

  document.addEventListener("htmx:after:request", (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement && form.hasAttribute("data-empties")) form.reset();
  });
  document.addEventListener("htmx:after:swap", markNews);
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-tab]")) return;
    markNews();
    window.scrollTo(0, 0);
  });
  markNews();
})();
