// Small helps on top of pages that work without them.
import { suggest } from "./suggest.js";

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

for (const control of document.querySelectorAll("[data-submit-on-change]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}
// The effect of a choice, at once and without leaving the field: what is fresh in the answer takes the place of what is here.
for (const form of document.querySelectorAll("form[data-show-at-once]")) {
  const said = form.querySelector("[data-done]");
  said.hidden = false;
  let latest = 0;
  form.addEventListener("change", async () => {
    const own = ++latest;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (own !== latest) return;
    if (!answer?.ok) { form.requestSubmit(); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-fresh]")) {
      part.replaceChildren(...(page.querySelector(`[data-fresh="${part.dataset.fresh}"]`)?.childNodes ?? []));
    }
    said.textContent = said.dataset.done;
  });
}

// After a mistake, begin where the mistakes are listed.
document.querySelector("[data-focus]")?.focus();

// What somebody wrote is not left behind without a question.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let isWritten = false;
  form.addEventListener("input", () => { isWritten = true; });
  form.addEventListener("submit", () => { isWritten = false; });
  window.addEventListener("beforeunload", (event) => { if (isWritten) event.preventDefault(); });
}

// A search address holds only what was filled in.
document.querySelector("#zoekformulier")?.addEventListener("submit", (event) => {
  const empty = [...event.target.elements].filter((field) => field.name && field.value === "" && !field.disabled);
  for (const field of empty) field.disabled = true;
  setTimeout(() => { for (const field of empty) field.disabled = false; });
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("#zoekformulier :disabled")) field.disabled = false;
});
if (document.querySelector("form[data-autosave]")) import("./autosave.js").then(({ autosave }) => document.querySelectorAll("form[data-autosave]").forEach(autosave));
for (const button of document.querySelectorAll("button[data-copy]")) import("./copy.js").then(({ copyable }) => copyable(button));
