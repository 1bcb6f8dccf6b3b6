// Opens a sealed file in memory, shows its pages one at a time, and locks them again. docs/sealed-format.md has the format.
"use strict";
// The sealed blocks come after this script, so that a file that was cut off can still say so.
document.addEventListener("DOMContentLoaded", () => {
  const HEADER = 136, BOUND = 56, WRAPPED = 104, CHUNK = 1 << 20, TAG = 16, ITERATIONS = 1000000, MOST = 4096;
  const IDLE = 10 * 60 * 1000, WARNED = 60 * 1000, KEPT_FOR_SAVING = 60 * 1000;
  const at = (id) => document.getElementById(id);
  const root = document.documentElement;
  const gate = at("sep-gate"), stage = at("sep-stage"), bar = at("sep-bar"), told = at("sep-told");
  const form = at("sep-form"), field = at("sep-words"), error = at("sep-error"), busy = at("sep-busy"), opener = at("sep-open");
  const language = root.lang, title = document.title;
  const said = (name) => gate.dataset["said" + name];
  class Wrong extends Error {}
  class Damaged extends Error {}

  // ---- the format

  function bytesOf(text) {
    let letters;
    try { letters = atob(text.trim()); } catch { throw new Damaged(); }
    const bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    return bytes;
  }

  // What belongs to the file is read once: no page that is shown later can stand in for it.
  const blocks = [...document.querySelectorAll('script[type="application/octet-stream"]')].map((each) => each.textContent);

  async function readHeader() {
    if (blocks.length < 2) throw new Damaged();
    const bytes = bytesOf(blocks[0]);
    if (bytes.length !== HEADER) throw new Damaged();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.subarray(0, WRAPPED)));
    if (digest.some((each, i) => each !== bytes[WRAPPED + i])) throw new Damaged();
    const numbers = new DataView(bytes.buffer);
    const known = [0x53, 0x45, 0x50, 0x53, 0x45, 0x41, 0x4c, 0, 1, 1, 1, 0].every((each, i) => each === bytes[i]);
    const size = Number(numbers.getBigUint64(20));
    if (!known || numbers.getUint32(12) !== ITERATIONS || numbers.getUint32(16) !== CHUNK) throw new Damaged();
    if (size % CHUNK || size === 0 || size / CHUNK > MOST || size / CHUNK !== blocks.length - 1) throw new Damaged();
    return { bytes, count: size / CHUNK };
  }

  function normalised(phrase) {
    return phrase.normalize("NFKD").replace(/[A-Z]/g, (each) => each.toLowerCase()).replace(/[^a-z]/g, "");
  }

  async function opened(letters) {
    const { bytes, count } = await readHeader();
    const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(letters), "PBKDF2", false, ["deriveKey"]);
    const kdf = { name: "PBKDF2", hash: "SHA-256", salt: bytes.subarray(28, 44), iterations: ITERATIONS };
    const outer = await crypto.subtle.deriveKey(kdf, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    let raw;
    try {
      raw = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: bytes.subarray(44, BOUND), additionalData: bytes.subarray(0, BOUND) }, outer, bytes.subarray(BOUND, WRAPPED));
    } catch { throw new Wrong(); }
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    new Uint8Array(raw).fill(0);
    const content = new Uint8Array(count * CHUNK);
    // All chunks are looked at before any of them is shown.
    const work = [];
    for (let index = 0; index < count; index++) {
      const sealed = bytesOf(blocks[index + 1]);
      if (sealed.length !== CHUNK + TAG) throw new Damaged();
      const bound = new Uint8Array(HEADER + 5), nonce = new Uint8Array(12);
      bound.set(bytes);
      new DataView(bound.buffer).setUint32(HEADER, index);
      bound[HEADER + 4] = index === count - 1 ? 1 : 0;
      nonce.set(bound.subarray(HEADER), 7);
      work.push(crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: bound }, key, sealed)
        .then((plain) => content.set(new Uint8Array(plain), index * CHUNK)));
    }
    try { await Promise.all(work); } catch { throw new Damaged(); }
    return unpacked(content);
  }

  function unpacked(content) {
    try {
      const length = new DataView(content.buffer).getUint32(0);
      const list = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content.subarray(4, 4 + length)));
      let from = 4 + length;
      const files = list.files.map((each) => {
        const to = from + each.size;
        if (!(Number.isSafeInteger(each.size) && each.size >= 0 && to <= content.length)) throw new Damaged();
        const file = { path: String(each.path), kind: String(each.kind), bytes: content.subarray(from, to) };
        from = to;
        return file;
      });
      const places = new Map(files.map((each, i) => [each.path, i]));
      const start = places.get(list.start);
      if (start === undefined || places.size !== files.length) throw new Damaged();
      return { files, places, start };
    } catch { throw new Damaged(); }
  }

  // ---- what may come into the document: everything else of a page is left out

  const TAGS = new Set(("a abbr article aside b bdi blockquote br caption code col colgroup dd del details div dl dt em figcaption figure footer " +
    "h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s section small span strong sub summary sup table tbody td tfoot th thead time tr u ul wbr").split(" "));
  const DRAWN = new Set("svg g path circle ellipse line polygon polyline rect text tspan title desc".split(" "));
  const EVERYWHERE = new Set("class id lang dir title role".split(" "));
  const OWN = {
    td: "colspan rowspan headers", th: "colspan rowspan headers scope", col: "span", colgroup: "span", ol: "start reversed type", li: "value",
    details: "open", time: "datetime", img: "alt width height", blockquote: "", del: "datetime", ins: "datetime",
  };
  const IN_DRAWINGS = new Set(("viewBox width height preserveAspectRatio focusable x y x1 x2 y1 y2 dx dy cx cy r rx ry d points transform fill fill-opacity " +
    "fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-opacity opacity text-anchor font-size font-weight font-style dominant-baseline").split(" "));
  const SVG = "http://www.w3.org/2000/svg", HTML = "http://www.w3.org/1999/xhtml";
  const OUTSIDE = /^(?:https:\/\/[^/\\\s]|mailto:|tel:)/i;
  const IMAGES = [["image/png", [0x89, 0x50, 0x4e, 0x47]], ["image/jpeg", [0xff, 0xd8, 0xff]], ["image/webp", [0x52, 0x49, 0x46, 0x46]]];
  const inert = window.trustedTypes
    ? window.trustedTypes.createPolicy("sep-inert", { createHTML: (text) => text })
    : { createHTML: (text) => text };

  let pages = null;      // the files, while they are open
  let links = [];        // addresses of images in memory
  let shown = null;      // number of the page that is shown
  let positions = new Map();

  const text = (file) => new TextDecoder().decode(file.bytes);
  // Parsed this way a page does nothing: no script runs, nothing is loaded, no refresh counts. Its own sheets are taken
  // out before, since the browser would complain of each.
  function parsed(file) {
    const styles = [];
    const rest = text(file).replace(/<style>([^]*?)<\/style>/gi, (_, css) => { styles.push(css); return ""; });
    const page = new DOMParser().parseFromString(inert.createHTML(rest), "text/html");
    page.sepStyles = styles;
    return page;
  }

  function target(href, from) {
    const [path, anchor = ""] = href.split("#", 2);
    if (!path) return { number: from, anchor };
    const parts = pages.files[from].path.split("/").slice(0, -1);
    for (const part of path.split("/")) {
      if (part === "..") { if (!parts.length) return null; parts.pop(); }
      else if (part !== "." && part !== "") parts.push(part);
    }
    let name = parts.join("/");
    try { name = decodeURIComponent(name); } catch { return null; }
    const number = pages.places.get(name);
    return number === undefined ? null : { number, anchor };
  }

  function picture(bytes) {
    const found = IMAGES.find(([, start]) => start.every((each, i) => bytes[i] === each));
    if (!found) return null;
    const link = URL.createObjectURL(new Blob([bytes], { type: found[0] }));
    links.push(link);
    return link;
  }

  function imageLink(source, from) {
    if (/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/.test(source)) return source;
    const to = target(source, from);
    return to && pages.files[to.number].kind === "image" ? picture(pages.files[to.number].bytes) : null;
  }

  function linked(element, href, from) {
    if (OUTSIDE.test(href)) {
      element.setAttribute("href", href);
      element.setAttribute("rel", "noopener noreferrer");
      if (/^https:/i.test(href)) element.setAttribute("target", "_blank"); // this page would lock behind it
      return;
    }
    const to = target(href, from);
    if (!to) return;
    const file = pages.files[to.number];
    if (file.kind === "page" || file.kind === "image") {
      // Numbers, so that neither the address nor the browser's history tells what was read.
      element.setAttribute("href", to.number === from && to.anchor === "main" ? "#main" : "#p" + to.number);
      element.sepTo = to;
    } else if (file.kind === "file") {
      element.setAttribute("href", "#p" + from);
      element.sepSave = to.number;
    }
  }

  function attributes(source, copy, drawn, from) {
    const tag = source.localName;
    const own = new Set((OWN[tag] || "").split(" "));
    for (const { name, value } of source.attributes) {
      const common = EVERYWHERE.has(name) || name.startsWith("aria-") || name === "data-label" || name === "data-chart";
      if (name === "id" && value.startsWith("sep-")) continue;
      if (/url\s*\(|javascript:/i.test(value) && !common) continue;
      if (common || (drawn ? IN_DRAWINGS.has(name) : own.has(name))) copy.setAttribute(name, value);
      else if (name === "tabindex" && /^(?:0|-1)$/.test(value)) copy.setAttribute(name, value);
      else if (name === "hidden") copy.setAttribute(name, "");
    }
    if (!drawn && tag === "a" && source.hasAttribute("href")) linked(copy, source.getAttribute("href"), from);
    if (!drawn && tag === "img") {
      const link = imageLink(source.getAttribute("src") || "", from);
      if (link) copy.src = link;
    }
  }

  function copied(source, into, from) {
    for (const node of source.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const drawn = node.namespaceURI === SVG;
      if (!(drawn ? DRAWN.has(node.localName) : node.namespaceURI === HTML && TAGS.has(node.localName))) continue;
      const copy = drawn ? document.createElementNS(SVG, node.localName) : document.createElement(node.localName);
      attributes(node, copy, drawn, from);
      copied(node, copy, from);
      into.append(copy);
    }
  }

  function sheets(page, from) {
    const texts = [];
    for (const each of page.querySelectorAll("head > link[rel=stylesheet]")) {
      const to = target(each.getAttribute("href") || "", from);
      if (to && pages.files[to.number].kind === "style") texts.push(text(pages.files[to.number]));
    }
    return [...texts, ...page.sepStyles].filter((each) => !/url\s*\(|@import|image-set|src\s*\(/i.test(each)).map((each) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(each);
      return sheet;
    });
  }

  // ---- pages, one at a time

  function forget() {
    for (const each of links) URL.revokeObjectURL(each);
    links = [];
    stage.replaceChildren();
    document.adoptedStyleSheets = [];
    root.className = "";
    root.lang = language;
  }

  function showPage(number) {
    const page = parsed(pages.files[number]);
    const made = document.createDocumentFragment();
    copied(page.body, made, number);
    document.adoptedStyleSheets = sheets(page, number);
    root.lang = page.documentElement.lang || language;
    root.className = page.documentElement.className;
    stage.append(made);
    return page.title;
  }

  function showPicture(number) {
    const file = pages.files[number], name = file.path.split("/").pop();
    const box = document.createElement("main"), head = document.createElement("h1"), image = document.createElement("img");
    const back = document.createElement("a"), keep = document.createElement("a");
    box.className = "sep-picture";
    head.textContent = `${said("Picture")}: ${name}`;
    const link = picture(file.bytes);
    if (link) image.src = link;
    image.alt = name;
    const from = shown === null ? pages.start : shown;
    back.href = "#p" + from;
    back.sepTo = { number: from, anchor: "" };
    back.textContent = said("Back");
    keep.href = "#p" + number;
    keep.textContent = said("Keep");
    keep.sepSave = number;
    box.append(head, image, back, keep);
    stage.append(box);
    return head.textContent;
  }

  function route(fresh) {
    const match = /^#p(\d+)(?:\.(\d+))?$/.exec(location.hash);
    let number = match ? Number(match[1]) : pages.start;
    if (!pages.files[number] || !["page", "image"].includes(pages.files[number].kind)) number = pages.start;
    if (number !== shown) {
      forget();
      const name = pages.files[number].kind === "page" ? showPage(number) : showPicture(number);
      shown = number;
      tell(name);
    }
    const anchored = match && match[2] ? stage.querySelectorAll("[id]")[Number(match[2])] : null;
    const head = anchored || stage.querySelector("h1") || stage.querySelector("main");
    if (head) {
      if (!head.hasAttribute("tabindex")) head.tabIndex = -1;
      head.focus({ preventScroll: true });
    }
    if (anchored) anchored.scrollIntoView();
    else window.scrollTo(0, fresh ? 0 : positions.get(location.hash) || 0);
  }

  function tell(words) { told.textContent = words; }

  function save(number) {
    const file = pages.files[number];
    const link = URL.createObjectURL(new Blob([file.bytes], { type: "application/octet-stream" }));
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.download = file.path.split("/").pop();
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(link), KEPT_FOR_SAVING);
    tell(`${said("Saved")} ${anchor.download}`);
  }

  let fresh = false;
  stage.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a");
    if (!link || !pages) return;
    if (link.sepSave !== undefined) { event.preventDefault(); save(link.sepSave); return; }
    const to = link.sepTo;
    if (!to || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    positions.set(location.hash, window.scrollY);
    const hash = "#p" + to.number + place(to);
    if (hash === location.hash) { route(true); return; }
    fresh = true;
    location.hash = hash;
  });

  // An anchor's own name can tell what was read, so the address has its number among the page's ids.
  function place({ number, anchor }) {
    if (!anchor || pages.files[number].kind !== "page") return "";
    const box = document.createElement("div");
    if (number === shown) return numbered(stage, anchor);
    copied(parsed(pages.files[number]).body, box, number);
    return numbered(box, anchor);
  }

  function numbered(box, anchor) {
    let name = anchor;
    try { name = decodeURIComponent(anchor); } catch { /* an anchor with a stray percent sign is taken as it is */ }
    const number = [...box.querySelectorAll("[id]")].findIndex((each) => each.id === name);
    return number < 0 ? "" : "." + number;
  }

  window.addEventListener("hashchange", () => {
    const was = fresh;
    fresh = false;
    if (pages) route(was);
  });

  // ---- locking

  let lastDone = 0, timer = 0;

  function lock(words) {
    const open = pages !== null;
    pages = null;
    shown = null;
    positions = new Map();
    clearTimeout(timer);
    forget();
    root.className = "sep-locked";
    document.title = title;
    bar.hidden = true;
    tell("");
    gate.hidden = false;
    field.value = "";
    if (open) {
      error.textContent = "";
      busy.textContent = words;
      field.removeAttribute("aria-invalid");
      field.focus();
    }
  }

  function watch() {
    clearTimeout(timer);
    if (!pages) return;
    const left = lastDone + IDLE - Date.now();
    if (left <= 0) { lock(said("Idle")); return; }
    if (left <= WARNED) tell(said("Soon"));
    timer = setTimeout(watch, left > WARNED ? left - WARNED : left);
  }

  // A computer that slept wakes with its timers late: whatever is done first finds the pages locked.
  function done() {
    if (!pages) return;
    if (Date.now() - lastDone >= IDLE) { lock(said("Idle")); return; }
    if (told.textContent === said("Soon")) tell("");
    lastDone = Date.now();
    watch();
  }
  for (const each of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"]) {
    window.addEventListener(each, done, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", watch);
  at("sep-lock").addEventListener("click", () => lock(said("Locked")));
  // A page that is left can be kept whole by the browser and come back with one press of a button.
  window.addEventListener("pagehide", () => lock(said("Locked")));
  window.addEventListener("pageshow", () => lock(said("Locked")));

  // ---- opening

  let working = false;
  let visits = 0; // a page that was left while it opened stays locked

  function refuse(words) {
    error.textContent = words;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  async function open() {
    if (working) return;
    const letters = normalised(field.value);
    error.textContent = "";
    if (!letters) { refuse(said("Empty")); return; }
    const visit = visits;
    working = true;
    opener.setAttribute("aria-disabled", "true");
    busy.textContent = said("Busy");
    try {
      const found = await opened(letters);
      if (visit !== visits) return;
      pages = found;
      field.value = "";
      field.removeAttribute("aria-invalid");
      gate.hidden = true;
      bar.hidden = false;
      root.className = "";
      lastDone = Date.now();
      watch();
      route(true);
    } catch (fault) {
      if (pages) lock(said("Damaged"));
      refuse(said(fault instanceof Wrong ? "Wrong" : "Damaged"));
    } finally {
      working = false;
      opener.removeAttribute("aria-disabled");
      busy.textContent = "";
    }
  }

  window.addEventListener("pagehide", () => { visits += 1; });
  form.addEventListener("submit", (event) => { event.preventDefault(); open(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); open(); }
  });
  at("sep-hide").addEventListener("change", (event) => field.classList.toggle("sep-hidden", event.target.checked));

  history.scrollRestoration = "manual";
  at("sep-wait").hidden = true;
  const able = window.crypto && crypto.subtle && "adoptedStyleSheets" in document;
  if (able) {
    form.hidden = false;
    // A damaged file says so before anybody types.
    readHeader().catch(() => refuse(said("Damaged")));
    field.focus();
  } else {
    const why = at("sep-cannot");
    why.textContent = said(window.isSecureContext ? "Old" : "Http");
    why.hidden = false;
  }
});
