// Talking to the program: docs/openapi.yaml is all that this file knows of it.

/** A failure with words for a listener; `parameter` names the field to mend, if it is one. */
export class ApiError extends Error {
  constructor(message, { status = 0, parameter = "" } = {}) {
    super(message);
    this.status = status;
    this.parameter = parameter;
  }
}

async function get(path, signal) {
  let response;
  try {
    response = await fetch(path, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("The program does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  const { message = `The program answered with status ${response.status}.`, parameter = "" } =
    body?.error ?? {};
  throw new ApiError(message, { status: response.status, parameter });
}

/** The answer to a search state (see state.js). */
export function search(state, signal) {
  if (state.like) {
    const id = encodeURIComponent(state.like);
    return get(`api/v1/${state.kind}/${id}/similar?k=${state.k}`, signal);
  }
  const parameters = new URLSearchParams({ q: state.q, k: state.k, ...state.filters });
  return get(`api/v1/${state.kind}?${parameters}`, signal);
}

export function library(signal) {
  return get("api/v1/library", signal);
}
