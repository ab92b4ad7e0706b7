// Saves a form by itself a few seconds after the last key; the server answers 204 where it kept everything.
const PAUSE_MS = 3000;

export function autosave(form) {
  const said = form.querySelector("[data-autosaved]");
  let waiting;
  let isSending = false;
  const save = async () => {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "1" },
    }).catch(() => null);
    if (!isSending) said.textContent = answer?.status === 204 ? said.dataset.done : said.dataset.failed;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    said.textContent = "";
    waiting = setTimeout(save, PAUSE_MS);
  });
  form.addEventListener("submit", () => { isSending = true; clearTimeout(waiting); });
}
