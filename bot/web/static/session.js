// Requests to the API as one person: by cookie, or by a token where cookies do not come through.

const TOKEN = "zhengwen.token";
const memory = new Map();

// localStorage where it is allowed, else as much memory as the browser gives.
function firstWorking() {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      const storage = window[name];
      storage.setItem("zhengwen.test", "1");
      storage.removeItem("zhengwen.test");
      return storage;
    } catch (error) {
      continue; // blocked or full: the next one
    }
  }
  return null;
}

const storage = firstWorking();

export const keep = {
  get: (key) => (storage ? storage.getItem(key) : memory.get(key)) || null,
  set(key, value) {
    memory.set(key, value);
    try {
      if (storage) storage.setItem(key, value);
    } catch (error) {
      return; // full: memory has it
    }
  },
  remove(key) {
    memory.delete(key);
    if (storage) storage.removeItem(key);
  },
  keys: () => [...new Set([...(storage ? Object.keys(storage) : []), ...memory.keys()])],
};

let byToken = document.body.classList.contains("embed");
let renewing = null;

export const usesToken = () => byToken;

async function newToken() {
  const response = await fetch("api/v1/session", { method: "POST", credentials: "omit" });
  if (!response.ok) return response;
  keep.set(TOKEN, (await response.json()).token);
  return null;
}

// Two requests that both find no session must not become two persons.
function renew() {
  byToken = true;
  if (!renewing) renewing = newToken().finally(() => { renewing = null; });
  return renewing;
}

function once(path, options) {
  const headers = Object.assign({}, options.headers);
  if (byToken) headers.Authorization = "Bearer " + keep.get(TOKEN);
  const credentials = byToken ? "omit" : "same-origin";
  return fetch("api/v1/" + path, Object.assign({}, options, { headers, credentials }));
}

// The response; without a session (cookies off, token too old) a new one is made first.
export async function request(path, options = {}) {
  const known = !byToken || keep.get(TOKEN);
  if (known) {
    const response = await once(path, options);
    if (response.status !== 401) return response;
    if (!byToken && keep.get(TOKEN)) {
      byToken = true;
      const again = await once(path, options);
      if (again.status !== 401) return again;
    }
  }
  const refusal = await renew();
  return refusal ? refusal.clone() : once(path, options);
}

export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(body) });
}

// crypto.randomUUID is missing on plain-HTTP addresses of an intranet.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
