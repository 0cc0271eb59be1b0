// The page and a made-up library, so that browser tests need no program. Node's own parts only.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("..", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml" };
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const measured = { danceability: 0.41, energy: 0.28, key: 9, loudness: -13.2, mode: 0, speechiness: 0.04,
  acousticness: 0.86, instrumentalness: 0.52, liveness: 0.1, valence: 0.22, tempo: 92.4, time_signature: 4 };
const sparse = Object.fromEntries(Object.keys(measured).map((name) => [name, null]));

const song = (id, title, more = {}) => ({ id, title, artists: ["The Paper Harbour"], album: "Low Tide",
  year: 1998, score: 0.62, genres: ["dream pop", "slowcore"], features: measured, features_estimated: false,
  reasons: [{ signal: "text", text: "close in meaning to your words", weight: 0.61 },
    { signal: "features", text: "slow and acoustic, like your query", weight: 0.39 }], ...more });

export const SONGS = [
  song("s1", "Boats We Never Named", { spotify_url: "https://open.spotify.com/track/0123456789abcdefghijAB" }),
  song("s2", "<img src=x onerror=alert(1)><b>Bold</b> & \"quoted\"", { artists: ["<script>alert(2)</script>"] }),
  song("s3", "The Longest Title That Anybody Ever Wrote on the Back of a Record Sleeve, Part Two: " +
    "Unbrokenwordunbrokenwordunbrokenwordunbrokenwordunbrokenwordunbrokenword (Live, Remastered)",
    { artists: ["An Orchestra of Very Many People", "Someone Else", "And Their Friends"], features_estimated: true }),
  song("s4", "أغنية هادئة في الصباح", { artists: ["فرقة الميناء"], album: "مدّ وجزر", genres: ["arabic pop"] }),
  song("s5", "🌊🌙 夜の海 👩‍👩‍👧‍👦", { artists: ["港"], year: null, features: null, genres: [],
    reasons: [{ signal: "keywords", text: "says “sea”", weight: 1 }] }),
  song("s6", "Half Known", { album: "", features: { ...sparse, energy: 0.5, tempo: 120 }, features_estimated: true }),
  song("s7/ä ?&#", "An Awkward Id", { year: 2020 }),
  song("s8", "Known by Name Alone", { features: null, estimates: { ...measured, valence: 0.3 }, genres: [] }),
];
export const ALBUMS = [
  { ...song("a1", "Low Tide"), album: "Low Tide", descriptors: ["melancholic", "nocturnal"], track_count: 9,
    reasons: [{ signal: "text", text: "melancholic, nocturnal", weight: 0.8 }] },
  { ...song("a2", "Kitchen Light"), album: "Kitchen Light", descriptors: ["warm"], track_count: 11, features: null },
];
const MOOD = Object.fromEntries(Object.entries(measured).map(([name, value]) => [name, { value, spread: 0.2 }]));

const wrong = (parameter, message) => ({ status: 400, body: { error: { code: "invalid_argument", message, parameter } } });

function search(kind, parameters) {
  const q = parameters.get("q") ?? "";
  if (!q.trim()) return wrong("q", "q is missing or empty: describe what you want to hear");
  if (/\D/.test(parameters.get("year_from") ?? "")) return wrong("year_from", "year_from must be a whole number from 1 to 9999");
  if (q.includes("broken library"))
    return { status: 503, body: { error: { code: "corrupt", message: "the vectors are damaged; run `spotisearch import` again" } } };
  const none = q.includes("nothing") || parameters.get("genre") === "nosuchgenre";
  return answer(kind, q, none ? 0 : Number(parameters.get("k")), [...parameters.keys()].length > 2 ? ["5 of 7 pass the filters"] : []);
}

function answer(kind, query, k, notes = []) {
  const all = kind === "songs" ? SONGS : ALBUMS;
  const results = all.slice(0, k).map((hit, i) => ({ rank: i + 1, ...hit }));
  // The first result says which question it answers, so that a test sees a stale answer.
  return { status: 200, body: { query, kind, took_ms: 3.21, notes, ...(kind === "songs" && { mood: MOOD }), results } };
}

function api(url, empty) {
  const similar = url.pathname.match(/^\/api\/v1\/(songs|albums)\/([^/]+)\/similar$/);
  if (similar) {
    const id = decodeURIComponent(similar[2]);
    const known = [...SONGS, ...ALBUMS].some((hit) => hit.id === id);
    if (known) return answer(similar[1], id, Number(url.searchParams.get("k")));
    return { status: 404, body: { error: { code: "not_found", message: `there is no item ${id} in this library` } } };
  }
  if (url.pathname === "/api/v1/library")
    return { status: 200, body: { songs: empty ? 0 : 12345, albums: empty ? 0 : 678 } };
  return search(url.pathname.split("/").pop(), url.searchParams);
}

/** Serves until close() is called; `empty` makes a library without music. */
export async function startFakeServer({ empty = false } = {}) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    if (url.pathname.startsWith("/api/")) {
      const { status, body } = api(url, empty);
      // A stop word of the fake: such a query is answered late.
      if ((url.searchParams.get("q") ?? "").includes("slowly")) await new Promise((done) => setTimeout(done, 700));
      response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
      return response.end(JSON.stringify(body));
    }
    try {
      const name = url.pathname === "/" ? "index.html" : url.pathname.slice(1);
      const bytes = await readFile(join(WEB, name.replaceAll("/", "")));
      response.writeHead(200, { "Content-Type": TYPES[extname(name)], "Content-Security-Policy": POLICY });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`,
    close: () => { server.closeAllConnections(); server.close(); } };
}
