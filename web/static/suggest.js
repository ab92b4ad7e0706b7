// Completion of a text field, after the combobox pattern of the ARIA Authoring Practices.
// data-suggest names the kinds of things to suggest, with spaces between: module, skill, occupation, place, provider.

const WAIT_MS = 160;
const LEAST_CHARS = 2;
const MOST = 7;
let lists = 0;

export function suggest(input) {
  const kinds = input.dataset.suggest.split(" ");
  const list = document.createElement("ul");
  list.id = `voorstellen-${++lists}`;
  list.className = "lw-suggest__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let timer = 0, asked = 0, active = -1, items = [];

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(position) {
    active = (position + items.length) % items.length;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function choose(position) {
    input.value = items[position].label;
    close();
    if (input.dataset.choose) pick(input, items[position].id);
    else input.form.requestSubmit(input.form.querySelector('button[value="zoek"]'));
  }

  function show(found) {
    items = found;
    list.replaceChildren(...found.map((item, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = item.label;
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(index));
      return option;
    }));
    list.hidden = found.length === 0;
    active = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const text = input.value.trim(), number = ++asked;
    if (text.length < LEAST_CHARS) return close();
    try {
      const query = new URLSearchParams([["q", text], ["limit", MOST], ...kinds.map((kind) => ["kind", kind])]);
      const answer = await fetch(`/api/v1/suggest?${query}`);
      if (!answer.ok || number !== asked) return;
      const { items: found } = await answer.json();
      if (number === asked && document.activeElement === input) show(found);
    } catch {
      close(); // Without suggestions the field is still a field.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    if (list.hidden || !items.length) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? items.length - 1 : active - 1); }
    if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(active); }
  });
}

// The chosen thing goes along with the form, in place of a radio button of the page, and the form says that it was picked.
function pick(input, id) {
  for (const radio of input.form.querySelectorAll(`input[type="radio"][name="${input.dataset.choose}"]`)) radio.disabled = true;
  for (const [name, value] of Object.entries({ [input.dataset.choose]: id, actie: "kies" })) {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name, value });
    input.form.append(hidden);
  }
  input.form.requestSubmit();
}
