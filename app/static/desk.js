// The list refreshes itself. Not while somebody is about to tap in it: what they aim at must not move away.
document.addEventListener("htmx:before:request", (event) => {
  const list = event.target;
  if (list instanceof Element && list.matches("[data-waits]") && list.querySelector("details[open]")) {
    event.preventDefault();
  }
});
