// Starts the app: styles, the service worker, and the one component everything hangs from.
import "./ui/tokens.css";
import "./ui/fonts.css";
import "./ui/base.css";
import { mount } from "svelte";
import App from "./app/app.svelte";
import { updates } from "./app/updates.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no element with the id app.");

// A file of the app did not come: the newer app may be there, and the person may switch.
window.addEventListener("vite:preloadError", () => void updates.wonder());

mount(App, { target });
void updates.start();
