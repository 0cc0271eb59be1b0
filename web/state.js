// What is being searched for, and its form in the address bar.

export const FILTERS = ["year_from", "year_to", "tempo_from", "tempo_to", "genre", "artist", "explicit"];
const COUNTS = ["5", "10", "20", "50"];
const MOST_ALBUMS = 20;

/** {q, like, kind, k, filters}: with neither q nor like, the start page. */
export function fromAddress(query) {
  const parameters = new URLSearchParams(query);
  const kind = parameters.get("kind") === "albums" ? "albums" : "songs";
  const k = COUNTS.includes(parameters.get("k")) ? parameters.get("k") : "10";
  const filters = {};
  for (const name of FILTERS) {
    const value = parameters.get(name);
    if (value) filters[name] = value;
  }
  return tidy({ q: parameters.get("q") ?? "", like: parameters.get("like") ?? "", kind, k, filters });
}

/** Leaves out what the kind does not take. */
export function tidy(state) {
  const filters = { ...state.filters };
  let k = state.k;
  if (state.kind === "albums") {
    delete filters.explicit;
    if (Number(k) > MOST_ALBUMS) k = String(MOST_ALBUMS);
  }
  return { ...state, q: state.q.trim(), k, filters };
}

/** The shareable address of a state, without what is usual. */
export function toAddress(state) {
  const parameters = new URLSearchParams();
  if (state.like) parameters.set("like", state.like);
  else if (state.q) parameters.set("q", state.q);
  if (state.kind !== "songs") parameters.set("kind", state.kind);
  if (state.k !== "10") parameters.set("k", state.k);
  if (!state.like) for (const [name, value] of Object.entries(state.filters)) parameters.set(name, value);
  const text = parameters.toString();
  return text ? `?${text}` : location.pathname;
}

export function isStart(state) {
  return !state.q && !state.like;
}
