// The app's one connection to its own server: `send` for questions and changes, `follow` for what arrives by itself.
import { createClient } from "./client";
import { createLive } from "./live";

export const { send, download, upload, onFailure } = createClient("/graphql");

export const follow = createLive(() => new URL("/graphql", location.href.replace(/^http/, "ws")).href);
