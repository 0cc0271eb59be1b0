// From answers to elements. Text goes in as text: nothing from a library is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";
const SHARES = ["energy", "valence", "danceability", "acousticness", "instrumentalness", "speechiness", "liveness"];
const LABELS = { valence: "happiness", speechiness: "speech", instrumentalness: "instrumental",
  danceability: "danceable", acousticness: "acoustic", liveness: "live" };
const KEYS = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"];
const SIGNALS = { features: "Sound", text: "Meaning", keywords: "Words" };

export function element(tag, { text, children = [], ...attributes } = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) made.setAttribute(name, value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children.filter(Boolean));
  return made;
}

function svg(tag, attributes, children = []) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const clamp = (value) => Math.min(1, Math.max(0, value));

// A track, an optional band (value ± spread), and the value.
function bar(value, spread) {
  const rect = (name, from, to) =>
    svg("rect", { class: name, x: 100 * from, y: 0, width: Math.max(1, 100 * (to - from)), height: 6, rx: 3 });
  const parts = [rect("track", 0, 1)];
  if (spread === undefined) parts.push(rect("value", 0, clamp(value)));
  else {
    const from = Math.min(clamp(value - spread), 0.98);
    parts.push(rect("band", from, clamp(value + spread)));
    const at = Math.min(0.96, Math.max(0, clamp(value) - 0.02));
    parts.push(rect("value", at, at + 0.04));
  }
  return svg("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true", class: "bar" }, parts);
}

function barRow(name, value, spread) {
  const number = element("span", { class: "number", text: `${Math.round(100 * clamp(value))}%` });
  return element("div", { class: "bar-row", children: [
    element("dt", { text: LABELS[name] ?? name }),
    element("dd", { children: [bar(value, spread), number] }),
  ] });
}

function facts(features) {
  const said = [];
  if (features.tempo) said.push(`${Math.round(features.tempo)} BPM`);
  if (features.key !== null && features.key >= 0 && KEYS[features.key]) {
    const mode = features.mode === 1 ? " major" : features.mode === 0 ? " minor" : "";
    said.push(`${KEYS[features.key]}${mode}`);
  }
  if (features.loudness !== null) said.push(`${features.loudness.toFixed(1).replace("-", "−")} dB`);
  return said.join(" · ");
}

const GUESSED = "Told from the title, the artist and the genres: the export had no audio features";
const ESTIMATED = "These values are estimates, not measurements";

function featurePanel(hit, kind) {
  const guessed = !hit.features && hit.estimates;
  const features = hit.features ?? hit.estimates;
  // Of an album without features nothing is missed: its words describe it.
  if (!features && kind === "albums") return null;
  if (!features) return element("p", { class: "no-features", text: "No audio features known" });
  const known = SHARES.filter((name) => features[name] !== null && features[name] !== undefined);
  return element("div", { class: "features", children: [
    element("dl", { class: "bars", children: known.map((name) => barRow(name, features[name])) }),
    element("p", { class: "facts", children: [
      element("span", { text: facts(features) }),
      (guessed || hit.features_estimated) &&
        element("span", { class: "estimated", text: "estimated", title: guessed ? GUESSED : ESTIMATED }),
    ] }),
  ] });
}

function reasonChip(reason) {
  return element("li", { class: `reason ${SIGNALS[reason.signal] ? reason.signal : ""}`, children: [
    element("b", { text: SIGNALS[reason.signal] ?? reason.signal }),
    element("span", { text: reason.text, dir: "auto" }),
  ] });
}

function list(name, label, items) {
  return items.length > 0 && element("ul", { class: name, "aria-label": label, children: items });
}

// Each part is isolated (dir=auto), and what stands between them belongs to none, so that names
// written from right to left stay in their places.
function byline(hit, kind) {
  const parts = [["artists", hit.artists.join(", ") || "Unknown artist"],
    ["album", kind === "songs" ? hit.album : ""], ["year", hit.year ? String(hit.year) : ""]];
  const children = parts.filter(([, text]) => text)
    .flatMap(([name, text]) => [" · ", element("span", { class: name, dir: "auto", text })]);
  return element("p", { class: "byline", children: children.slice(1) });
}

function actions(hit, kind, onLike) {
  const like = element("button", { type: "button", class: "quiet like", text: "More like this",
    "aria-label": `More like ${hit.title}` });
  like.addEventListener("click", () => onLike(hit));
  const open = hit.spotify_url?.startsWith("https://open.spotify.com/") &&
    element("a", { class: "quiet", href: hit.spotify_url, target: "_blank", rel: "noopener noreferrer", text: "Open in Spotify",
      "aria-label": `Open ${hit.title} in Spotify` });
  return element("div", { class: "actions", children: [like, open] });
}

/** One result as a list item. `onLike(hit)` is called for "more like this". */
export function resultCard(hit, kind, onLike) {
  const tags = [...new Set([...hit.genres.slice(0, 4), ...(hit.descriptors ?? []).slice(0, 4)])];
  return element("li", { class: "hit", children: [
    element("span", { class: "rank", text: String(hit.rank), "aria-hidden": "true" }),
    element("div", { class: "about", children: [
      element("h3", { dir: "auto", text: hit.title || "Untitled" }),
      byline(hit, kind),
      list("tags", "Genres and moods", tags.map((tag) => element("li", { text: tag, dir: "auto" }))),
      list("reasons", "Why it is here", hit.reasons.map(reasonChip)),
      actions(hit, kind, onLike),
    ] }),
    featurePanel(hit, kind),
  ] });
}

/** The bars of what a query was taken to sound like. */
export function moodBars(mood) {
  const rows = SHARES.filter((name) => Number.isFinite(mood[name]?.value))
    .map((name) => barRow(name, mood[name].value, mood[name].spread ?? 0));
  return element("dl", { class: "bars", children: rows });
}

/** A titled message; `action` is an optional {label, run}; `code` an optional command line. */
export function noticeParts({ title, text, code, action }) {
  const parts = [element("h2", { text: title }), element("p", { text })];
  if (code) parts.push(element("pre", { children: [element("code", { text: code })] }));
  if (action) {
    const button = element("button", { type: "button", class: "quiet", text: action.label });
    button.addEventListener("click", action.run);
    parts.push(button);
  }
  return parts;
}
