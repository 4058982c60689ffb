/* What HTML alone cannot do here: empty a field once its words are sent, close the sheet that sent them, mark a
   tab that has news, and let the list in the mayor's column act as on his own phone. */
(() => {
  "use strict";
  const seen = new Map();
  const shownTab = () => document.querySelector("[data-tab]:checked").dataset.tab;

  function columns() {
    return document.querySelectorAll(".column[data-items]");
  }

  function askForNews() {
    document.body.dispatchEvent(new Event("changed"));
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
    if (!(form instanceof HTMLFormElement)) return;
    if (form.hasAttribute("data-empties")) form.reset();
    form.closest(":popover-open")?.hidePopover();
    form.querySelector(":popover-open")?.hidePopover();
  });
  // A column drawn anew would close what somebody has open in it: a sheet keeps the news waiting.
  const holdsOpenSheet = (one) => one?.matches(".column, #clock") && one.querySelector(":popover-open");
  document.addEventListener("htmx:before:request", (event) => {
    if (holdsOpenSheet(event.detail.ctx.sourceElement)) event.preventDefault();
  });
  // News that were fetched for the screen before the last tap would take that tap back: they are fetched again.
  document.addEventListener("htmx:before:swap", (event) => {
    const { sourceElement, request } = event.detail.ctx;
    if (holdsOpenSheet(sourceElement)) event.preventDefault();
    if (!sourceElement?.matches(".column")) return;
    const address = (path) => new URL(path, location).href;
    if (address(request.action) === address(sourceElement.getAttribute("hx-get"))) return;
    event.preventDefault();
    askForNews();
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.popover && event.newState === "closed") askForNews();
    },
    true,
  );
  htmx.registerExtension("unfolded-stays-unfolded", {
    htmx_before_morph_node(node, { newNode }) {
      if (node instanceof HTMLDetailsElement) newNode.open = node.open;
    },
  });
  document.addEventListener("htmx:after:swap", markNews);
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-tab]")) return;
    markNews();
    window.scrollTo(0, 0);
  });
  markNews();

  // The list is the real desk's, fetched for the mayor: its chips narrow it here, its forms go out in his name, and
  // what leads deeper opens the desk itself.
  function openDesk(desk, to) {
    const form = document.createElement("form");
    form.method = "post";
    form.target = "_blank";
    form.action = `${desk}?to=${encodeURIComponent(to)}`;
    document.body.append(form);
    form.submit();
    form.remove();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#mayor [data-desk] a[href]");
    if (!link || new URL(link.href).origin !== location.origin) return;
    event.preventDefault();
    const { pathname, search, hash } = new URL(link.href);
    if (pathname === "/") {
      const look = encodeURIComponent(search.slice(1));
      htmx.ajax("GET", `/pretend/columns/mayor?look=${look}`, { target: "#mayor", swap: "outerMorph" });
    } else {
      openDesk(link.closest("[data-desk]").dataset.desk, pathname + search + hash);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("#mayor [data-desk]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const path = encodeURIComponent(new URL(form.action).pathname);
    form.closest("details")?.removeAttribute("open");
    fetch(`/pretend/mayor?path=${path}`, { method: "POST", body });
  });
})();
