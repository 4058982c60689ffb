/* What HTML alone cannot do here: empty a field once its words are sent, close the sheet that sent them, mark a
   tab that has news, and keep this page open when a card of the mayor's leads to the desk. */
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
    if (!(form instanceof Element)) return;
    if (form.hasAttribute("data-empties")) form.reset();
    form.closest(":popover-open")?.hidePopover();
    form.querySelector(":popover-open")?.hidePopover();
  });
  // A column drawn anew would close what somebody has open in it: a sheet keeps the news waiting.
  document.addEventListener("htmx:before:request", (event) => {
    const isColumn = event.target instanceof Element && event.target.matches(".column, #clock");
    if (isColumn && event.target.querySelector(":popover-open")) event.preventDefault();
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.popover && event.newState === "closed") document.body.dispatchEvent(new Event("changed"));
    },
    true,
  );
  htmx.registerExtension("unfolded-stays-unfolded", {
    htmx_before_morph_node(node, { newNode }) {
      if (node instanceof HTMLDetailsElement) newNode.open = node.open;
    },
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#mayor .phone a[href]");
    if (link) link.target = "_blank";
  });
  document.addEventListener("htmx:after:swap", markNews);
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-tab]")) return;
    markNews();
    window.scrollTo(0, 0);
  });
  markNews();
})();
