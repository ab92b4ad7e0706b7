// Small helps on top of pages that work without them.
import { suggest } from "./suggest.js";

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

for (const control of document.querySelectorAll("[data-submit-on-change]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}
for (const spare of document.querySelectorAll("[data-without-script]")) spare.hidden = true;

// After a mistake, begin where the mistakes are listed.
document.querySelector("[data-focus]")?.focus();

// A search address holds only what was filled in.
document.querySelector("#zoekformulier")?.addEventListener("submit", (event) => {
  const empty = [...event.target.elements].filter((field) => field.name && field.value === "" && !field.disabled);
  for (const field of empty) field.disabled = true;
  setTimeout(() => { for (const field of empty) field.disabled = false; });
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("#zoekformulier :disabled")) field.disabled = false;
});
