"use strict";
// Reads the fields of the form into one file and back. It asks nothing of the network and keeps nothing in the browser.
(() => {
  const form = document.getElementById("form");
  const facts = JSON.parse(form.dataset.form);
  const said = document.getElementById("said");
  const load = document.getElementById("load");
  const LARGEST = 262144;
  let number = 0;
  let changed = false;

  // --- the tree of groups, lists and fields ---------------------------------------------------------------------

  const holder = (node) => node.parentElement.closest("[data-item], [data-group]");
  const own = (root, what) => [...root.querySelectorAll(what)].filter((each) => holder(each) === root);
  const items = (list) => [...list.querySelectorAll("[data-item]")].filter((each) => each.closest("[data-list]") === list || each.parentElement.closest("[data-list]") === list);

  function clean(text) {
    return text
      .replace(/\r\n?|\u0085|\u2028|\u2029/g, "\n")
      .replace(/\t/g, " ")
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, "")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
      .trim();
  }

  // An entry is empty when nobody has typed or ticked anything in it; a choice that always has a value says nothing.
  function read(root) {
    const found = {};
    let filled = false;
    for (const field of own(root, "[data-field]")) {
      const value = clean(field.value);
      if (!value) continue;
      found[field.dataset.field] = field.hasAttribute("data-number") ? Number(value) : value;
      filled = filled || !field.hasAttribute("data-always");
    }
    for (const list of own(root, "[data-list]")) {
      const entries = items(list).map(read).filter((each) => each !== null);
      if (entries.length) { found[list.dataset.list] = entries; filled = true; }
    }
    for (const group of own(root, "[data-group]")) {
      const inner = read(group);
      if (inner !== null) { found[group.dataset.group] = inner; filled = true; }
    }
    const tick = own(root, "[data-tick]")[0];
    if (tick) filled = tick.checked;
    if (!filled) return null;
    return { ...(root.dataset.keep ? JSON.parse(root.dataset.keep) : {}), ...found };
  }

  function write(root, data) {
    for (const field of own(root, "[data-field]")) {
      const value = data[field.dataset.field];
      if (typeof value === "string" || typeof value === "number") field.value = String(value);
    }
    for (const list of own(root, "[data-list]")) {
      const entries = Array.isArray(data[list.dataset.list]) ? data[list.dataset.list] : [];
      for (const entry of entries) {
        if (typeof entry !== "object" || entry === null) continue;
        const item = list.querySelector(":scope > template") ? add(list) : items(list).find((each) => same(each, entry));
        if (item) write(item, entry);
      }
    }
    for (const group of own(root, "[data-group]")) {
      const inner = data[group.dataset.group];
      if (typeof inner === "object" && inner !== null) write(group, inner);
    }
    const tick = own(root, "[data-tick]")[0];
    if (tick) tick.checked = true;
  }

  const same = (item, entry) => Object.entries(JSON.parse(item.dataset.keep || "{}")).every(([key, value]) => entry[key] === value);

  // --- entries that are added and taken out -----------------------------------------------------------------------

  function add(list) {
    if (items(list).length >= Number(list.dataset.most)) return null;
    number += 1;
    const part = list.querySelector(":scope > template").content.cloneNode(true);
    for (const each of part.querySelectorAll("[id], [for], [aria-describedby]")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        if (each.hasAttribute(name)) each.setAttribute(name, each.getAttribute(name).replaceAll("__n__", `n${number}`));
      }
    }
    const item = part.querySelector("[data-item]");
    for (const button of item.querySelectorAll("[data-add]")) button.id += `-${number}`;
    list.insertBefore(item, list.querySelector(":scope > .add"));
    full(list);
    return item;
  }

  function full(list) {
    list.querySelector(":scope > .add > [data-add]").disabled = items(list).length >= Number(list.dataset.most);
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.hasAttribute("data-add")) {
      const item = add(button.closest("[data-list]"));
      if (item) { item.querySelector("input, select, textarea").focus(); say(form.dataset.saidAdded); }
    } else if (button.hasAttribute("data-remove")) {
      const item = button.closest("[data-item]");
      const list = item.parentElement.closest("[data-list]");
      item.remove();
      full(list);
      list.querySelector(":scope > .add > [data-add]").focus();
      changed = true;
      say(form.dataset.saidRemoved);
    }
  });

  // --- what is wrong ----------------------------------------------------------------------------------------------

  function fault(field, words) {
    const place = document.getElementById(`${field.id}-error`);
    if (place) { place.textContent = words; place.hidden = !words; }
    if (words) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
  }

  function faults(root) {
    const found = [];
    const filled = read(root) !== null;
    for (const field of own(root, "[data-field]")) {
      let words = "";
      if (filled && field.hasAttribute("data-needed") && !clean(field.value)) words = form.dataset.saidNeeded;
      else if (filled && field.hasAttribute("data-past") && field.value > today()) words = form.dataset.saidDay;
      else if (field.validity.badInput) words = form.dataset.saidDay;
      fault(field, words);
      if (words) found.push([field, words]);
    }
    for (const list of own(root, "[data-list]")) for (const item of items(list)) found.push(...faults(item));
    for (const group of own(root, "[data-group]")) found.push(...faults(group));
    return found;
  }

  function tell(found) {
    const box = document.getElementById("faults");
    const list = document.getElementById("fault-list");
    list.replaceChildren();
    for (const [field, words] of found) {
      const line = document.createElement("li");
      const link = document.createElement("a");
      const label = field.labels && field.labels[0] ? field.labels[0].textContent.trim() : "";
      link.href = `#${field.id}`;
      link.textContent = label ? `${label}: ${words}` : words;
      link.addEventListener("click", (event) => { event.preventDefault(); field.focus(); });
      line.append(link);
      list.append(line);
    }
    box.hidden = !found.length;
    if (found.length) box.focus();
  }

  const say = (words) => { said.textContent = words; };

  // --- saving and opening again -----------------------------------------------------------------------------------

  function today() {
    const now = new Date();
    const two = (value) => String(value).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function save(draft) {
    const parts = read(form);
    if (parts === null) { tell([[form.querySelector("[data-field], [data-add]"), form.dataset.saidEmpty]]); return; }
    const found = draft ? [] : faults(form);
    tell(found);
    if (found.length) { say(""); return; }
    const whole = { format_version: 1, form: facts, made_on: today(), language: document.getElementById("language").value, parts };
    if (draft) whole.draft = true;
    const text = `${JSON.stringify(whole, null, 1)}\n`;
    const name = `${draft ? "draft" : "proposal"}-${facts.student}-${facts.participant}-${today()}.json`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    document.getElementById("text").value = text;
    document.getElementById("as-text").hidden = false;
    changed = false;
    say(`${draft ? form.dataset.saidDraft : form.dataset.saidSaved} ${name}`);
  }

  async function open(file) {
    let data;
    try {
      data = file.size <= LARGEST ? JSON.parse(await file.text()) : null;
    } catch { data = null; }
    const made = data && data.form;
    if (!data || data.format_version !== 1 || typeof made !== "object" || made === null || typeof data.parts !== "object" || data.parts === null) {
      return form.dataset.saidWrong;
    }
    if (["school", "participant", "student", "year"].some((key) => made[key] !== facts[key])) return form.dataset.saidOther;
    form.reset();
    for (const item of form.querySelectorAll(".list > [data-item]")) item.remove();
    write(form, data.parts);
    const language = document.getElementById("language");
    if ([...language.options].some((each) => each.value === data.language)) language.value = data.language;
    return "";
  }

  load.addEventListener("change", async () => {
    if (!load.files.length) return;
    const wrong = await open(load.files[0]);
    load.value = "";
    fault(load, wrong);
    changed = !wrong;
    say(wrong ? "" : form.dataset.saidLoaded);
    (wrong ? load : document.getElementById("main")).focus();
  });

  form.addEventListener("change", (event) => {
    if (!event.target.hasAttribute("data-tick")) return;
    const day = own(event.target.closest("[data-item]"), "[data-past]")[0];
    day.value = event.target.checked ? day.value || today() : "";
  });
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(false); });
  document.getElementById("draft").addEventListener("click", () => save(true));
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
