// Copies what is in a field; the button is there only where that works.
export function copyable(button) {
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    const isDone = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
    if (!isDone) field.select();
    said.textContent = isDone ? said.dataset.copied : said.dataset.failed;
  });
}
