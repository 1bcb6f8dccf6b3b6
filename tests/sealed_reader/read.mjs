// A reader of sealed files in Node, written from docs/sealed-format.md alone.
// node read.mjs FILE: the words come on standard input; the content goes to standard output as JSON, files in base64.
// Exit codes: 0 opened, 3 wrong words, 4 damaged.
import { readFile } from "node:fs/promises";
import { argv, exit, stdin, stdout } from "node:process";
import { webcrypto } from "node:crypto";

const { subtle } = webcrypto;
const TYPE = /<script type="application\/octet-stream" data-sep="(header|chunk-\d+)">([A-Za-z0-9+/=]*)<\/script>/g;

const damaged = (why) => { console.error(`damaged: ${why}`); exit(4); };

async function words() {
  const parts = [];
  for await (const each of stdin) parts.push(each);
  const typed = Buffer.concat(parts).toString("utf8").normalize("NFKD");
  return Buffer.from([...typed].map((each) => (each >= "A" && each <= "Z" ? each.toLowerCase() : each))
    .filter((each) => each >= "a" && each <= "z").join(""), "ascii");
}

const blocks = [...(await readFile(argv[2], "utf8")).matchAll(TYPE)];
if (!blocks.length || blocks[0][1] !== "header") damaged("no header");
const header = Buffer.from(blocks[0][2], "base64");
if (header.length !== 136) damaged("length of the header");
const digest = Buffer.from(await subtle.digest("SHA-256", header.subarray(0, 104)));
if (!digest.equals(header.subarray(104))) damaged("digest of the header");
if (header.toString("latin1", 0, 8) !== "SEPSEAL\0") damaged("magic");
if (!header.subarray(8, 12).equals(Buffer.from([1, 1, 1, 0]))) damaged("version");
const rounds = header.readUInt32BE(12), chunk = header.readUInt32BE(16), size = Number(header.readBigUInt64BE(20));
const count = size / chunk;
if (rounds !== 1000000 || chunk !== 1048576 || !Number.isInteger(count) || count < 1 || count > 4096) damaged("numbers");
if (blocks.length !== count + 1) damaged("number of chunks");

const secret = await subtle.importKey("raw", await words(), "PBKDF2", false, ["deriveBits"]);
const bits = await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: header.subarray(28, 44), iterations: rounds }, secret, 256);
const openerKey = await subtle.importKey("raw", bits, "AES-GCM", false, ["decrypt"]);
let raw;
try {
  raw = await subtle.decrypt(
    { name: "AES-GCM", iv: header.subarray(44, 56), additionalData: header.subarray(0, 56), tagLength: 128 }, openerKey, header.subarray(56, 104));
} catch {
  console.error("wrong words");
  exit(3);
}
const key = await subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
const pieces = [];
for (let number = 0; number < count; number += 1) {
  const sealed = Buffer.from(blocks[number + 1][2], "base64");
  if (sealed.length !== chunk + 16) damaged("length of a chunk");
  const place = Buffer.alloc(5);
  place.writeUInt32BE(number);
  place[4] = number === count - 1 ? 1 : 0;
  const nonce = Buffer.concat([Buffer.alloc(7), place]);
  try {
    pieces.push(Buffer.from(await subtle.decrypt(
      { name: "AES-GCM", iv: nonce, additionalData: Buffer.concat([header, place]), tagLength: 128 }, key, sealed)));
  } catch {
    damaged(`chunk ${number}`);
  }
}
const content = Buffer.concat(pieces);
const length = content.readUInt32BE(0);
const list = JSON.parse(content.toString("utf8", 4, 4 + length));
let from = 4 + length;
const files = list.files.map(({ path, kind, size: bytes }) => {
  const file = { path, kind, content: content.toString("base64", from, from + bytes) };
  from += bytes;
  return file;
});
if (content.subarray(from).some((each) => each !== 0)) damaged("no zeros behind the files");
stdout.write(JSON.stringify({ start: list.start, files, padding: content.length - from }));
