// A client that was generated: reads a post, edits it, adds one, and meets a problem. Everything is
// typed by schema.d.ts, which openapi-typescript makes of the server's own document.

import assert from "node:assert/strict";
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Entry = components["schemas"]["Entry"];
type Problem = components["schemas"]["Problem"];

const origin = process.env["STET"];
const token = process.env["TOKEN"];
assert(origin && token, "STET and TOKEN are in the environment");

const authorization: Middleware = {
  onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
};
// Names of entries have slashes, which stand as they are.
const client = createClient<paths>({
  baseUrl: origin,
  pathSerializer: (path, parameters) =>
    path.replace(/\{(\w+)\}/g, (_, name: string) =>
      String(parameters[name]).split("/").map(encodeURIComponent).join("/"),
    ),
});
client.use(authorization);

const listed = await client.GET("/api/v1/posts", {
  params: { query: { limit: 1, sort: "-date", expand: "url" } },
});
assert(listed.data, JSON.stringify(listed.error));
const name = listed.data.items[0]?.name;
assert(name, "there is a post, and lists show its name");

const read = await client.GET("/api/v1/posts/{name}", { params: { path: { name } } });
assert(read.data);
const before: Entry = read.data;
assert.equal(before.kind, "post");
const tag = read.response.headers.get("ETag");
assert(tag);

const title = "Edited by a client of its own making";
const edited = await client.PATCH("/api/v1/posts/{name}", {
  params: { path: { name }, header: { "If-Match": tag } },
  body: { front_matter: { title } },
  headers: { "Content-Type": "application/merge-patch+json" },
});
assert(edited.data, JSON.stringify(edited.error));
const after = edited.data.entry;
assert(after && "front_matter" in after, "what was written is an entry");
assert.equal(after.front_matter?.["title"], title);
assert.equal(after.body, before.body);

const late = await client.PATCH("/api/v1/posts/{name}", {
  params: { path: { name }, header: { "If-Match": tag } },
  body: { front_matter: { title: "Too late" } },
  headers: { "Content-Type": "application/merge-patch+json" },
});
const problem: Problem | undefined = late.error;
assert.equal(late.response.status, 412);
assert.equal(problem?.type, "/docs/errors#stale");

const made = await client.POST("/api/v1/posts", {
  body: { front_matter: { title: "Made by it, too", tags: ["client"] }, body: "Text.\n" },
});
assert.equal(made.response.status, 201);
assert(made.data?.commit);

const found = await client.GET("/api/v1/posts", {
  params: { query: { filter: { tags: "client" } } },
});
assert.equal(found.data?.total, 1);

console.log(`edited ${name} and made ${made.data.entry?.path}`);
