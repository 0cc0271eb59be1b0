// The page: a form, the address bar, and the answers kept in step.
import * as api from "./api.js";
import { FILTERS, fromAddress, isStart, tidy, toAddress } from "./state.js";
import { element, moodBars, noticeParts, resultCard } from "./view.js";

const EXAMPLES = [
  "a slow morning by the sea",
  "driving through a city at night",
  "quiet piano for a rainy afternoon",
  "loud guitars and a broken heart",
  "dancing in the kitchen with friends",
  "warm, dusty soul from the seventies",
  "strange electronic landscapes",
  "courage before something difficult",
];
const SLOW = 150; // milliseconds before a search is said to be under way

const at = (id) => document.getElementById(id);
const form = at("search");
const box = at("q");
const fields = form.elements;
let current = fromAddress(location.search);
let underWay = null; // AbortController of the newest search; older answers are dropped

function readForm() {
  const filters = {};
  for (const name of FILTERS) {
    const value = fields[name].value.trim();
    if (value) filters[name] = value;
  }
  return tidy({ q: box.value, like: "", kind: fields.kind.value, k: fields.k.value, filters });
}

function writeForm(state) {
  box.value = state.q;
  fields.kind.value = state.kind;
  fields.k.value = state.k;
  for (const name of FILTERS) fields[name].value = state.filters[name] ?? "";
  const count = Object.keys(state.filters).length;
  at("filter-count").textContent = count ? ` (${count})` : "";
  const albums = state.kind === "albums";
  fields.explicit.disabled = albums;
  at("explicit-field").classList.toggle("off", albums);
  fields.k.options[fields.k.options.length - 1].disabled = albums;
}

function markField(name) {
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  const field = name && fields[name];
  if (!field?.setAttribute) return;
  field.setAttribute("aria-invalid", "true");
  if (FILTERS.includes(name)) at("filters").open = true;
}

// The program names parameters; a listener sees fields.
function inWordsOfThePage({ message, parameter }) {
  const label = fields[parameter]?.getAttribute?.("aria-label");
  return label ? message.replaceAll(parameter, label) : message;
}

function notice(content) {
  const place = at("notice");
  place.hidden = !content;
  place.classList.toggle("trouble", Boolean(content?.trouble));
  place.setAttribute("role", content?.trouble ? "alert" : "note");
  place.replaceChildren(...(content ? noticeParts(content) : []));
}

function clearResults() {
  at("hits").replaceChildren();
  at("mood").hidden = true;
  at("status").textContent = "";
}

function heading(state, answer) {
  const count = answer.results.length;
  const one = state.kind === "albums" ? "album" : "song";
  const things = `${count} ${one}${count === 1 ? "" : "s"}`;
  const what = state.like ? `like ${history.state?.title ? `“${history.state.title}”` : "that one"}` : `for “${state.q}”`;
  return [`${things} ${what}`, `${answer.took_ms.toFixed(1)} ms`, ...answer.notes].join(" · ");
}

function nothingFound(state) {
  const filtered = Object.keys(state.filters).length > 0;
  if (!filtered) return { title: "Nothing found", text: "Try other words, or fewer of them." };
  return { title: "Nothing passes these filters",
    text: "A song whose year, tempo or genre is not known does not pass a filter on it. Loosen the filters or clear them.",
    action: { label: "Clear filters", run: clearFilters } };
}

function show(state, answer) {
  notice(answer.results.length === 0 ? nothingFound(state) : null);
  at("status").textContent = heading(state, answer);
  at("mood").hidden = !answer.mood || answer.results.length === 0;
  if (answer.mood) at("mood-bars").replaceChildren(moodBars(answer.mood));
  at("hits").replaceChildren(
    ...answer.results.map((hit) => resultCard(hit, state.kind, (liked) => like(liked, state))));
}

function showError(error) {
  clearResults();
  markField(error.parameter);
  notice({ trouble: true, title: error.status === 400 ? "That does not work" : "The search failed",
    text: inWordsOfThePage(error), action: error.status !== 400 && { label: "Try again", run: () => run(current) } });
}

async function run(state) {
  current = state;
  underWay?.abort();
  const mine = (underWay = new AbortController());
  writeForm(state);
  markField("");
  document.title = isStart(state) ? "SpotiSearch" : `${state.q || "More like this"} – SpotiSearch`;
  document.body.classList.toggle("at-start", isStart(state));
  at("start").hidden = !isStart(state);
  at("results").removeAttribute("aria-busy");
  if (isStart(state)) {
    clearResults();
    notice(null);
    return showLibrary();
  }
  at("results").setAttribute("aria-busy", "true");
  const slow = setTimeout(() => (at("status").textContent = "Searching …"), SLOW);
  try {
    const answer = await api.search(state, mine.signal);
    if (mine === underWay) show(state, answer);
  } catch (error) {
    if (mine === underWay) showError(error);
  } finally {
    clearTimeout(slow);
    if (mine === underWay) at("results").removeAttribute("aria-busy");
  }
}

function go(state, title) {
  const address = toAddress(state);
  if (address !== location.search || title) history.pushState(title ? { title } : null, "", address);
  run(state);
}

function like(hit, state) {
  go({ ...state, q: "", like: hit.id, filters: {} }, hit.title);
  scrollTo(0, 0);
  at("results").focus({ preventScroll: true });
}

function clearFilters() {
  for (const name of FILTERS) fields[name].value = "";
  changed();
}

// A changed option searches again at once, if there is something to search for.
function changed() {
  const state = readForm();
  if (state.q) return go(state);
  if (current.like && state.kind === current.kind) return go({ ...state, like: current.like, filters: {} });
  writeForm(state);
}

async function showLibrary() {
  const mine = underWay;
  try {
    const library = await api.library();
    const words = [[library.songs, "song"], [library.albums, "album"]]
      .map(([count, one]) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`);
    at("library").textContent = words.join(" · ");
    if (library.songs + library.albums > 0 || mine !== underWay) return;
    at("start").hidden = true;
    notice({ title: "Your library is empty",
      text: "Import an export of your music first; this page then finds it without a restart.",
      code: "spotisearch import FILE-OR-FOLDER",
      action: { label: "Look again", run: () => run(current) } });
  } catch (error) {
    if (mine !== underWay || !isStart(current)) return;
    at("start").hidden = true;
    notice({ trouble: true, title: "The library cannot be read", text: error.message,
      action: { label: "Try again", run: () => run(current) } });
  }
}

function startPage(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(fromAddress(""));
  box.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(readForm());
});
form.addEventListener("change", (event) => {
  if (event.target !== box) changed();
});
at("clear-filters").addEventListener("click", clearFilters);
at("home").addEventListener("click", startPage);
addEventListener("popstate", () => run(fromAddress(location.search)));
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=radio]), select, textarea");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});
at("examples").replaceChildren(...EXAMPLES.map((text) => {
  const button = element("button", { type: "button", class: "example", text });
  button.addEventListener("click", () => {
    box.value = text;
    go(readForm());
  });
  return element("li", { children: [button] });
}));

run(current);
if (isStart(current)) box.focus();
else showLibrary();
